package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.infra.Synthesized.Variant;
import dev.sluice.infra.cost.JsonTree;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SecretsInTemplateTest {
    /// Long enough for a key, and no word or path.
    private static final Pattern RANDOM = Pattern.compile("(?<![A-Za-z0-9])(?=[A-Za-z0-9]*[0-9])[A-Za-z0-9]{32,}");

    private static final Pattern VERSION_HASH = Pattern.compile("(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}");
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z]+DistributionOrigin1[0-9A-F]{8}");

    @ParameterizedTest
    @EnumSource(Variant.class)
    void no_value_of_a_secret_is_in_the_template(Variant variant) {
        Map<String, Object> resources = Synthesized.of(variant).resources();

        assertThat(resources.values())
                .map(JsonTree::fields)
                .filteredOn(resource -> "AWS::SecretsManager::Secret".equals(resource.get("Type")))
                .map(resource -> JsonTree.object(resource, "Properties"))
                .allSatisfy(secret -> {
                    assertThat(secret.getOrDefault("SecretString", "{}")).isEqualTo("{}");
                    assertThat(JsonTree.object(secret, "GenerateSecretString"))
                            .doesNotContainKeys("SecretStringTemplate", "GenerateStringKey");
                });
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void nothing_in_the_template_looks_like_a_key(Variant variant) {
        Synthesized synthesized = Synthesized.of(variant);
        String withoutIds = ORIGIN.matcher(synthesized.normal()).replaceAll("");
        for (String id : synthesized.resources().keySet()) {
            withoutIds = withoutIds.replace(VERSION_HASH.matcher(id).replaceAll("$1VERSION"), "");
        }

        assertThat(withoutIds).doesNotContain("slc_", "sk-", "AKIA", "ASIA", "PRIVATE KEY");
        assertThat(RANDOM.matcher(withoutIds).results().map(found -> found.group()))
                .isEmpty();
    }
}
