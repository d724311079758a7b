package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.infra.IamPolicies.Request;
import dev.sluice.infra.Synthesized.Variant;
import dev.sluice.infra.cost.JsonTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IamMatrixTest {
    private static final Path DOCUMENT = Path.of("../docs/security-iam.md");

    private static final List<String> PRINCIPALS = List.of("Gateway", "KeyRotation", "Upkeep");
    private static final List<String> PARTITIONS = List.of(
            "config",
            "schema",
            "key#4f1a",
            "key-names",
            "worker-key",
            "provider#openrouter",
            "alias#coding",
            "caller#4f1a",
            "usage#2026-11-21",
            "call#2026-11-21",
            "response#resp_1",
            "anything-else");
    private static final List<String> ITEM_ACTIONS = List.of(
            "GetItem",
            "BatchGetItem",
            "Query",
            "Scan",
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "BatchWriteItem",
            "ConditionCheckItem",
            "PartiQLSelect",
            "PartiQLInsert",
            "PartiQLUpdate",
            "PartiQLDelete");
    private static final List<String> SECRETS =
            List.of("MasterKey", "ProviderCredentials", "GatewayKey", "OriginHeader");
    private static final List<String> SECRET_ACTIONS = List.of(
            "DescribeSecret",
            "GetSecretValue",
            "BatchGetSecretValue",
            "PutSecretValue",
            "UpdateSecret",
            "UpdateSecretVersionStage",
            "RotateSecret",
            "DeleteSecret",
            "PutResourcePolicy");
    private static final List<String> OTHER_ACTIONS = List.of(
            "dynamodb:DeleteTable",
            "dynamodb:UpdateTable",
            "dynamodb:UpdateTimeToLive",
            "dynamodb:ExportTableToPointInTime",
            "dynamodb:CreateBackup",
            "secretsmanager:ListSecrets",
            "secretsmanager:CreateSecret",
            "ssm:GetParameter",
            "ssm:PutParameter",
            "lambda:InvokeFunction",
            "lambda:UpdateFunctionCode",
            "lambda:UpdateFunctionConfiguration",
            "lambda:GetFunction",
            "iam:PassRole",
            "iam:PutRolePolicy",
            "sts:AssumeRole",
            "kms:Decrypt",
            "s3:GetObject",
            "logs:GetLogEvents",
            "logs:DeleteLogGroup",
            "cloudformation:UpdateStack",
            "ec2:CreateNetworkInterface",
            "bedrock:InvokeModel",
            "bedrock:InvokeModelWithResponseStream");

    private final Map<String, Object> usual = Synthesized.of(Variant.USUAL).resources();
    private final Map<String, Object> everything =
            Synthesized.of(Variant.EVERYTHING).resources();

    @Test
    void the_document_shows_who_may_do_what() throws IOException {
        Golden.holdSection(DOCUMENT, "table", partitions(usual));
        Golden.holdSection(DOCUMENT, "secrets", secrets(everything));
        Golden.holdSection(DOCUMENT, "others", others());
    }

    @Test
    void the_gateway_cannot_read_the_master_key() {
        SECRET_ACTIONS.forEach(action -> assertThat(mayUse(everything, "Gateway", action, "MasterKey"))
                .as(action)
                .isFalse());
    }

    @Test
    void the_gateway_writes_neither_configuration_nor_keys() {
        for (String partition : List.of("config", "schema", "key#4f1a", "key-names", "worker-key")) {
            for (String action : List.of(
                    "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLUpdate", "PartiQLInsert")) {
                assertThat(may(usual, "Gateway", action, partition))
                        .as(action + " " + partition)
                        .isFalse();
            }
        }
    }

    @Test
    void one_forbidden_partition_spoils_a_batch() {
        assertThat(may(usual, "Gateway", "BatchGetItem", "config", "key#4f1a", "schema"))
                .isTrue();
        assertThat(may(usual, "Gateway", "BatchGetItem", "config", "worker-key"))
                .isFalse();
    }

    /// A request without a partition passes `ForAllValues`: only the missing action keeps it out.
    @Test
    void nobody_scans() {
        for (String principal : PRINCIPALS) {
            for (String action : List.of("Scan", "PartiQLSelect", "ExportTableToPointInTime")) {
                assertThat(may(usual, principal, action))
                        .as(principal + " " + action)
                        .isFalse();
            }
        }
    }

    @Test
    void the_rotation_reaches_master_keys_alone() {
        assertThat(may(usual, "KeyRotation", "PutItem", "key#4f1a", "worker-key"))
                .isTrue();
        for (String partition : PARTITIONS) {
            for (String action : ITEM_ACTIONS) {
                boolean its = partition.equals("worker-key")
                                && List.of("GetItem", "PutItem").contains(action)
                        || partition.startsWith("key#") && action.equals("PutItem");
                assertThat(may(usual, "KeyRotation", action, partition))
                        .as(action + " " + partition)
                        .isEqualTo(its);
            }
        }
        SECRET_ACTIONS.forEach(action -> assertThat(mayUse(everything, "KeyRotation", action, "ProviderCredentials"))
                .as(action)
                .isFalse());
    }

    @Test
    void no_statement_is_for_everything() {
        for (Map<String, Object> resources : List.of(usual, everything)) {
            for (String principal : PRINCIPALS) {
                assertThat(IamPolicies.of(resources, principal).statements()).allSatisfy(statement -> {
                    assertThat(statement.get("Resource")).isNotEqualTo("*");
                    assertThat(statement.get("Action").toString()).doesNotContain("*");
                });
            }
        }
    }

    @Test
    void bedrock_is_open_only_when_the_owner_says_so() {
        Request request =
                new Request("bedrock:InvokeModel", "arn:aws:bedrock:us-east-1::foundation-model/some.model", List.of());

        assertThat(IamPolicies.of(usual, "Gateway").allows(request)).isFalse();
        assertThat(JsonTree.fields(everything.get(id(everything, "GatewayRole")))
                        .toString())
                .contains("bedrock:InvokeModel");
    }

    private static String partitions(Map<String, Object> resources) {
        StringBuilder out = new StringBuilder(head("partition"));
        PARTITIONS.forEach(partition -> out.append(row(
                "`" + partition + "`",
                principal -> ITEM_ACTIONS.stream().filter(action -> may(resources, principal, action, partition)))));
        return out.toString();
    }

    private static String secrets(Map<String, Object> resources) {
        StringBuilder out = new StringBuilder(head("secret"));
        Map<String, String> names = new LinkedHashMap<>();
        SECRETS.forEach(secret -> names.put(secret, name(resources, secret)));
        names.forEach((secret, name) -> out.append(row(
                "`" + name + "`",
                principal -> SECRET_ACTIONS.stream().filter(action -> mayUse(resources, principal, action, secret)))));
        return out.toString();
    }

    private String others() {
        StringBuilder out = new StringBuilder(head("with"));
        out.append(row("nothing chosen", principal -> anything(usual, principal)));
        out.append(row("`sluice:bedrock`", principal -> anything(everything, principal)));
        return out.toString();
    }

    /// Of actions on whatever resource a statement names.
    private static Stream<String> anything(Map<String, Object> resources, String principal) {
        List<String> actions = IamPolicies.of(resources, principal).statements().stream()
                .flatMap(statement -> Stream.of(statement.get("Action"))
                        .flatMap(action -> action instanceof List<?> list ? list.stream() : Stream.of(action)))
                .map(String::valueOf)
                .toList();
        assertThat(actions)
                .allSatisfy(action -> assertThat(ITEM_ACTIONS.stream()
                                        .map("dynamodb:"::concat)
                                        .toList()
                                        .contains(action)
                                || SECRET_ACTIONS.stream()
                                        .map("secretsmanager:"::concat)
                                        .toList()
                                        .contains(action)
                                || OTHER_ACTIONS.contains(action)
                                || List.of("logs:CreateLogStream", "logs:PutLogEvents")
                                        .contains(action))
                        .as("an action that the tables do not show: " + action)
                        .isTrue());
        return actions.stream()
                .filter(action -> OTHER_ACTIONS.contains(action) || action.startsWith("logs:"))
                .sorted();
    }

    private static String head(String first) {
        return "| " + first + " | gateway | key rotation | upkeep |\n| --- | --- | --- | --- |\n";
    }

    private static String row(String first, Function<String, Stream<String>> allowed) {
        return PRINCIPALS.stream()
                .map(principal -> allowed.apply(principal).collect(Collectors.joining(", ")))
                .map(cell -> cell.isEmpty() ? "-" : cell)
                .collect(Collectors.joining(" | ", "| " + first + " | ", " |\n"));
    }

    private static boolean may(Map<String, Object> resources, String principal, String action, String... partitions) {
        Object table = Map.of("Fn::GetAtt", List.of(id(resources, "StateTable"), "Arn"));
        return IamPolicies.of(resources, principal)
                .allows(new Request("dynamodb:" + action, table, List.of(partitions)));
    }

    private static boolean mayUse(Map<String, Object> resources, String principal, String action, String secret) {
        return IamPolicies.of(resources, principal)
                .allows(new Request("secretsmanager:" + action, Map.of("Ref", id(resources, secret)), List.of()));
    }

    private static String name(Map<String, Object> resources, String secret) {
        Map<String, Object> properties =
                JsonTree.object(JsonTree.fields(resources.get(id(resources, secret))), "Properties");
        return String.valueOf(properties.get("Name")).replace("Mine/", "S/");
    }

    private static String id(Map<String, Object> resources, String start) {
        return resources.keySet().stream()
                .filter(id -> id.startsWith(start))
                .findFirst()
                .orElseThrow();
    }
}
