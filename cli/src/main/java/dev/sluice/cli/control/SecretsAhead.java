package dev.sluice.cli.control;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.config.Applied;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.core.ports.PortFailure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Secrets that are kept just before the version of the configuration that names them, so that none names one that is not
/// there. Where that version is not written they are taken back, as long as they are still what was kept and no version
/// that came in between names them.
public final class SecretsAhead {
    private final Holdings holdings;
    private final Consumer<String> notes;
    private final Map<String, String> kept = new LinkedHashMap<>();
    private final Set<String> replaced = new TreeSet<>();

    /// @param notes sentences for the owner
    public SecretsAhead(Holdings holdings, Consumer<String> notes) {
        this.holdings = holdings;
        this.notes = notes;
    }

    public void keep(String name, String secret, Instant when) {
        if (holdings.credentials().set(name, secret, when)) {
            replaced.add(name);
        }
        kept.put(name, secret);
    }

    /// Writes the version that names them.
    ///
    /// @param before the version in force when it was made
    public Applied write(long before, Supplier<Applied> writing) {
        try {
            Applied applied = writing.get();
            if (applied instanceof Applied.Refused || applied instanceof Applied.Conflict) {
                takeBack();
            }
            return applied;
        } catch (CommandFailure | PortFailure failed) {
            unwritten(before);
            throw failed;
        }
    }

    /// No answer, or a bad one: it may be written all the same.
    private void unwritten(long before) {
        try {
            boolean isAsBefore =
                    holdings.versions().head().map(head -> head.number()).orElse(0L) == before;
            if (isAsBefore) {
                takeBack();
                return;
            }
        } catch (CommandFailure | PortFailure silent) {
            // nobody can say whether it was
        }
        kept.keySet()
                .forEach(name -> notes.accept("the credential " + name
                        + " stays kept, since the version that names it may be written (sluice config history)"));
    }

    private void takeBack() {
        for (Map.Entry<String, String> secret : kept.entrySet()) {
            String name = secret.getKey();
            if (replaced.contains(name)) {
                notes.accept(
                        "the credential " + name + " was replaced before that, and nothing brings the old one back");
            } else {
                notes.accept(takenBack(name, secret.getValue()));
            }
        }
    }

    private String takenBack(String name, String secret) {
        try {
            if (isNamed(name)) {
                return "the credential " + name + " stays kept: the version in force names it";
            }
            return holdings.credentials().takeBack(name, secret)
                    ? "the secret that was just kept as the credential " + name + " is taken out again"
                    : "the credential " + name + " was changed by somebody else meanwhile, and stays";
        } catch (CommandFailure | PortFailure silent) {
            return "the credential " + name + " was kept and could not be taken out again: sluice credential remove "
                    + name;
        }
    }

    /// Whoever was faster may have kept the very same secret, and uses it.
    private boolean isNamed(String name) {
        return WorkingCopy.of(holdings.versions().head()).providers().stream()
                .anyMatch(provider -> provider.text("credential", "").equals(name));
    }
}
