package dev.sluice.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/// The gateway's own metrics, as it writes them into its log: namespace `Sluice`, dimension `Stack`, errors also `Category`.
record Signals(String stack) {
    private static final String NAMESPACE = "Sluice";
    static final Duration STEP = Duration.minutes(5);

    Metric sum(String name, String label) {
        return metric(name, label, "Sum");
    }

    Metric metric(String name, String label, String statistic) {
        return metric(name, label, statistic, Map.of("Stack", stack));
    }

    /// @param category a kind of failure, in lower case
    Metric errorsOf(String category) {
        return metric("Errors", category, "Sum", Map.of("Stack", stack, "Category", category));
    }

    private static Metric metric(String name, String label, String statistic, Map<String, String> dimensions) {
        return Metric.Builder.create()
                .namespace(NAMESPACE)
                .metricName(name)
                .dimensionsMap(dimensions)
                .statistic(statistic)
                .label(label)
                .period(STEP)
                .build();
    }

    List<IMetric> percentiles(String name) {
        return List.of(metric(name, "p50", "p50"), metric(name, "p90", "p90"), metric(name, "p99", "p99"));
    }

    /// One line for each category that there was.
    IMetric errorsByCategory() {
        return MathExpression.Builder.create()
                .expression("SEARCH('{" + NAMESPACE + ",Category,Stack} Stack=\"" + stack
                        + "\" MetricName=\"Errors\"', 'Sum', 300)")
                .label("")
                .period(STEP)
                .build();
    }
}
