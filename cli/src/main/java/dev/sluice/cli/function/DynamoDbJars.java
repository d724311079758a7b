package dev.sluice.cli.function;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Printable;
import dev.sluice.cli.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The jars of DynamoDB Local, fetched by the owner's own Maven on first use. Its licence does not allow to pass it on, so
/// nothing of it comes with Sluice.
final class DynamoDbJars {
    private static final String HOME = "SLUICE_HOME";
    private static final String DONE = "complete";

    private final Path folder;
    private final Surroundings surroundings;
    private final Consumer<String> notes;

    DynamoDbJars(Path folder, Surroundings surroundings, Consumer<String> notes) {
        this.folder = folder;
        this.surroundings = surroundings;
        this.notes = notes;
    }

    /// The folder with the jars, fetched where they are not there yet.
    Path fetched() {
        if (!Files.exists(folder.resolve(DONE))) {
            fetch(checkout());
        }
        return folder;
    }

    private Path checkout() {
        Optional<Path> home = surroundings.variable(HOME).map(Path::of);
        if (home.isEmpty() || !Files.isExecutable(home.get().resolve("mvnw"))) {
            throw CommandFailure.failed(
                    "DynamoDB Local is not here yet, and Maven fetches it from a checkout of Sluice: run"
                            + " ./sluice start --lambda there, or set AWS_ENDPOINT_URL_DYNAMODB to a DynamoDB that runs");
        }
        return home.get();
    }

    private void fetch(Path checkout) {
        notes.accept("fetching DynamoDB Local with Maven into " + folder + " (about 60 MB, once)");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        checkout.resolve("mvnw").toString(),
                        "-B",
                        "-f",
                        checkout.resolve("shared/dynamodb-local/pom.xml").toString(),
                        "dependency:copy-dependencies",
                        "-DincludeScope=runtime",
                        "-DoutputDirectory=" + folder))
                .directory(checkout.toFile())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Files.createDirectories(folder);
            Process maven = builder.start();
            maven.getOutputStream().close();
            String trouble = follow(maven);
            if (maven.waitFor() != 0) {
                throw failed(trouble);
            }
            Files.createFile(folder.resolve(DONE));
        } catch (IOException | UncheckedIOException notPossible) {
            throw failed(String.valueOf(notPossible.getMessage()));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        }
    }

    /// Tells of each jar that comes; answers the first thing that went wrong.
    private String follow(Process maven) throws IOException {
        String trouble = "";
        try (BufferedReader output = maven.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("Downloaded from ") && line.contains(".jar ")) {
                    notes.accept(Printable.of(line.substring(line.lastIndexOf('/', line.indexOf(".jar ")) + 1)));
                }
                if (trouble.isEmpty() && line.startsWith("[ERROR] ")) {
                    trouble = Printable.of(line.substring("[ERROR] ".length()));
                }
            }
        }
        return trouble;
    }

    private static CommandFailure failed(String why) {
        return CommandFailure.failed("Maven could not fetch DynamoDB Local"
                + (why.isEmpty() ? "" : ": " + why)
                + ". It needs the network once; or set AWS_ENDPOINT_URL_DYNAMODB to a"
                + " DynamoDB that runs");
    }
}
