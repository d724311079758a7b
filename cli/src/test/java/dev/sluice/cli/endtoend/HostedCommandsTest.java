package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.FixedTime;
import dev.sluice.cli.Shell;
import dev.sluice.cli.store.StoreChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Configuration and credentials of a deployed stack, by the same commands as this machine's.
class HostedCommandsTest {
    private static final String SECRET = "sk-hosted-secret-0123456789";
    private static final String DOCUMENT = """
            {"version": 1, "providers": [
              {"id": "one", "endpoints": {"openai-chat": "https://one.example/v1"}, "credential": "one", "models": ["m"]}]}
            """;

    @TempDir
    private Path home;

    private FakeDeployment deployment;

    @BeforeEach
    void open() throws IOException {
        deployment = new FakeDeployment(home);
    }

    @AfterEach
    void close() {
        deployment.close();
    }

    private void stand() {
        deployment.stand(URI.create("http://127.0.0.1:9"));
    }

    private Path document() throws IOException {
        return Files.writeString(home.resolve("config.json"), DOCUMENT);
    }

    @Test
    void a_configuration_is_applied_shown_listed_and_rolled_back() throws IOException {
        stand();
        Shell shell = deployment.shell();
        Shell.Ran applied = shell.run("config", "apply", document().toString(), "--stack", "Sluice");
        assertThat(applied.out()).contains("version 1 is in force");
        assertThat(applied.err())
                .contains("stack Sluice, eu-central-1, account 123456789012")
                .contains("provider one has no credential: sluice credential set one");
        assertThat(applied.exit()).isZero();
        assertThat(shell.run("config", "show", "--stack", "Sluice", "--json")
                        .json()
                        .whole("version"))
                .isEqualTo(1);
        Files.writeString(home.resolve("config.json"), "{\"version\": 1, \"providers\": []}");
        assertThat(shell.run("config", "apply", home.resolve("config.json").toString(), "--region", "eu-central-1")
                        .out())
                .contains("version 2 is in force");
        assertThat(shell.run("config", "rollback", "1", "--stack", "Sluice").out())
                .contains("version 3 is in force");
        assertThat(shell.run("config", "history", "--stack", "Sluice", "--json")
                        .json()
                        .items("versions"))
                .hasSize(3);
        assertThat(shell.run(
                        "config",
                        "apply",
                        home.resolve("config.json").toString(),
                        "--stack",
                        "Sluice",
                        "--if-version",
                        "1"))
                .satisfies(late -> {
                    assertThat(late.exit()).isEqualTo(1);
                    assertThat(late.err()).contains("conflict: version 3");
                });
        assertThat(home.resolve(".sluice")).as("nothing on this machine").doesNotExist();
    }

    @Test
    void a_credential_is_set_listed_and_removed_and_never_shown() {
        stand();
        Shell shell = deployment.shell().with("SLUICE_STACK", "Sluice");
        Shell.Ran set = shell.runWith(SECRET + "\n", "credential", "set", "one");
        assertThat(set.exit()).isZero();
        assertThat(set.out()).contains("one is set");
        assertThat(set.err()).contains("within 5 minutes", "account 123456789012");
        Shell.Ran again = shell.runWith(SECRET + "2\n", "credential", "set", "one", "--debug");
        assertThat(again.out()).contains("one is replaced");
        assertThat(shell.run("credential", "list").out()).contains("one");
        assertThat(shell.run("credential", "list", "--json").out())
                .isEqualToIgnoringNewLines("{\"credentials\":[{\"name\":\"one\",\"setAt\":null}]}");
        assertThat(deployment.secrets().secret("Sluice/credentials").texts()).contains("{\"one\":\"" + SECRET + "2\"}");
        assertThat(shell.run("credential", "remove", "one").exit()).isZero();
        assertThat(shell.run("credential", "remove", "one").err()).contains("there is no credential one");
        assertThat(set.out() + set.err() + again.out() + again.err()).doesNotContain("sk-hosted");
    }

    @Test
    void a_plan_is_made_here_from_the_table_without_a_key() throws IOException {
        stand();
        Shell shell = deployment.shell();
        assertThat(shell.run("config", "apply", document().toString(), "--stack", "Sluice")
                        .exit())
                .isZero();
        int secrets = deployment.secrets().operations().size();
        Shell.Ran told = shell.run("explain", "one/m", "--stack", "Sluice");
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.out()).contains("one/m", "configuration version 1");
        assertThat(told.err()).contains("stack Sluice", "made on this machine, from the stack's table");
        Shell.Ran unknown = shell.run("explain", "nobody", "--stack", "Sluice");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("nobody");
        assertThat(home.resolve(".sluice")).as("nothing on this machine").doesNotExist();
        assertThat(deployment.secrets().operations()).hasSize(secrets);
    }

    @Test
    void with_a_key_the_deployed_gateway_is_asked() throws Exception {
        StartedGateway gateway = new StartedGateway(
                home.resolve("gateway"),
                StoreChoice.EMBEDDED,
                Map.of("SLUICE_MASTER_KEY", RunningGateway.KEY),
                FixedTime.NOON);
        try {
            deployment.stand(URI.create(gateway.ready().text("url", "")));
            Shell shell = deployment.shell().with("SLUICE_STACK", "Sluice");
            Shell.Ran told = shell.run("explain", "x", "--key", RunningGateway.KEY);
            assertThat(told.exit()).as(told.err()).isZero();
            assertThat(told.out()).contains("demo/demo");
            assertThat(told.err())
                    .contains("asked: the gateway at " + gateway.ready().text("url", ""));
            Shell.Ran refused = shell.with("SLUICE_MASTER_KEY", "slc_wrong").run("explain", "x");
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("not known to this gateway");
        } finally {
            gateway.end();
        }
    }

    @Test
    void more_than_a_secret_holds_is_bad_input() {
        stand();
        Shell.Ran ran = deployment.shell().runWith("x".repeat(65_536), "credential", "set", "one", "--stack", "Sluice");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("at most 65536").doesNotContain("xxx");
        assertThat(deployment.secrets().operations()).doesNotContain("PutSecretValue");
    }

    @Test
    void an_unknown_stack_is_told_with_where_it_was_looked_for() {
        Shell.Ran ran = deployment.shell().run("config", "show", "--stack", "Nobody", "--region", "eu-west-1");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err())
                .contains("no stack Nobody", "eu-west-1", "123456789012", "sluice deploy")
                .doesNotContain("\tat ");
    }

    @Test
    void an_expired_session_is_told_with_the_login() {
        deployment.account().refuse("GetCallerIdentity", "ExpiredToken", "The security token is expired");
        Shell.Ran ran = deployment.shell().with("AWS_PROFILE", "work").run("credential", "list", "--stack", "Sluice");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("aws sso login --profile work").doesNotContain("\tat ");
    }

    @Test
    void what_can_be_no_stack_or_region_is_bad_usage() {
        assertThat(deployment.shell().run("config", "show", "--stack", "a/b").exit())
                .isEqualTo(2);
        assertThat(deployment
                        .shell()
                        .run("config", "show", "--region", "nowhere")
                        .exit())
                .isEqualTo(2);
        assertThat(deployment
                        .shell()
                        .run("config", "show", "--stack", "S", "--data", "x")
                        .exit())
                .isEqualTo(2);
        assertThat(deployment.account().actions()).isEmpty();
    }

    @Test
    void without_a_word_of_a_stack_it_is_this_machine() {
        assertThat(deployment.shell().run("config", "show").exit()).isZero();
        assertThat(deployment.account().actions()).isEmpty();
    }
}
