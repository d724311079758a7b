package dev.sluice.cli.deploy;

import dev.sluice.model.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/// One thing that was tried on a gateway, and what came of it.
///
/// @param detail what was seen; never a key
public record Check(String name, boolean passed, String detail, Duration took) {
    /// The columns of [#row].
    public static final List<String> HEAD = List.of("", "CHECK", "TOOK", "SEEN");

    /// @param out where it will be shown
    public List<String> row(PrintStream out) {
        return List.of(Steps.mark(out, passed), name, Steps.shown(took), detail);
    }

    public Json json() {
        return Json.object()
                .put("check", name)
                .put("passed", passed)
                .put("tookMs", took.toMillis())
                .put("seen", detail)
                .build();
    }
}
