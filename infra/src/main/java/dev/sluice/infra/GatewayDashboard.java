package dev.sluice.infra;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/// One page: requests, errors by category, waiting, tokens, money, limits, starts.
final class GatewayDashboard extends Construct {
    GatewayDashboard(Construct scope, Settings settings, Function gateway) {
        super(scope, "Dashboard");
        Signals signals = new Signals(settings.stack());
        Dashboard.Builder.create(this, "Page")
                // names of dashboards are the account's, not the region's
                .dashboardName(settings.stack() + "-" + Aws.REGION)
                .widgets(List.of(
                        row(
                                graph(
                                        "Requests",
                                        signals.sum("Requests", "requests"),
                                        signals.sum("Attempts", "attempts at providers"),
                                        signals.sum("Errors", "errors")),
                                graph("Errors by category", signals.errorsByCategory()),
                                graph("Limits", signals.sum("Limited", "refused by a limit"))),
                        row(
                                graph("Time to the first token, ms", signals.percentiles("TimeToFirstToken")),
                                graph("Duration, ms", signals.percentiles("Duration")),
                                graph("Cost, USD", signals.sum("CostUsd", "providers"))),
                        row(
                                graph(
                                        "Tokens",
                                        signals.sum("InputTokens", "input"),
                                        signals.sum("OutputTokens", "output"),
                                        signals.sum("CacheReadTokens", "read from a cache"),
                                        signals.sum("CacheWriteTokens", "written to a cache")),
                                graph("Cold starts", signals.sum("ColdStarts", "environments")),
                                graph(
                                        "Lambda",
                                        gateway.metricInvocations(named("invocations")),
                                        gateway.metricErrors(named("errors")),
                                        gateway.metricThrottles(named("throttles")),
                                        gateway.metric("ConcurrentExecutions", most("at once"))))))
                .build();
    }

    private static List<IWidget> row(GraphWidget... widgets) {
        return List.of(widgets);
    }

    private static GraphWidget graph(String title, IMetric... metrics) {
        return graph(title, List.of(metrics));
    }

    private static GraphWidget graph(String title, List<IMetric> metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(metrics)
                .width(8)
                .height(6)
                .build();
    }

    private static MetricOptions named(String label) {
        return MetricOptions.builder()
                .label(label)
                .statistic("Sum")
                .period(Signals.STEP)
                .build();
    }

    private static MetricOptions most(String label) {
        return MetricOptions.builder()
                .label(label)
                .statistic("Maximum")
                .period(Signals.STEP)
                .build();
    }
}
