package dev.sluice.cli.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a script in the place of Maven.
class DynamoDbJarsTest {
    private static final String FETCHES = """
            for last; do :; done
            echo called >> "$(dirname "$0")/calls"
            echo "Downloading from central: https://repository.example/a/b-1.jar"
            echo "Downloaded from central: https://repository.example/a/b-1.jar (1.2 MB at 3 MB/s)"
            echo "Downloaded from central: https://repository.example/a/b-1.pom (1 kB at 3 kB/s)"
            touch "${last#-DoutputDirectory=}/b-1.jar"
            """;

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private DynamoDbJars jars(Shell shell) {
        return new DynamoDbJars(
                folder.resolve("jars"),
                shell.surroundings(
                        InputStream.nullInputStream(),
                        new Transcript(),
                        new Transcript(),
                        new ManualSchedule(),
                        new StopSignal()),
                notes::add);
    }

    private Shell checkout(String maven) throws IOException {
        Path script = folder.resolve("mvnw");
        Files.writeString(script, "#!/bin/sh\n" + maven);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return new Shell(folder).with("SLUICE_HOME", folder.toString());
    }

    @Test
    void fetches_once_and_tells_of_each_jar() throws IOException {
        Shell shell = checkout(FETCHES);
        assertThat(jars(shell).fetched()).isEqualTo(folder.resolve("jars"));
        assertThat(notes).hasSize(2).last().asString().startsWith("b-1.jar (1.2 MB");
        assertThat(folder.resolve("jars/b-1.jar")).exists();
        assertThat(jars(new Shell(folder)).fetched()).isEqualTo(folder.resolve("jars"));
        assertThat(folder.resolve("calls")).hasContent("called");
    }

    @Test
    void says_why_maven_failed_and_tries_again_the_next_time() throws IOException {
        Shell broken = checkout("echo '[ERROR] Unknown host repository.example'; exit 1\n");
        assertThatThrownBy(() -> jars(broken).fetched())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("Unknown host repository.example")
                .hasMessageContaining("AWS_ENDPOINT_URL_DYNAMODB");
        assertThat(jars(checkout(FETCHES)).fetched().resolve("b-1.jar")).exists();
    }

    @Test
    void says_where_maven_is_when_there_is_no_checkout() {
        assertThatThrownBy(() -> jars(new Shell(folder)).fetched())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("./sluice start --lambda")
                .hasMessageContaining("AWS_ENDPOINT_URL_DYNAMODB");
        assertThat(notes).isEmpty();
    }
}
