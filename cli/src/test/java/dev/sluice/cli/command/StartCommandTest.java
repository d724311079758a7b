package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.testkit.http.NobodyThere;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCommandTest {
    @TempDir
    private Path home;

    private void refuses(String word, String... args) {
        Shell.Ran ran = new Shell(home).run(args);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(word);
        assertThat(home.resolve(".sluice")).doesNotExist();
    }

    @Test
    void refuses_what_is_not_in_this_version() {
        refuses("embedded or dynamodb", "start", "--store", "redis");
    }

    @Test
    void keeps_no_state_of_the_function_in_a_file() {
        refuses("--lambda keeps its state in DynamoDB", "start", "--lambda", "--store", "embedded");
    }

    @Test
    void says_where_the_function_is_built_when_it_is_not_here() {
        Shell.Ran ran = new Shell(home).run("start", "--lambda", "--port", "0");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("./sluice start --lambda").hasLineCount(1);
        assertThat(home.resolve(".sluice")).doesNotExist();
    }

    @Test
    void serves_without_keys_on_loopback_only() {
        refuses("--no-auth", "start", "--no-auth", "--host", "0.0.0.0");
        refuses("--no-auth", "start", "--no-auth", "--host", "192.0.2.1");
    }

    @Test
    void refuses_ports_that_do_not_exist() {
        refuses("0 to 65535", "start", "--port", "65536");
        refuses("--port", "start", "--port", "http");
    }

    @Test
    void refuses_a_short_master_key() {
        Shell.Ran ran = new Shell(home).with("SLUICE_MASTER_KEY", "too-short").run("start", "--port", "0");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("at least 24").doesNotContain("too-short");
    }

    @Test
    void refuses_a_configuration_file_that_is_not_there() {
        Shell.Ran ran = new Shell(home)
                .run("start", "--port", "0", "--config", home.resolve("none").toString());
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("there is no file");
    }

    @Test
    void refuses_a_table_that_it_would_not_use_or_that_cannot_be() {
        refuses("needs --store dynamodb", "start", "--table", "mine");
        refuses("--table is a name", "start", "--store", "dynamodb", "--table", "a b c");
        refuses("--table is a name", "start", "--store", "dynamodb", "--table", "ab");
        refuses("--table is a name", "start", "--store", "dynamodb", "--table", "");
    }

    @Test
    void says_where_a_table_that_cannot_be_opened_should_be() {
        try (NobodyThere nobody = new NobodyThere()) {
            Shell.Ran ran = new Shell(home)
                    .with("AWS_ENDPOINT_URL", nobody.uri().toString())
                    .run("start", "--port", "0", "--store", "dynamodb");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err().strip())
                    .isEqualTo("sluice: the DynamoDB table sluice at " + nobody.uri()
                            + " cannot be opened: no connection: Connection refused");
        }
    }

    @Test
    void names_a_profile_that_has_no_credentials() {
        Shell.Ran ran = new Shell(home)
                .with("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
                .with("AWS_PROFILE", "no-such-profile")
                .run("start", "--port", "0", "--store", "dynamodb");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("no AWS credentials were found").contains("no-such-profile");
    }

    @Test
    void refuses_an_endpoint_that_is_no_address() {
        for (String endpoint : List.of("localhost:8000", "ftp://127.0.0.1", "http://", "nonsense \\")) {
            Shell.Ran ran = new Shell(home)
                    .with("AWS_ENDPOINT_URL", endpoint)
                    .run("start", "--port", "0", "--store", "dynamodb");
            assertThat(ran.exit()).as(endpoint).isEqualTo(2);
            assertThat(ran.err()).contains("AWS_ENDPOINT_URL is an address").contains(endpoint);
        }
    }
}
