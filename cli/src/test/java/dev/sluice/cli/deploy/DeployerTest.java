package dev.sluice.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.owner.Owner;
import dev.sluice.aws.owner.OwnerSettings;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.Transcript;
import dev.sluice.testkit.account.FakeAccount;
import dev.sluice.testkit.account.FakeStack;
import dev.sluice.testkit.secrets.FakeSecretsManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A first deployment as CloudFormation's events tell of it, with a CDK that does what it is told.
class DeployerTest {
    private static final String FUNCTION = "AWS::Lambda::Function";

    @TempDir
    private Path home;

    private FakeAccount account;
    private FakeSecretsManager secrets;
    private final Transcript out = new Transcript();

    @BeforeEach
    void open() throws IOException {
        account = FakeAccount.open();
        secrets = FakeSecretsManager.open();
        account.stack("CDKToolkit", "CREATE_COMPLETE");
    }

    @AfterEach
    void close() {
        account.close();
        secrets.close();
    }

    /// Writes a template of three resources; what it does to the stack a test says.
    private static final class FakeCdk implements Cdk {
        private final List<String> ran = new ArrayList<>();
        private final Consumer<Runnable> deployment;
        private final int exit;

        FakeCdk(int exit, Consumer<Runnable> deployment) {
            this.exit = exit;
            this.deployment = deployment;
        }

        @Override
        public String tools() {
            return "node v22";
        }

        @Override
        public int run(List<String> arguments, Consumer<String> lines, Runnable meanwhile) {
            ran.add(arguments.getFirst());
            if (arguments.getFirst().equals("synth")) {
                Path folder = Path.of(arguments.get(arguments.indexOf("--output") + 1));
                try {
                    Files.writeString(
                            folder.resolve("Sluice.template.json"), "{\"Resources\":{\"A\":{},\"B\":{},\"C\":{}}}");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return 0;
            }
            if (arguments.getFirst().equals("deploy")) {
                deployment.accept(meanwhile);
                return exit;
            }
            return 0;
        }

        @Override
        public void stop() {
            // it never lasts
        }
    }

    private void deploy(Cdk cdk) {
        Surroundings surroundings = new Shell(home)
                .surroundings(
                        InputStream.nullInputStream(), out, new Transcript(), new ManualSchedule(), new StopSignal());
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL", account.endpoint().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_REGION", "eu-central-1");
        try (Owner owner = Owner.open(new OwnerSettings(null, null, "Sluice", environment), _ -> {})) {
            new Deployer(
                            owner,
                            cdk,
                            new Infra(home),
                            surroundings,
                            new Steps(out.stream()),
                            new Deployer.Wish(List.of(), true))
                    .deploy();
        }
    }

    @Test
    void a_new_stack_is_followed_resource_by_resource() {
        FakeCdk cdk = new FakeCdk(0, meanwhile -> {
            FakeStack stack = account.stack("Sluice", "CREATE_IN_PROGRESS")
                    .event("2026-03-01T12:00:00Z", "Sluice", "AWS::CloudFormation::Stack", "CREATE_IN_PROGRESS", "")
                    .event("2026-03-01T12:00:01Z", "A", FUNCTION, "CREATE_IN_PROGRESS", "");
            meanwhile.run();
            stack.event("2026-03-01T12:00:02Z", "A", FUNCTION, "CREATE_COMPLETE", "")
                    .event("2026-03-01T12:00:03Z", "B", FUNCTION, "CREATE_COMPLETE", "")
                    .status("CREATE_COMPLETE");
            meanwhile.run();
            meanwhile.run();
        });
        deploy(cdk);
        assertThat(cdk.ran).containsExactly("synth", "diff", "deploy");
        assertThat(out.text())
                .contains("0 of 3 resources, 0 ms: A create in progress")
                .containsOnlyOnce("2 of 3 resources, 0 ms: B create complete")
                .contains("✓ stack Sluice is CREATE_COMPLETE");
    }

    @Test
    void what_broke_it_is_named_and_not_what_broke_because_of_it() {
        FakeCdk cdk = new FakeCdk(1, meanwhile -> {
            account.stack("Sluice", "ROLLBACK_IN_PROGRESS")
                    .event("2026-03-01T12:00:01Z", "A", FUNCTION, "CREATE_FAILED", "no such runtime: java99")
                    .event("2026-03-01T12:00:02Z", "B", FUNCTION, "CREATE_FAILED", "Resource creation cancelled");
            meanwhile.run();
        });
        assertThatThrownBy(() -> deploy(cdk))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("A (AWS::Lambda::Function): no such runtime: java99")
                .hasMessageContaining("takes back");
        assertThat(out.text()).contains("✗ A").doesNotContain("✗ B");
    }

    @Test
    void a_question_about_events_that_fails_stops_nothing() {
        FakeCdk cdk = new FakeCdk(0, meanwhile -> {
            account.refuse("DescribeStackEvents", "Throttling", "Rate exceeded");
            account.stack("Sluice", "CREATE_COMPLETE");
            meanwhile.run();
        });
        deploy(cdk);
        assertThat(out.text()).contains("✓ stack Sluice is CREATE_COMPLETE");
    }
}
