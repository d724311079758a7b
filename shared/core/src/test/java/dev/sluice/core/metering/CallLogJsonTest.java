package dev.sluice.core.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import dev.sluice.protocol.json.JsonText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallLogJsonTest {
    private static final CallLog.Entry FULL = new CallLog.Entry(
            Instant.parse("2026-03-01T23:59:59.250Z"),
            "req_abc",
            "laptop",
            "anthropic",
            "claude-code",
            "coding",
            "b/m",
            200,
            "truncated",
            "it \"ended\"\nearly",
            true,
            List.of("a/m:529/overloaded", "b/m:200"),
            List.of("stale-config"),
            new Usage(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L),
            Duration.ofMillis(61_750),
            Duration.ofMillis(4),
            Failure.Kind.UPSTREAM_FAULT,
            new BigDecimal("0.000000123"));

    private static final CallLog.Entry BARE = new CallLog.Entry(
            Instant.parse("2026-03-01T12:00:00Z"),
            "req_abc",
            "-",
            "-",
            null,
            "-",
            null,
            401,
            "refused",
            null,
            false,
            List.of(),
            List.of(),
            Usage.NONE,
            Duration.ZERO,
            null,
            null,
            null);

    private static Json.Obj read(String line) {
        return Objects.requireNonNull(JsonText.objectOrNull(line));
    }

    @Test
    void a_call_comes_back_as_it_was() {
        assertThat(CallLogJson.decode(read(CallLogJson.line(FULL)))).contains(FULL);
        assertThat(CallLogJson.decode(read(CallLogJson.line(BARE)))).contains(BARE);
        assertThat(CallLogJson.line(FULL).lines()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Failure.Kind.class)
    void every_kind_of_failure_comes_back(Failure.Kind kind) {
        Json.Obj object =
                CallLogJson.encode(FULL).with("failure", Json.of(kind.name().toLowerCase(java.util.Locale.ROOT)));
        assertThat(CallLogJson.decode(object).orElseThrow().failure()).isEqualTo(kind);
    }

    @Test
    void what_is_finer_than_a_millisecond_is_cut_off_alike_everywhere() {
        CallLog.Entry fine = CallLogJson.decode(CallLogJson.encode(FULL)
                        .with("at", Json.of("2026-03-01T12:00:00.000999Z"))
                        .with("seconds", new Json.Num("1.0019")))
                .orElseThrow();
        assertThat(fine.over()).isEqualTo(Instant.parse("2026-03-01T12:00:01.001Z"));
        CallLog.Entry again = CallLogJson.decode(CallLogJson.encode(fine)).orElseThrow();
        assertThat(again.over()).isEqualTo(fine.over());
        assertThat(FULL.over()).isEqualTo(Instant.parse("2026-03-02T00:01:01.000Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"at", "requestId", "caller", "status", "outcome", "seconds"})
    void without_what_every_call_has_it_is_none(String field) {
        assertThat(CallLogJson.decode(CallLogJson.encode(FULL).without(field))).isEmpty();
        assertThat(CallLogJson.decode(CallLogJson.encode(FULL).with(field, Json.TRUE)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e999999999", "1e99", "0.00000000000000000000000000000000000000000000001"})
    void a_duration_that_none_can_be_is_damage(String literal) {
        assertThat(CallLogJson.decode(CallLogJson.encode(FULL).with("seconds", new Json.Num(literal))))
                .isEmpty();
    }

    @Test
    void fields_of_a_later_version_are_left_alone() {
        assertThat(CallLogJson.decode(
                        CallLogJson.encode(FULL).with("later", Json.TRUE).with("failure", Json.of("something_new"))))
                .hasValueSatisfying(entry -> assertThat(entry.failure()).isNull());
    }
}
