package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.infra.Synthesized.Variant;
import dev.sluice.infra.cost.JsonTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The names that this module shares with modules it does not know, held to their sources.
class ContractsTest {
    private static final Path HOME = Path.of("..");
    private static final Pattern VARIABLE = Pattern.compile("\"(SLUICE_[A-Z_]+)\"");
    private static final Pattern METRIC = Pattern.compile("\\(\"([A-Z][A-Za-z]+)\", ");

    @ParameterizedTest
    @CsvSource({
        "gateway, dev.sluice.function.LambdaMain, FunctionSettings",
        "key-rotation, dev.sluice.rotation.RotationFunction, RotationSettings",
        "upkeep, dev.sluice.upkeep.UpkeepFunction, UpkeepFunction"
    })
    void a_function_gets_the_variables_that_it_reads(String module, String handler, String settings) {
        Path folder = HOME.resolve("functions/" + module + "/src/main/java")
                .resolve(handler.substring(0, handler.lastIndexOf('.')).replace('.', '/'));
        assumeTrue(Files.isDirectory(folder), () -> folder + " is not on this branch");

        assertThat(folder.resolve(handler.substring(handler.lastIndexOf('.') + 1) + ".java"))
                .exists();
        assertThat(variables(handler)).isEqualTo(found(VARIABLE, folder.resolve(settings + ".java")));
    }

    private static Set<String> variables(String handler) {
        Map<String, Object> properties = Synthesized.of(Variant.EVERYTHING).resources().values().stream()
                .map(resource -> JsonTree.object(JsonTree.fields(resource), "Properties"))
                .filter(function -> (handler + "::handleRequest").equals(function.get("Handler")))
                .findFirst()
                .orElseThrow();
        Set<String> names = new TreeSet<>(JsonTree.object(JsonTree.object(properties, "Environment"), "Variables")
                .keySet());
        names.remove("AWS_LAMBDA_EXEC_WRAPPER");
        return names;
    }

    @Test
    void the_dashboard_and_the_alarms_ask_for_metrics_that_are_written() {
        Set<String> written =
                found(METRIC, HOME.resolve("functions/gateway/src/main/java/dev/sluice/function/CallMetrics.java"));

        assertThat(written)
                .contains(
                        "Requests",
                        "Errors",
                        "Limited",
                        "TimeToFirstToken",
                        "Duration",
                        "InputTokens",
                        "OutputTokens",
                        "CacheReadTokens",
                        "CacheWriteTokens",
                        "CostUsd",
                        "Attempts",
                        "ColdStarts");
        String template = Synthesized.of(Variant.USUAL).text();
        assertThat(found(Pattern.compile("\\\\\"Sluice\\\\\",\\\\\"([A-Za-z]+)\\\\\""), template))
                .isSubsetOf(written)
                .hasSizeGreaterThan(8);
    }

    @Test
    void the_zips_are_where_the_build_makes_them() {
        assertThat(List.of("gateway", "key-rotation", "upkeep"))
                .filteredOn(module -> Files.isRegularFile(HOME.resolve("functions/" + module + "/pom.xml")))
                .allSatisfy(module -> assertThat(Synthesized.read(HOME.resolve("functions/" + module + "/pom.xml")))
                        .contains("<finalName>" + module + "</finalName>"));
    }

    @Test
    void the_table_lets_items_expire_by_the_attribute_that_is_written() {
        assertThat(Synthesized.read(HOME.resolve("shared/aws/src/main/java/dev/sluice/aws/dynamodb/DynamoTable.java")))
                .contains("String TTL = \"ttl\"");
    }

    @Test
    void the_wrapper_is_in_the_zip() {
        assertThat(HOME.resolve("functions/runtime/src/main/resources/bin/start"))
                .isRegularFile();
    }

    private static Set<String> found(Pattern pattern, Path file) {
        return found(pattern, Synthesized.read(file));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return new TreeSet<>(pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList());
    }
}
