package dev.sluice.cli.deploy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The CDK app in the repository that the launcher lies in.
public record Infra(Path folder) {
    /// The launcher says where; ends the command when there is none.
    public static Infra of(Surroundings surroundings) {
        Path folder = surroundings
                .variable("SLUICE_HOME")
                .filter(home -> !home.isBlank())
                .map(home -> Path.of(home, "infra"))
                .orElseThrow(() -> CommandFailure.failed("what is deployed is built from the repository: run this"
                        + " command as ./sluice in a checkout of it"));
        if (!Files.isRegularFile(folder.resolve("cdk.json"))) {
            throw CommandFailure.failed("there is no CDK app in " + folder + ": run this command as ./sluice in a whole"
                    + " checkout of the repository");
        }
        return new Infra(folder);
    }

    /// What a stack costs in a month in which nobody calls.
    ///
    /// @param lines what costs something, as `what: USD`
    public record Cost(String usd, String afterFreeUsd, List<String> lines) {}

    /// Reckoned from the template by the app's own price list; empty: it could not be.
    Optional<Cost> cost(Path template, Map<String, String> environment) {
        Path jars = folder.resolve("target/classpath.txt");
        String home = environment.getOrDefault("JAVA_HOME", System.getProperty("java.home"));
        try {
            Process process = new ProcessBuilder(
                            Path.of(home, "bin", "java").toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            folder.resolve("target/classes") + ":"
                                    + Files.readString(jars).strip(),
                            "dev.sluice.infra.cost.CostOf",
                            template.toString(),
                            "--json")
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0
                    ? Optional.ofNullable(JsonText.objectOrNull(text)).map(Infra::cost)
                    : Optional.empty();
        } catch (IOException noneBuilt) {
            return Optional.empty();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Cost cost(Json.Obj json) {
        List<String> lines = json.items("lines").stream()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .filter(line -> !usd(line, "usd").equals("0.00"))
                .map(line -> line.text("what", "?") + ": " + usd(line, "usd"))
                .toList();
        return new Cost(usd(json, "usd"), usd(json, "afterFreeUsd"), lines);
    }

    private static String usd(Json.Obj json, String name) {
        return json.field(name) instanceof Json amount ? JsonText.print(amount) : "?";
    }
}
