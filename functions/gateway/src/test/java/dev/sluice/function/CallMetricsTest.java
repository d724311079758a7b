package dev.sluice.function;

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
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every line is held to the published schema of the format by [EmfSchema].
class CallMetricsTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final CallMetrics METRICS = new CallMetrics("Sluice");

    private static CallLog.Entry entry(
            Failure.@Nullable Kind failure,
            Usage usage,
            @Nullable Duration first,
            @Nullable BigDecimal usd,
            List<String> attempts) {
        return new CallLog.Entry(
                AT,
                "req_1",
                "the-callers-name",
                "anthropic",
                "claude-code",
                "the-models-name",
                "provider/the-models-name",
                200,
                failure == null ? "ok" : "failed",
                failure == null ? null : "the reason",
                true,
                attempts,
                List.of(),
                usage,
                Duration.ofMillis(1_500),
                first,
                failure,
                usd);
    }

    private static Json.Obj read(String line) {
        assertThat(line).doesNotContain("\n");
        Json.Obj document = Objects.requireNonNull(JsonText.objectOrNull(line));
        EmfSchema.check(document);
        return document;
    }

    @Test
    void a_good_call_in_all_its_figures() {
        Usage usage = new Usage(1_000L, 200L, 30L, 4L, 50L, null, null, null);
        String line = METRICS.line(entry(
                null, usage, Duration.ofMillis(321), new BigDecimal("0.00000123"), List.of("a/m:529/x", "b/m:200")));
        read(line);
        assertThat(line)
                .isEqualTo("{\"_aws\":{\"Timestamp\":1795262401500,\"CloudWatchMetrics\":[{\"Namespace\":\"Sluice\","
                        + "\"Dimensions\":[[\"Stack\"]],\"Metrics\":["
                        + "{\"Name\":\"Requests\",\"Unit\":\"Count\"},{\"Name\":\"Errors\",\"Unit\":\"Count\"},"
                        + "{\"Name\":\"Limited\",\"Unit\":\"Count\"},"
                        + "{\"Name\":\"TimeToFirstToken\",\"Unit\":\"Milliseconds\"},"
                        + "{\"Name\":\"Duration\",\"Unit\":\"Milliseconds\"},"
                        + "{\"Name\":\"InputTokens\",\"Unit\":\"Count\"},{\"Name\":\"OutputTokens\",\"Unit\":\"Count\"},"
                        + "{\"Name\":\"CacheReadTokens\",\"Unit\":\"Count\"},"
                        + "{\"Name\":\"CacheWriteTokens\",\"Unit\":\"Count\"},{\"Name\":\"CostUsd\",\"Unit\":\"None\"},"
                        + "{\"Name\":\"Attempts\",\"Unit\":\"Count\"}]}]},\"Stack\":\"Sluice\","
                        + "\"Requests\":1,\"Errors\":0,\"Limited\":0,\"TimeToFirstToken\":321,\"Duration\":1500,"
                        + "\"InputTokens\":1000,\"OutputTokens\":50,\"CacheReadTokens\":200,\"CacheWriteTokens\":34,"
                        + "\"CostUsd\":0.00000123,\"Attempts\":2}");
    }

    @Test
    void what_was_not_reported_is_left_out_and_is_no_zero() {
        String line = METRICS.line(entry(null, Usage.NONE, null, null, List.of()));
        read(line);
        assertThat(line).doesNotContain("Tokens", "CostUsd", "TimeToFirstToken").contains("\"Attempts\":0");
        String zero = METRICS.line(
                entry(null, new Usage(0L, null, null, 0L, 0L, null, null, null), null, BigDecimal.ZERO, List.of()));
        read(zero);
        assertThat(zero)
                .contains("\"InputTokens\":0", "\"OutputTokens\":0", "\"CacheWriteTokens\":0", "\"CostUsd\":0")
                .doesNotContain("CacheReadTokens");
    }

    @ParameterizedTest
    @EnumSource
    void a_failure_counts_once_for_the_stack_and_once_for_its_category(Failure.Kind kind) {
        Json.Obj document = read(METRICS.line(entry(kind, Usage.NONE, null, null, List.of())));
        assertThat(document.text("Category")).isEqualTo(kind.toString().toLowerCase(Locale.ROOT));
        assertThat(document.whole("Errors")).isEqualTo(1);
        boolean limited = kind == Failure.Kind.RATE_LIMITED || kind == Failure.Kind.QUOTA;
        assertThat(document.whole("Limited")).isEqualTo(limited ? 1 : 0);
        assertThat(JsonText.print(document))
                .contains(
                        "\"Dimensions\":[[\"Stack\",\"Category\"]],\"Metrics\":[{\"Name\":\"Errors\",\"Unit\":\"Count\"}]");
    }

    @Test
    void no_caller_model_or_reason_is_in_it() {
        String line = METRICS.line(
                entry(Failure.Kind.OVERLOADED, Usage.of(1, 1), null, null, List.of("provider/the-models-name:529/x")));
        assertThat(line).doesNotContain("the-models-name", "the-callers-name", "the reason", "req_1", "provider");
    }

    @Test
    void a_cold_start_is_a_line_of_its_own() {
        Json.Obj document = read(METRICS.coldStart(AT));
        assertThat(document.whole("ColdStarts")).isEqualTo(1);
        assertThat(JsonText.print(document)).doesNotContain("Requests", "Category");
    }
}
