package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Main;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.SystemTime;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.store.StoreChoice;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands about the stack itself, with scripts in the place of node and npx, and AWS on loopback.
class DeployTest {
    private static final String NPX = """
            #!/bin/sh
            echo "$*" >>"$CALLS"
            shift 2
            case $1 in
              synth)
                while [ "$1" != --output ]; do shift; done
                mkdir -p "$2" && echo '{"Resources": {"A": {}, "B": {}}}' >"$2/Sluice.template.json" ;;
              diff) echo '[~] AWS::Lambda::Function Gateway' ;;
              deploy) [ -z "${BROKEN:-}" ] || { echo 'it broke'; exit 1; } ;;
            esac
            """;

    @TempDir
    private Path home;

    private FakeDeployment deployment;

    @BeforeEach
    void open() throws IOException {
        deployment = new FakeDeployment(home);
        Files.createDirectories(home.resolve("repository/infra"));
        Files.writeString(home.resolve("repository/infra/cdk.json"), "{}");
        Files.createDirectories(home.resolve("bin"));
        script("node", "#!/bin/sh\necho v22.3.0\n");
        script("npx", NPX);
    }

    @AfterEach
    void close() {
        deployment.close();
    }

    private void script(String name, String text) throws IOException {
        Path file = Files.writeString(home.resolve("bin/" + name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Shell shell() {
        return deployment
                .shell()
                .with("SLUICE_HOME", home.resolve("repository").toString())
                .with("PATH", home.resolve("bin") + ":/usr/bin:/bin")
                .with("CALLS", home.resolve("calls").toString());
    }

    private List<String> calls() throws IOException {
        return Files.exists(home.resolve("calls")) ? Files.readAllLines(home.resolve("calls")) : List.of();
    }

    private void prepared() {
        deployment.account().stack("CDKToolkit", "CREATE_COMPLETE");
    }

    private StartedGateway gateway() throws InterruptedException {
        return new StartedGateway(
                home.resolve("gateway"),
                StoreChoice.EMBEDDED,
                Map.of("SLUICE_MASTER_KEY", RunningGateway.KEY, "HOME", home.toString()),
                new SystemTime());
    }

    private static URI url(StartedGateway gateway) {
        return URI.create(gateway.ready().text("url", ""));
    }

    @Test
    void deploys_what_was_shown_and_tries_it_out() throws Exception {
        StartedGateway gateway = gateway();
        try {
            prepared();
            deployment.stand(url(gateway));
            deployment.rotateTo(RunningGateway.KEY);
            Shell.Ran ran = shell().run("deploy", "--yes", "--context", "sluice:memoryMb=2048");
            assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
            assertThat(ran.out())
                    .contains("✓ node v22.3.0, aws-cdk@2.1148.1")
                    .contains("✓ AWS account 123456789012, as arn:aws:iam::123456789012:user/ada")
                    .contains("✓ region eu-central-1")
                    .contains("✓ template with 2 resources")
                    .contains("[~] AWS::Lambda::Function Gateway")
                    .contains("✓ stack Sluice is CREATE_COMPLETE")
                    .contains("rotation", "Anthropic Messages streams", "ANTHROPIC_BASE_URL=" + url(gateway))
                    .doesNotContain("✗", RunningGateway.KEY);
            assertThat(calls()).hasSize(3);
            assertThat(calls().getFirst())
                    .startsWith("--yes aws-cdk@2.1148.1 synth Sluice")
                    .contains("--context sluice:stack=Sluice", "--context sluice:memoryMb=2048");
            String assembly = calls().get(1).substring(calls().get(1).indexOf("--app ") + 6);
            assertThat(calls().get(2)).contains("deploy Sluice --app " + assembly, "--require-approval never");
            assertThat(Path.of(assembly)).doesNotExist();
        } finally {
            gateway.end();
        }
    }

    @Test
    void the_key_is_shown_when_asked_for_and_json_has_all_checks() throws Exception {
        StartedGateway gateway = gateway();
        try {
            prepared();
            deployment.stand(url(gateway));
            deployment.rotateTo(RunningGateway.KEY);
            Shell.Ran ran = shell().run("deploy", "--yes", "--json", "--show-key");
            assertThat(ran.json().isTrue("passed")).isTrue();
            assertThat(ran.json().items("checks")).hasSize(6);
            assertThat(ran.json().text("masterKey")).isEqualTo(RunningGateway.KEY);
            Shell.Ran status = shell().run("status", "--smoke", "--json");
            assertThat(status.json().isTrue("well")).as(status.out()).isTrue();
            assertThat(status.out()).doesNotContain(RunningGateway.KEY);
            Shell.Ran bare = shell().with("SLUICE_MASTER_KEY", RunningGateway.KEY)
                    .run("status", "--url", url(gateway).toString());
            assertThat(bare.exit()).as(bare.out()).isZero();
            assertThat(shell().run("status", "--url", "nowhere").exit()).isEqualTo(2);
        } finally {
            gateway.end();
        }
    }

    @Test
    void without_a_terminal_nothing_is_changed_without_yes() throws IOException {
        prepared();
        deployment.stand(URI.create("http://127.0.0.1:9"));
        Shell.Ran ran = shell().run("deploy");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("--yes");
        assertThat(calls()).hasSize(2).noneMatch(call -> call.contains(" deploy "));
    }

    @Test
    void a_no_changes_nothing() throws IOException {
        prepared();
        deployment.stand(URI.create("http://127.0.0.1:9"));
        Shell.Ran ran = shell().typing("no").run("deploy");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(calls()).noneMatch(call -> call.contains(" deploy "));
    }

    @Test
    void diff_shows_and_changes_nothing() throws IOException {
        Shell.Ran ran = shell().run("diff");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("does not exist yet", "[~] AWS::Lambda::Function Gateway");
        assertThat(calls()).hasSize(2);
        assertThat(shell().run("diff", "--json").json().whole("resources")).isEqualTo(2);
        assertThat(shell().run("deploy", "--dry-run", "--json").json().whole("resources"))
                .isEqualTo(2);
    }

    @Test
    void an_account_without_the_toolkit_is_prepared_first() throws IOException {
        deployment.stand(URI.create("http://127.0.0.1:9"));
        Shell.Ran asked = shell().run("deploy");
        assertThat(asked.exit()).isEqualTo(2);
        assertThat(asked.out()).contains("CDKToolkit");
        assertThat(calls()).isEmpty();
        Shell.Ran refused = shell().with("BROKEN", "1").run("deploy", "--yes");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(calls().getFirst()).contains("bootstrap aws://123456789012/eu-central-1");
    }

    @Test
    void a_deployment_that_fails_is_told_with_what_the_cdk_said() {
        prepared();
        deployment.stand(URI.create("http://127.0.0.1:9"));
        Shell.Ran ran = shell().with("BROKEN", "1").run("deploy", "--yes");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("| it broke");
        assertThat(ran.err()).contains("exit code 1").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE_IN_PROGRESS, under way",
        "UPDATE_ROLLBACK_FAILED, continue-update-rollback",
        "DELETE_FAILED, sluice destroy"
    })
    void a_stack_in_a_state_that_nothing_can_be_done_with_is_told(String state, String said) throws IOException {
        prepared();
        deployment.account().stack("Sluice", state);
        Shell.Ran ran = shell().run("deploy", "--yes");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains(state, said);
        assertThat(calls()).isEmpty();
    }

    @Test
    void a_first_deployment_that_could_not_be_taken_back_is_told_with_what_mends_it() throws IOException {
        prepared();
        deployment
                .account()
                .stack("Sluice", "ROLLBACK_FAILED")
                .resource("State", "AWS::DynamoDB::Table", "Sluice-State-1")
                .resource("Role", "AWS::IAM::Role", "Sluice-Role-1");
        Shell.Ran ran = shell().run("deploy", "--yes");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .contains(
                        "Sluice-Role-1",
                        "--no-deletion-protection-enabled --table-name Sluice-State-1",
                        "aws dynamodb delete-table --table-name Sluice-State-1");
        assertThat(ran.err()).contains("ROLLBACK_FAILED", "sluice destroy --stack Sluice");
        assertThat(calls()).isEmpty();
    }

    @Test
    void a_first_deployment_that_was_taken_back_is_done_anew_unless_names_are_taken() throws IOException {
        prepared();
        deployment.account().stack("Sluice", "ROLLBACK_COMPLETE");
        deployment.secrets().create("Sluice/gateway-key", "0");
        Shell.Ran ran = shell().run("deploy", "--yes");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .contains("the first deployment failed and was taken back", "--secret-id Sluice/gateway-key");
        assertThat(calls()).isEmpty();
    }

    @Test
    void secrets_that_an_earlier_stack_has_left_are_told_before_anything_is_built() throws IOException {
        prepared();
        deployment.secrets().create("Sluice/credentials", "{}");
        Shell.Ran ran = shell().run("deploy", "--yes");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("delete-secret --force-delete-without-recovery --secret-id Sluice/credentials");
        assertThat(ran.err()).contains("Sluice/credentials", "cdk import", "--stack");
        assertThat(calls()).isEmpty();
    }

    @Test
    void ctrl_c_ends_the_child_and_says_that_cloudformation_goes_on() throws Exception {
        prepared();
        deployment.stand(URI.create("http://127.0.0.1:9"));
        script("npx", NPX.replace("deploy)", "deploy) echo under way; exec tail -f /dev/null; exit 9 ;;\n  other)"));
        Transcript out = new Transcript();
        Transcript err = new Transcript();
        StopSignal stop = new StopSignal();
        Surroundings surroundings =
                shell().surroundings(InputStream.nullInputStream(), out, err, new ManualSchedule(), stop);
        AtomicInteger exit = new AtomicInteger();
        Thread command =
                Thread.ofVirtual().start(() -> exit.set(Main.run(new String[] {"deploy", "--yes"}, surroundings)));
        out.await("deploying...");
        stop.ask();
        command.join();
        assertThat(exit).hasValue(1);
        assertThat(err.text()).contains("CloudFormation was told it goes on with by itself", "sluice status");
    }

    @Test
    void without_npx_or_with_an_old_node_nothing_begins() throws IOException {
        Files.delete(home.resolve("bin/npx"));
        Shell.Ran none = shell().with("PATH", home.resolve("bin").toString()).run("deploy", "--yes");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err()).contains("npx is not on the PATH", "Node.js");
        script("npx", NPX);
        script("node", "#!/bin/sh\necho v16.20.1\n");
        assertThat(shell().run("deploy", "--yes").err()).contains("v16.20.1 is too old");
    }

    @Test
    void outside_a_checkout_and_with_bad_settings_it_says_so() {
        assertThat(shell().without("SLUICE_HOME").run("deploy").err()).contains("./sluice");
        assertThat(shell().with("SLUICE_HOME", home.toString()).run("diff").err())
                .contains("no CDK app");
        Shell.Ran ran = shell().run("deploy", "--context", "memory");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("key=value");
    }

    @Test
    void status_tells_of_every_part_and_what_is_wrong() throws Exception {
        deployment.stand(URI.create("http://127.0.0.1:9"));
        deployment.rotateTo(RunningGateway.KEY);
        deployment.account().log(1_772_000_000_000L, "{\"level\":\"error\",\"note\":\"it hurts\"}");
        Shell.Ran ran = shell().run("status");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .contains("Sluice, CREATE_COMPLETE since 2026-03-01T11:00:00Z")
                .contains("Sluice-gateway, version 3 behind live, Active, SnapStart On, arm64, 1024 MB")
                .contains("health", "no answer: ", "it hurts", "0.1.0, this one is");
    }

    @Test
    void status_of_a_half_made_stack_names_what_failed() {
        deployment
                .account()
                .stack("Sluice", "ROLLBACK_COMPLETE")
                .event("2026-03-01T12:00:00Z", "Gateway", "AWS::Lambda::Function", "CREATE_FAILED", "no such runtime");
        Shell.Ran ran = shell().run("status");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("ROLLBACK_COMPLETE", "no such runtime", "no stack Sluice of Sluice");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void status_of_no_stack_says_where_it_looked() {
        Shell.Ran ran = shell().run("status", "--stack", "Nobody");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("no stack Nobody in eu-central-1 of account 123456789012");
    }

    @Test
    void destroy_keeps_what_holds_data_and_says_how_to_remove_it() {
        deployment.stand(URI.create("http://127.0.0.1:9"));
        assertThat(shell().run("destroy").exit()).isEqualTo(2);
        assertThat(shell().typing("Slice").run("destroy").err()).contains("not the stack's name");
        assertThat(shell().run("destroy", "--dry-run").out()).contains("Sluice/credentials", "Nothing was changed");
        assertThat(deployment.account().actions()).doesNotContain("cloudformation DeleteStack");
        Shell.Ran ran = shell().typing("Sluice").run("destroy");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("These stay", "is gone")
                .contains("aws dynamodb delete-table", "aws secretsmanager delete-secret");
        assertThat(shell().run("destroy", "--yes").err()).contains("there is no stack Sluice");
    }

    @Test
    void destroy_deletes_data_when_told_and_names_what_it_could_not() {
        deployment.stand(URI.create("http://127.0.0.1:9"));
        Shell.Ran ran = shell().run("destroy", "--yes", "--delete-data");
        // the fake knows no DeleteSecret: what cannot be deleted is said with the way to do it by hand
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("✓ deleted sluice-", "✗ Sluice/credentials", "by hand: aws secretsmanager");
        assertThat(ran.err()).contains("not all data could be deleted (1 left)");
    }
}
