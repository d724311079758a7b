package dev.sluice.cli.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.DataDirectory;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionTableTest {
    @TempDir
    private Path folder;

    private Surroundings surroundings(Shell shell) {
        return shell.surroundings(
                InputStream.nullInputStream(),
                new Transcript(),
                new Transcript(),
                new ManualSchedule(),
                new StopSignal());
    }

    private FunctionTable open(Shell shell) {
        SecretKey secret = SecretKey.open(folder.resolve("secret.key"), new SecureRandom());
        return FunctionTable.open(new DataDirectory(folder), secret, surroundings(shell), _ -> {});
    }

    @Test
    void a_given_endpoint_on_this_machine_needs_no_access_key() {
        Shell shell = new Shell(folder).with("AWS_ENDPOINT_URL", "http://127.0.0.1:8000");
        assertThat(open(shell).variables())
                .isEqualTo(Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000",
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "local",
                        "AWS_SECRET_ACCESS_KEY", "local"));
    }

    @Test
    void the_owners_access_key_and_region_are_the_functions_too() {
        Shell shell = new Shell(folder)
                .with("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
                .with("AWS_ENDPOINT_URL_DYNAMODB", "https://dynamodb.example")
                .with("AWS_DEFAULT_REGION", "eu-central-1")
                .with("AWS_ACCESS_KEY_ID", "id")
                .with("AWS_SECRET_ACCESS_KEY", "secret")
                .with("AWS_SESSION_TOKEN", "token");
        FunctionTable table = open(shell);
        assertThat(table.variables())
                .isEqualTo(Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB", "https://dynamodb.example",
                        "AWS_REGION", "eu-central-1",
                        "AWS_ACCESS_KEY_ID", "id",
                        "AWS_SECRET_ACCESS_KEY", "secret",
                        "AWS_SESSION_TOKEN", "token"));
        assertThat(table.lead(surroundings(shell)).environment()).containsAllEntriesOf(table.variables());
    }

    @Test
    void an_endpoint_elsewhere_needs_an_access_key() {
        Shell shell = new Shell(folder)
                .with("AWS_ENDPOINT_URL_DYNAMODB", "https://dynamodb.example")
                .with("AWS_PROFILE", "mine");
        assertThatThrownBy(() -> open(shell))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
}
