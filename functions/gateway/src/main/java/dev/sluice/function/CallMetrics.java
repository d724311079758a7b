package dev.sluice.function;

import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import dev.sluice.protocol.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A call's figures as one line of CloudWatch's embedded metric format: metrics without a call to any service.
///
/// The dimensions are the stack and, of errors, their category: no name of a caller or a model, whose number nobody
/// bounds. What was not reported is left out, it is no zero.
/// [Specification](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html)
final class CallMetrics {
    private static final String NAMESPACE = "Sluice";
    private static final String STACK = "Stack";
    private static final String CATEGORY = "Category";
    private static final Json ERRORS = definition("Errors", "Count");

    private final String stack;

    CallMetrics(String stack) {
        this.stack = stack;
    }

    /// Without a line end, of the moment when the call was over.
    String line(CallLog.Entry entry) {
        Figures figures = new Figures();
        figures.count("Requests", 1);
        figures.count("Errors", entry.failure() == null ? 0 : 1);
        figures.count("Limited", isLimit(entry.failure()) ? 1 : 0);
        figures.millis("TimeToFirstToken", entry.firstContent());
        figures.millis("Duration", entry.total());
        Usage usage = entry.usage();
        figures.count("InputTokens", usage.inputUncached());
        figures.count("OutputTokens", usage.output());
        figures.count("CacheReadTokens", usage.cacheRead());
        boolean writes = usage.cacheWrite5m() != null || usage.cacheWrite1h() != null;
        figures.count("CacheWriteTokens", writes ? usage.cacheWrite() : null);
        if (entry.usd() != null) {
            figures.put("CostUsd", "None", new Json.Num(entry.usd().toPlainString()));
        }
        figures.count("Attempts", (long) entry.attempts().size());
        return figures.line(entry.at().plus(entry.total()), entry.failure());
    }

    /// Without a line end.
    String coldStart(Instant at) {
        Figures figures = new Figures();
        figures.count("ColdStarts", 1);
        return figures.line(at, null);
    }

    /// Whether a limit was in the way, the owner's or a provider's.
    private static boolean isLimit(Failure.@Nullable Kind failure) {
        return failure == Failure.Kind.RATE_LIMITED || failure == Failure.Kind.QUOTA;
    }

    private static Json definition(String name, String unit) {
        return Json.object().put("Name", name).put("Unit", unit).build();
    }

    /// One line's metrics and their values.
    private final class Figures {
        private final List<Json> definitions = new ArrayList<>();
        private final Json.Builder values = Json.object();

        void count(String name, long value) {
            put(name, "Count", Json.of(value));
        }

        void count(String name, @Nullable Long value) {
            if (value != null) {
                count(name, value.longValue());
            }
        }

        void millis(String name, @Nullable Duration value) {
            if (value != null) {
                put(name, "Milliseconds", Json.of(value.toMillis()));
            }
        }

        void put(String name, String unit, Json value) {
            definitions.add(definition(name, unit));
            values.put(name, value);
        }

        String line(Instant at, Failure.@Nullable Kind failure) {
            List<Json> directives = new ArrayList<>();
            directives.add(directive(List.of(STACK), definitions));
            if (failure != null) {
                directives.add(directive(List.of(STACK, CATEGORY), List.of(ERRORS)));
            }
            return JsonText.print(Json.object()
                    .put(
                            "_aws",
                            Json.object()
                                    .put("Timestamp", at.toEpochMilli())
                                    .put("CloudWatchMetrics", Json.array(directives))
                                    .build())
                    .put(STACK, stack)
                    .putIf(CATEGORY, failure == null ? null : failure.name().toLowerCase(Locale.ROOT))
                    .putAll(values.build())
                    .build());
        }

        private static Json directive(List<String> dimensions, List<Json> metrics) {
            return Json.object()
                    .put("Namespace", NAMESPACE)
                    .put("Dimensions", Json.array(List.of(Json.strings(dimensions))))
                    .put("Metrics", Json.array(metrics))
                    .build();
        }
    }
}
