package dev.sluice.cli.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Transcript;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import dev.sluice.protocol.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallLogLinesTest {
    private static CallLog.Entry entry(String model, @Nullable String target, Usage usage) {
        return new CallLog.Entry(
                Instant.parse("2026-03-01T12:00:00Z"),
                "req-1",
                "master",
                "anthropic",
                "claude-code",
                model,
                target,
                200,
                "ok",
                null,
                true,
                List.of("a/m:529/overloaded", "b/m:200"),
                List.of("stale-config", "local-limits"),
                usage,
                Duration.ofMillis(1234),
                Duration.ofMillis(200),
                null,
                null);
    }

    private static String line(CallLog.Entry entry, boolean json) {
        Transcript out = new Transcript();
        new CallLogLines(out.stream(), json).record(entry);
        return out.text();
    }

    @Test
    void one_line_for_people() {
        assertThat(line(entry("coding", "b/m", Usage.of(10, 5)), false))
                .isEqualTo("2026-03-01T12:00:00Z master anthropic coding -> b/m 200 ok tokens 10/5 1.23s"
                        + " attempts a/m:529/overloaded,b/m:200 state stale-config,local-limits"
                        + System.lineSeparator());
    }

    @Test
    void what_was_not_reported_is_not_zero() {
        assertThat(line(entry("coding", null, Usage.NONE), false)).contains("coding -> - 200", "tokens -/-");
        Json.Obj object = JsonText.objectOrNull(line(entry("coding", null, Usage.NONE), true));
        assertThat(object.object("usage").isEmpty()).isTrue();
    }

    @Test
    void a_model_name_cannot_make_a_line_of_its_own() {
        assertThat(line(entry("a\n2026 forged\u001b[2J", "b/m", Usage.NONE), false)
                        .lines())
                .hasSize(1);
        assertThat(line(entry("a\n2026 forged", "b/m", Usage.NONE), true).lines())
                .hasSize(1);
    }

    @Test
    void one_object_a_line_for_machines() {
        Json.Obj object = JsonText.objectOrNull(line(entry("coding", "b/m", Usage.of(10, 5)), true));
        assertThat(object.fields())
                .containsOnlyKeys(
                        "at",
                        "requestId",
                        "caller",
                        "dialect",
                        "tool",
                        "model",
                        "target",
                        "status",
                        "outcome",
                        "streamed",
                        "attempts",
                        "state",
                        "usage",
                        "seconds",
                        "secondsToFirst");
        assertThat(object.field("seconds")).isEqualTo(new Json.Num("1.234"));
        assertThat(object.object("usage").whole("output")).isEqualTo(5);
    }
}
