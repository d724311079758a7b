package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.infra.Synthesized.Variant;
import dev.sluice.infra.cost.JsonTree;
import dev.sluice.infra.cost.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final Path DEPLOY = Path.of("../docs/deploy.md");
    private static final Path IAM = Path.of("../docs/security-iam.md");

    @Test
    void deploy_has_every_key_of_the_context() throws IOException {
        Golden.holdSection(
                DEPLOY,
                "context",
                Arrays.stream(ContextKey.values())
                        .map(key -> "| `" + key.key() + "` | " + (key.usual().isEmpty() ? "-" : key.usual()) + " | "
                                + key.allowed() + " | " + key.meaning() + " |\n")
                        .collect(Collectors.joining(
                                "", "| key | by default | allowed | is |\n| --- | --- | --- | --- |\n", "")));
    }

    @Test
    void deploy_has_the_costs_as_computed() throws IOException {
        Golden.holdSection(
                DEPLOY, "idle", Tables.idle(Synthesized.of(Variant.USUAL).text()));
        Golden.holdSection(
                DEPLOY, "free", Tables.free(Synthesized.of(Variant.USUAL).text()));
        Golden.holdSection(
                DEPLOY,
                "variants",
                "| with | USD a month | after what every account gets free |\n| --- | --- | --- |\n"
                        + Tables.sum(
                                "CloudFront",
                                Synthesized.of(Variant.PLAIN_CLOUDFRONT).text())
                        + Tables.sum(
                                "CloudFront, a domain, an e-mail address, Bedrock",
                                Synthesized.of(Variant.EVERYTHING).text())
                        + Tables.sum(
                                "the second stack beside it: web ACL and certificate",
                                Synthesized.of(Variant.EDGE).text()));
        Golden.holdSection(DEPLOY, "turns", Tables.turns());
    }

    @Test
    void the_accepted_findings_are_in_the_document() throws IOException {
        String rows = Arrays.stream(Variant.values())
                .flatMap(variant -> Synthesized.of(variant).resources().values().stream())
                .map(JsonTree::fields)
                .flatMap(resource ->
                        JsonTree.list(
                                        JsonTree.object(JsonTree.object(resource, "Metadata"), "cdk_nag"),
                                        "rules_to_suppress")
                                .stream()
                                .map(JsonTree::fields)
                                .map(rule -> "| `" + resource.get("Type") + "` | " + rule.get("id") + " | "
                                        + rule.get("reason") + " |\n"))
                .distinct()
                .sorted()
                .collect(Collectors.joining());

        Golden.holdSection(IAM, "accepted", "| on | rule | because |\n| --- | --- | --- |\n" + rows);
    }

    @Test
    void commands_name_one_version_of_the_cdk() {
        assertThat(Synthesized.read(DEPLOY).lines().filter(line -> line.contains("npx aws-cdk")))
                .allSatisfy(line -> assertThat(line).contains("aws-cdk@2.1148.1"));
    }
}
