package dev.sluice.infra.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a stack costs in a month in which nobody calls, computed from its template.
///
/// @param lines what has a price, the dearest first
/// @param onlyWhenUsed types of resources that cost nothing while nobody calls, with the reason
/// @param unknown types of resources that this knows nothing of: the sum is without them
public record IdleCost(List<Line> lines, Map<String, String> onlyWhenUsed, List<String> unknown) {
    private static final String REQUESTS = "paid by the request";
    private static final String FREE = "free";

    /// Why nothing is asked for them while nobody calls.
    private static final Map<String, String> WITHOUT_COST = Map.ofEntries(
            Map.entry("AWS::DynamoDB::Table", "paid by the request; 25 GB are free, a copy costs $0.20 a GB"),
            Map.entry("AWS::Lambda::Function", "paid by time and request"),
            Map.entry("AWS::Lambda::Version", "a snapshot of AWS's own Java runtime is free"),
            Map.entry("AWS::Lambda::Alias", FREE),
            Map.entry("AWS::Lambda::Url", FREE),
            Map.entry("AWS::Lambda::Permission", FREE),
            Map.entry("AWS::IAM::Role", FREE),
            Map.entry("AWS::Logs::LogGroup", "paid by the GB written"),
            Map.entry("AWS::SecretsManager::RotationSchedule", "four calls of Secrets Manager every quarter"),
            Map.entry("AWS::SSM::Parameter", FREE),
            Map.entry("AWS::Events::Rule", FREE),
            Map.entry("AWS::Budgets::Budget", FREE),
            Map.entry("AWS::SNS::Topic", REQUESTS),
            Map.entry("AWS::SNS::TopicPolicy", FREE),
            Map.entry("AWS::SNS::Subscription", "a thousand mails a month are free"),
            Map.entry("AWS::CloudFront::Distribution", "paid by request and GB; 1 TB and 10 million requests are free"),
            Map.entry("AWS::CloudFront::CachePolicy", FREE),
            Map.entry("AWS::Route53::RecordSet", "questions for an alias are free"),
            Map.entry("AWS::CertificateManager::Certificate", FREE),
            Map.entry("AWS::CDK::Metadata", "nothing is made"));

    private static final BigDecimal DAYS = new BigDecimal("30.4");
    /// A cold start of the small function and its call of the gateway, generously.
    private static final BigDecimal UPKEEP_SECONDS = BigDecimal.TEN;

    /// @param units how many of what the price is for
    public record Line(String what, BigDecimal units, Price price) {
        /// As the list of prices has it.
        public BigDecimal usd() {
            return units.multiply(price.usd());
        }

        /// What is left after what AWS gives every account each month, where nothing else in the account takes it.
        public BigDecimal afterFreeUsd() {
            return units.subtract(price.freeUnits()).max(BigDecimal.ZERO).multiply(price.usd());
        }
    }

    /// Computes it from a template.
    public static IdleCost of(Map<String, Object> template) {
        Prices prices = Prices.read();
        Map<String, Object> resources = JsonTree.object(template, "Resources");
        Map<String, BigDecimal> units = new TreeMap<>();
        Map<String, String> onlyWhenUsed = new TreeMap<>();
        TreeSet<String> unknown = new TreeSet<>();
        resources.values().stream().map(JsonTree::fields).forEach(resource -> {
            String type = String.valueOf(resource.get("Type"));
            Map<String, BigDecimal> priced = priced(type, JsonTree.object(resource, "Properties"), resources);
            priced.forEach((name, count) -> units.merge(name, count, BigDecimal::add));
            String reason = WITHOUT_COST.get(type);
            if (reason != null) {
                onlyWhenUsed.put(type, reason);
            } else if (priced.isEmpty()) {
                unknown.add(type);
            }
        });
        List<Line> lines = new ArrayList<>();
        units.forEach((name, count) -> lines.add(new Line(name(name), count, prices.of(name))));
        lines.sort(Comparator.comparing(Line::usd).reversed());
        return new IdleCost(lines, onlyWhenUsed, List.copyOf(unknown));
    }

    private static Map<String, BigDecimal> priced(
            String type, Map<String, Object> properties, Map<String, Object> resources) {
        return switch (type) {
            case "AWS::SecretsManager::Secret" -> Map.of("secret", BigDecimal.ONE);
            case "AWS::CloudWatch::Alarm" -> Map.of("alarm", metrics(properties));
            case "AWS::CloudWatch::Dashboard" -> Map.of("dashboard", BigDecimal.ONE);
            case "AWS::WAFv2::WebACL" ->
                Map.of(
                        "web-acl",
                        BigDecimal.ONE,
                        "web-acl-rule",
                        BigDecimal.valueOf(JsonTree.list(properties, "Rules").size()));
            case "AWS::Events::Rule" -> daily(properties, resources);
            default -> Map.of();
        };
    }

    /// An alarm over an expression is paid for each metric in it.
    private static BigDecimal metrics(Map<String, Object> alarm) {
        long inExpression = JsonTree.list(alarm, "Metrics").stream()
                .filter(metric -> JsonTree.fields(metric).containsKey("MetricStat"))
                .count();
        return BigDecimal.valueOf(Math.max(1, inExpression));
    }

    /// What a rule starts once a day, and the gateway that it calls for as long.
    private static Map<String, BigDecimal> daily(Map<String, Object> rule, Map<String, Object> resources) {
        if (!"rate(1 day)".equals(rule.get("ScheduleExpression"))) {
            return Map.of();
        }
        Map<String, BigDecimal> units = new TreeMap<>();
        resources.entrySet().stream()
                .filter(resource -> isUpkeepOrGateway(JsonTree.fields(resource.getValue())))
                .map(resource -> JsonTree.object(JsonTree.fields(resource.getValue()), "Properties"))
                .forEach(function -> {
                    BigDecimal gigabytes = new BigDecimal(String.valueOf(function.get("MemorySize")))
                            .divide(BigDecimal.valueOf(1_024));
                    units.merge(
                            "lambda-" + JsonTree.list(function, "Architectures").getFirst(),
                            DAYS.multiply(UPKEEP_SECONDS).multiply(gigabytes),
                            BigDecimal::add);
                    units.merge("lambda-request", DAYS, BigDecimal::add);
                });
        return units;
    }

    private static boolean isUpkeepOrGateway(Map<String, Object> resource) {
        String handler = String.valueOf(JsonTree.object(resource, "Properties").getOrDefault("Handler", ""));
        return handler.startsWith("dev.sluice.upkeep.") || handler.startsWith("dev.sluice.function.");
    }

    private static String name(String price) {
        return switch (price) {
            case "secret" -> "secrets";
            case "alarm" -> "alarms";
            case "dashboard" -> "dashboard";
            case "web-acl" -> "web ACL";
            case "web-acl-rule" -> "its rules";
            case "lambda-request" -> "the daily upkeep: requests";
            default -> "the daily upkeep: seconds (" + price.substring("lambda-".length()) + ")";
        };
    }

    /// As the list of prices has it.
    public BigDecimal usd() {
        return lines.stream().map(Line::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// After what AWS gives every account each month.
    public BigDecimal afterFreeUsd() {
        return lines.stream().map(Line::afterFreeUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
