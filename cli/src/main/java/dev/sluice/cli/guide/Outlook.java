package dev.sluice.cli.guide;

import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.core.ports.ConfigVersions.Version;
import java.util.List;
import java.util.Optional;

/// What is there, as it was found at a moment.
///
/// @param head empty: nothing is configured
/// @param credentials names of those that are kept
/// @param url where requests are answered; empty: nowhere now
/// @param place where that is; empty: this machine
public record Outlook(Optional<Version> head, List<String> credentials, Optional<String> url, Optional<String> place) {
    public Outlook {
        credentials = List.copyOf(credentials);
    }

    WorkingCopy copy() {
        return WorkingCopy.of(head);
    }
}
