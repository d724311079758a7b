package dev.sluice.cli.doctor;

import dev.sluice.model.Json;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing that was looked at, and how it stands with it.
///
/// A warning or an error has a mend: without one there is no such finding.
///
/// @param check what was looked at, the same from one version to the next
/// @param sentence for a person, never with a secret
/// @param details what the sentence is about, as data
/// @param took how long an answer took; null where nothing was asked
public record Finding(
        Area area,
        Severity severity,
        String check,
        String sentence,
        Optional<Mend> mend,
        Json.Obj details,
        @Nullable Duration took) {
    public Finding {
        if (severity.isFinding() && mend.isEmpty()) {
            throw new IllegalArgumentException("a finding without a mend: " + check);
        }
    }

    public Json.Obj json() {
        Json.Builder object = Json.object()
                .put("area", area.id())
                .put("severity", severity.id())
                .put("check", check)
                .put("sentence", sentence)
                .putIf("tookMs", took == null ? null : took.toMillis());
        mend.ifPresent(way -> object.put(
                "mend",
                switch (way) {
                    case Mend.Command(String line) ->
                        Json.object().put("command", line).build();
                    case Mend.Words(String text) ->
                        Json.object().put("words", text).build();
                }));
        return (details.isEmpty() ? object : object.put("details", details)).build();
    }
}
