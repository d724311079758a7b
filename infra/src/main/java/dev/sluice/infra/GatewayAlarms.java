package dev.sluice.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/// What the owner wants to be told. While nobody calls, nothing is measured, and that is no alarm.
final class GatewayAlarms extends Construct {
    private static final int FAILURES_IN_PERCENT = 25;
    private static final int ENOUGH_REQUESTS = 10;

    /// What strangers get who try addresses without a key: neither a failure nor a request of the owner's.
    private static final Map<String, String> STRANGERS = Map.of(
            "keyless", "unauthenticated",
            "lost", "not_found",
            "misused", "method_not_allowed");

    /// The functions that are watched.
    record Watched(Function gateway, Function keyRotation, Function upkeep) {}

    GatewayAlarms(Construct scope, Settings settings, Watched watched) {
        super(scope, "Alarms");
        Signals signals = new Signals(settings.stack());
        List<Alarm> alarms = List.of(
                alarm(
                        "GatewayErrors",
                        "An invocation of the gateway ended without an answer.",
                        errors(watched.gateway()),
                        0),
                alarm(
                        "GatewayThrottles",
                        "Requests were refused because too many were under way.",
                        watched.gateway().metricThrottles(fiveMinutes()),
                        0),
                alarm(
                        "FailedRequests",
                        "More than " + FAILURES_IN_PERCENT + " % of at least " + ENOUGH_REQUESTS
                                + " requests in five minutes failed, without those of strangers.",
                        failedPercent(signals),
                        FAILURES_IN_PERCENT),
                alarm(
                        "KeyRotationErrors",
                        "A step of the master key's rotation failed; the old key still holds.",
                        errors(watched.keyRotation()),
                        0),
                alarm(
                        "UpkeepErrors",
                        "The gateway did not answer the daily question how it is.",
                        errors(watched.upkeep()),
                        0));
        settings.alarmEmail().ifPresent(address -> tell(address, alarms));
    }

    private Alarm alarm(String id, String description, IMetric metric, int threshold) {
        return Alarm.Builder.create(this, id)
                .alarmDescription("Sluice: " + description)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
    }

    private static IMetric errors(Function function) {
        return function.metricErrors(fiveMinutes());
    }

    private static MetricOptions fiveMinutes() {
        return MetricOptions.builder()
                .statistic("Sum")
                .period(Duration.minutes(5))
                .build();
    }

    private static IMetric failedPercent(Signals signals) {
        Map<String, IMetric> metrics = new TreeMap<>(
                Map.of("errors", signals.sum("Errors", "errors"), "requests", signals.sum("Requests", "requests")));
        STRANGERS.forEach((id, category) -> metrics.put(id, signals.errorsOf(category)));
        String strangers = STRANGERS.keySet().stream()
                .sorted()
                .map(id -> "FILL(" + id + ", 0)")
                .collect(Collectors.joining(" - ", " - ", ""));
        return MathExpression.Builder.create()
                .expression("IF((requests" + strangers + ") >= " + ENOUGH_REQUESTS + ", 100 * (errors" + strangers
                        + ") / (requests" + strangers + "), 0)")
                .usingMetrics(metrics)
                .label("failed requests, percent")
                .period(Signals.STEP)
                .build();
    }

    private void tell(String address, List<Alarm> alarms) {
        Topic topic = Topic.Builder.create(this, "Topic")
                .displayName("Sluice")
                .enforceSsl(true)
                .build();
        // a topic with a policy of its own has lost the usual one
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsMayPublish")
                .effect(Effect.ALLOW)
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                .build());
        topic.addSubscription(new EmailSubscription(address));
        Accepted.in(
                topic,
                Map.of(
                        "AwsSolutions-SNS2",
                        "Alarms cannot publish to a topic under AWS's key, and one of our own costs a dollar a month for "
                                + "the names of alarms."));
        alarms.forEach(alarm -> alarm.addAlarmAction(new SnsAction(topic)));
    }
}
