package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.infra.Synthesized.Variant;
import dev.sluice.infra.cost.JsonTree;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Matcher;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.secretsmanager.Secret;

class StackTest {
    private static final List<String> DISCOVERY = List.of(
            "url",
            "table",
            "region",
            "master-key-secret",
            "credentials-secret",
            "gateway-key-secret",
            "gateway-function",
            "rotation-function",
            "upkeep-function",
            "gateway-log-group",
            "version");

    private final Template usual = Synthesized.of(Variant.USUAL).template();

    @ParameterizedTest
    @EnumSource(Variant.class)
    void the_whole_template_is_as_reviewed(Variant variant) throws IOException {
        Golden.hold(
                Path.of("src/test/resources/golden", variant.goldenFile()),
                Synthesized.of(variant).normal());
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void cdk_nag_finds_nothing_that_is_not_accepted_with_a_reason(Variant variant) {
        Annotations annotations = Annotations.fromStack(Synthesized.of(variant).stack());

        assertThat(annotations.findError("*", Match.anyValue()))
                .extracting(Object::toString)
                .isEmpty();
        assertThat(annotations.findWarning("*", Match.anyValue()))
                .extracting(Object::toString)
                .isEmpty();
    }

    @Test
    void cdk_nag_finds_what_is_not_accepted() {
        Synthesized.of(Variant.USUAL);
        App app = new App();
        Stack stack = new Stack(app, "Faulty");
        Secret.Builder.create(stack, "Forgotten").build();
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().build());

        assertThat(Annotations.fromStack(stack).findError("*", Match.stringLikeRegexp("AwsSolutions-SMG4.*")))
                .hasSize(1);
    }

    @Test
    void the_gateway_starts_by_its_script_on_the_managed_runtime_with_a_snapshot() {
        usual.hasResourceProperties(
                "AWS::Lambda::Function",
                Map.of(
                        "Handler", "dev.sluice.function.LambdaMain::handleRequest",
                        "Runtime", "java25",
                        "Architectures", List.of("arm64"),
                        "MemorySize", 1024,
                        "Timeout", 900,
                        "SnapStart", Map.of("ApplyOn", "PublishedVersions"),
                        "VpcConfig", Match.absent(),
                        "ReservedConcurrentExecutions", Match.absent(),
                        "Environment", Map.of("Variables", Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/var/task/bin/start"))));
    }

    @Test
    void the_address_streams_on_the_alias_and_leaves_cors_to_the_gateway() {
        usual.hasResourceProperties(
                "AWS::Lambda::Url",
                Map.of(
                        "Qualifier", "live",
                        "AuthType", "NONE",
                        "InvokeMode", "RESPONSE_STREAM",
                        "Cors", Match.absent()));
        usual.hasResourceProperties("AWS::Lambda::Alias", Map.of("Name", "live"));
    }

    @Test
    void everybody_may_call_the_alias_by_its_address_with_both_permissions() {
        Map<String, Object> alias = Map.of("Ref", id("AWS::Lambda::Alias"));

        usual.hasResourceProperties(
                "AWS::Lambda::Permission",
                Map.of(
                        "Action", "lambda:InvokeFunctionUrl",
                        "FunctionUrlAuthType", "NONE",
                        "FunctionName", alias,
                        "Principal", "*"));
        usual.hasResourceProperties(
                "AWS::Lambda::Permission",
                Map.of(
                        "Action",
                        "lambda:InvokeFunction",
                        "InvokedViaFunctionUrl",
                        true,
                        "FunctionName",
                        alias,
                        "Principal",
                        "*"));
    }

    @Test
    void nobody_else_than_two_services_of_aws_may_invoke_a_function() {
        Map<String, Map<String, Object>> permissions = usual.findResources("AWS::Lambda::Permission");

        assertThat(permissions.values())
                .map(permission -> JsonTree.object(permission, "Properties"))
                .filteredOn(permission -> !permission.get("Principal").equals("*"))
                .hasSize(2)
                .allSatisfy(permission -> assertThat(permission).containsKey("SourceArn"))
                .map(permission -> permission.get("Principal"))
                .containsExactlyInAnyOrder("events.amazonaws.com", "secretsmanager.amazonaws.com");
    }

    @Test
    void the_table_is_paid_by_the_request_and_can_be_restored() {
        usual.hasResource(
                "AWS::DynamoDB::Table",
                Map.of(
                        "DeletionPolicy",
                        "RetainExceptOnCreate",
                        "Properties",
                        Map.of(
                                "BillingMode",
                                "PAY_PER_REQUEST",
                                "DeletionProtectionEnabled",
                                true,
                                "PointInTimeRecoverySpecification",
                                Map.of("PointInTimeRecoveryEnabled", true),
                                "TimeToLiveSpecification",
                                Map.of("AttributeName", "ttl", "Enabled", true))));
    }

    @Test
    void the_gateways_key_is_64_hex_digits() {
        usual.hasResourceProperties(
                "AWS::SecretsManager::Secret",
                Map.of(
                        "Name",
                        "Sluice/gateway-key",
                        "GenerateSecretString",
                        Map.of(
                                "PasswordLength", 64,
                                "ExcludeCharacters", "ghijklmnopqrstuvwxyz",
                                "ExcludeUppercase", true,
                                "ExcludePunctuation", true,
                                "RequireEachIncludedType", false)));
    }

    @Test
    void the_first_rotation_waits_for_the_address_and_its_permissions() {
        Map<String, Object> schedule = usual.findResources("AWS::SecretsManager::RotationSchedule")
                .values()
                .iterator()
                .next();

        assertThat(JsonTree.object(schedule, "Properties"))
                .containsEntry("RotateImmediatelyOnUpdate", true)
                .containsEntry("RotationRules", Map.of("AutomaticallyAfterDays", 90));
        assertThat(JsonTree.list(schedule, "DependsOn"))
                .map(Object::toString)
                .filteredOn(id -> id.startsWith("Url"))
                .hasSize(3);
    }

    /// The function's address answers everybody else 403, but for the question how it is.
    @Test
    void behind_cloudfront_the_rotation_calls_the_distribution() {
        Map<String, Object> resources = Synthesized.of(Variant.PLAIN_CLOUDFRONT).resources();

        assertThat(variable(resources, "dev.sluice.rotation.", "SLUICE_URL")).contains("https://", "EdgeDistribution");
        assertThat(variable(resources, "dev.sluice.upkeep.", "SLUICE_URL")).contains("FunctionUrl");
        assertThat(resources.values())
                .map(JsonTree::fields)
                .filteredOn(resource -> "AWS::SecretsManager::RotationSchedule".equals(resource.get("Type")))
                .first()
                .extracting(schedule -> JsonTree.list(schedule, "DependsOn").toString())
                .asString()
                .contains("EdgeDistribution");
    }

    private static String variable(Map<String, Object> resources, String handler, String name) {
        return resources.values().stream()
                .map(resource -> JsonTree.object(JsonTree.fields(resource), "Properties"))
                .filter(function -> String.valueOf(function.get("Handler")).startsWith(handler))
                .map(function -> JsonTree.object(JsonTree.object(function, "Environment"), "Variables"))
                .map(variables -> String.valueOf(variables.get(name)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_upkeep_asks_once_a_day() {
        usual.hasResourceProperties(
                "AWS::Events::Rule", Map.of("ScheduleExpression", "rate(1 day)", "State", "ENABLED"));
    }

    @Test
    void the_command_line_finds_everything_by_parameters() {
        DISCOVERY.forEach(name -> usual.hasResourceProperties(
                "AWS::SSM::Parameter", Map.of("Name", "/sluice/Sluice/" + name, "Type", "String")));
        usual.resourceCountIs("AWS::SSM::Parameter", DISCOVERY.size());
        Synthesized.of(Variant.PLAIN_CLOUDFRONT)
                .template()
                .hasResourceProperties("AWS::SSM::Parameter", Map.of("Name", "/sluice/Sluice/distribution-url"));
    }

    /// CloudFormation makes the new one first: of a name that is taken there is no second.
    @Test
    void what_another_choice_replaces_has_no_name_of_ours() {
        List.of("AWS::DynamoDB::Table", "AWS::Logs::LogGroup", "AWS::Lambda::Function", "AWS::IAM::Role")
                .forEach(type -> assertThat(usual.findResources(type).values())
                        .map(resource -> JsonTree.object(resource, "Properties"))
                        .allSatisfy(properties -> assertThat(properties)
                                .doesNotContainKeys("TableName", "LogGroupName", "FunctionName", "RoleName")));
        usual.hasResourceProperties(
                "AWS::Budgets::Budget", Map.of("Budget", Match.objectLike(Map.of("BudgetName", Match.absent()))));
    }

    @Test
    void every_log_ends() {
        assertThat(usual.findResources("AWS::Logs::LogGroup").values())
                .hasSize(3)
                .allSatisfy(group ->
                        assertThat(JsonTree.object(group, "Properties")).containsEntry("RetentionInDays", 30));
    }

    @Test
    void what_the_owner_chooses_is_in_the_template() {
        Template everything = Synthesized.of(Variant.EVERYTHING).template();

        everything.hasResourceProperties(
                "AWS::Lambda::Function",
                Map.of(
                        "Handler",
                        "dev.sluice.function.LambdaMain::handleRequest",
                        "Architectures",
                        List.of("x86_64"),
                        "MemorySize",
                        1769,
                        "Timeout",
                        300,
                        "ReservedConcurrentExecutions",
                        20,
                        "SnapStart",
                        Match.absent()));
        everything.hasResource(
                "AWS::DynamoDB::Table",
                Map.of("DeletionPolicy", "Delete", "Properties", Map.of("DeletionProtectionEnabled", false)));
        everything.hasResourceProperties(
                "AWS::SecretsManager::RotationSchedule", Map.of("RotationRules", Map.of("AutomaticallyAfterDays", 30)));
        everything.hasResourceProperties(
                "AWS::Budgets::Budget",
                Map.of("Budget", Match.objectLike(Map.of("BudgetLimit", Map.of("Amount", 50, "Unit", "USD")))));
        everything.resourceCountIs("AWS::CloudWatch::Dashboard", 0);
        everything.hasResourceProperties(
                "AWS::SNS::Subscription", Map.of("Protocol", "email", "Endpoint", "owner@example.org"));
    }

    @Test
    void cloudfront_speaks_http_3_keeps_nothing_and_shows_its_secret() {
        Template edge = Synthesized.of(Variant.EVERYTHING).template();

        edge.hasResourceProperties(
                "AWS::CloudFront::Distribution",
                Map.of(
                        "DistributionConfig",
                        Match.objectLike(Map.of(
                                "HttpVersion", "http2and3",
                                "Aliases", List.of("llm.example.org"),
                                "Origins",
                                        List.of(Match.objectLike(Map.of(
                                                "CustomOriginConfig",
                                                        Match.objectLike(Map.of(
                                                                "OriginProtocolPolicy",
                                                                "https-only",
                                                                "OriginReadTimeout",
                                                                120)),
                                                "OriginCustomHeaders",
                                                        List.of(Match.objectLike(
                                                                Map.of("HeaderName", "x-sluice-origin"))))))))));
        edge.hasResourceProperties(
                "AWS::CloudFront::CachePolicy",
                Map.of("CachePolicyConfig", Match.objectLike(Map.of("DefaultTTL", 0, "MinTTL", 0, "MaxTTL", 1))));
        edge.hasResourceProperties(
                "AWS::Lambda::Function",
                Map.of("Environment", Map.of("Variables", Map.of("SLUICE_ORIGIN_SECRET", Match.anyValue()))));
    }

    @Test
    void strangers_without_a_key_raise_no_alarm() {
        String strangers = " - FILL(keyless, 0) - FILL(lost, 0) - FILL(misused, 0)";
        usual.hasResourceProperties(
                "AWS::CloudWatch::Alarm",
                Map.of(
                        "Threshold",
                        25,
                        "Metrics",
                        Match.arrayWith(List.of(
                                Match.objectLike(Map.of(
                                        "Expression",
                                        "IF((requests" + strangers + ") >= 10, 100 * (errors" + strangers
                                                + ") / (requests" + strangers + "), 0)")),
                                stranger("keyless", "unauthenticated"),
                                stranger("lost", "not_found"),
                                stranger("misused", "method_not_allowed")))));
    }

    private static Matcher stranger(String id, String category) {
        List<Map<String, String>> dimensions =
                List.of(Map.of("Name", "Category", "Value", category), Map.of("Name", "Stack", "Value", "Sluice"));
        return Match.objectLike(Map.of(
                "Id",
                id,
                "MetricStat",
                Match.objectLike(Map.of(
                        "Metric",
                        Map.of("Namespace", "Sluice", "MetricName", "Errors", "Dimensions", dimensions),
                        "Stat",
                        "Sum"))));
    }

    @Test
    void the_second_stack_limits_by_address() {
        Template edge = Synthesized.of(Variant.EDGE).template();

        edge.hasResourceProperties("AWS::WAFv2::WebACL", Map.of("Scope", "CLOUDFRONT"));
        edge.hasResourceProperties("AWS::CertificateManager::Certificate", Map.of("DomainName", "llm.example.org"));
        edge.hasOutput("WebAclArn", Map.of());
        edge.hasOutput("CertificateArn", Map.of());
    }

    private String id(String type) {
        return usual.findResources(type).keySet().iterator().next();
    }
}
