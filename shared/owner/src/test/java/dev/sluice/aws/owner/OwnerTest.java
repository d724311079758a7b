package dev.sluice.aws.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.model.Json;
import dev.sluice.testkit.account.FakeAccount;
import dev.sluice.testkit.http.NobodyThere;
import dev.sluice.testkit.secrets.FakeSecret;
import dev.sluice.testkit.secrets.FakeSecretsManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTest {
    private static final List<String> NAMES = List.of(
            "table",
            "master-key-secret",
            "credentials-secret",
            "gateway-key-secret",
            "gateway-function",
            "rotation-function",
            "upkeep-function",
            "gateway-log-group",
            "version");

    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();
    private FakeAccount account;
    private FakeSecretsManager secrets;

    @BeforeEach
    void open() throws IOException {
        account = FakeAccount.open();
        secrets = FakeSecretsManager.open();
        environment.putAll(Map.of(
                "HOME", home.toString(),
                "AWS_ENDPOINT_URL", account.endpoint().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_REGION", "eu-central-1"));
    }

    @AfterEach
    void close() {
        account.close();
        secrets.close();
    }

    private Owner owner() {
        return Owner.open(new OwnerSettings(null, null, "Sluice", environment), _ -> {});
    }

    private void publish() {
        NAMES.forEach(name -> account.parameter("/sluice/Sluice/" + name, "the " + name));
        account.parameter("/sluice/Sluice/url", "https://abc.lambda-url.eu-central-1.on.aws/");
        account.parameter("/sluice/Sluice/region", "eu-central-1");
        account.parameter("/sluice/Sluice/credentials-secret", "Sluice/credentials");
        account.parameter("/sluice/Other/url", "https://other.example/");
    }

    private String refusal() {
        try (Owner owner = owner()) {
            return catchThrowableOfType(OwnerFailure.class, owner::deployment).text();
        }
    }

    @Test
    void finds_all_parameters_of_a_stack_over_several_pages() {
        publish();
        try (Owner owner = owner()) {
            Deployment deployment = owner.deployment();
            assertThat(deployment.table()).isEqualTo("the table");
            assertThat(deployment.account()).isEqualTo(FakeAccount.NUMBER);
            assertThat(deployment.address()).hasToString("https://abc.lambda-url.eu-central-1.on.aws");
            assertThat(account.actions())
                    .containsExactly("sts GetCallerIdentity", "ssm GetParametersByPath", "ssm GetParametersByPath");
        }
    }

    @Test
    void behind_cloudfront_that_is_the_address() {
        publish();
        account.parameter("/sluice/Sluice/distribution-url", "https://d1.cloudfront.net");
        try (Owner owner = owner()) {
            assertThat(owner.deployment().address()).hasToString("https://d1.cloudfront.net");
        }
    }

    @Test
    void no_stack_of_that_name_is_told_with_region_and_account() {
        assertThat(refusal()).contains("no stack Sluice", "eu-central-1", FakeAccount.NUMBER, "sluice deploy");
    }

    @Test
    void a_stack_that_is_not_whole_is_told_with_what_is_missing() {
        publish();
        account.forget("/sluice/Sluice/table");
        assertThat(refusal()).contains("not whole", "has not published table", "sluice status");
    }

    @ParameterizedTest
    @CsvSource({
        "ExpiredToken, aws sso login",
        "InvalidClientTokenId, does not accept these credentials",
        "Throttling, try again",
        "AccessDenied, may not do sts:GetCallerIdentity in eu-central-1"
    })
    void a_refusal_says_what_to_do(String code, String said) {
        account.refuse("GetCallerIdentity", code, "Because");
        assertThat(refusal()).contains(said).doesNotContain("Exception", "secret");
    }

    @Test
    void a_refusal_over_json_is_told_as_well() {
        account.refuse("GetParametersByPath", "AccessDeniedException", "User ada is not authorized");
        assertThat(refusal()).contains("may not do ssm:GetParametersByPath", "User ada is not authorized");
    }

    @Test
    void no_credentials_are_told_in_words() {
        environment.remove("AWS_ACCESS_KEY_ID");
        assertThat(refusal()).startsWith("no AWS credentials were found").contains("--profile", "AWS_ACCESS_KEY_ID");
    }

    @Test
    void nobody_there_is_told_in_words() {
        try (NobodyThere nobody = new NobodyThere()) {
            environment.put("AWS_ENDPOINT_URL", nobody.uri().toString());
            assertThat(refusal()).contains("STS at 127.0.0.1 cannot be reached", "online");
        }
    }

    @Test
    void without_a_region_nothing_is_asked() {
        environment.remove("AWS_REGION");
        assertThatThrownBy(this::owner).isInstanceOf(OwnerFailure.class).hasMessageContaining("no AWS region is known");
        assertThat(account.actions()).isEmpty();
    }

    @Test
    void a_profile_brings_region_and_credentials() throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/config"), "[profile work]\nregion = eu-west-3\n");
        Files.writeString(
                home.resolve(".aws/credentials"), "[work]\naws_access_key_id = w\naws_secret_access_key = s\n");
        environment.remove("AWS_REGION");
        OwnerSettings settings = new OwnerSettings("work", null, "Sluice", environment);
        try (Owner owner = Owner.open(settings, _ -> {})) {
            assertThat(owner.region()).isEqualTo("eu-west-3");
            assertThat(owner.identity().account()).isEqualTo(FakeAccount.NUMBER);
            assertThat(owner.variables())
                    .containsEntry("AWS_PROFILE", "work")
                    .containsEntry("AWS_REGION", "eu-west-3")
                    .doesNotContainKey("AWS_ACCESS_KEY_ID");
        }
    }

    @Test
    void a_session_that_was_never_begun_names_the_login() throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/config"), """
                [profile work]
                region = eu-west-3
                sso_session = house
                sso_account_id = 123456789012
                sso_role_name = admin
                [sso-session house]
                sso_region = eu-west-3
                sso_start_url = https://example.awsapps.com/start
                """);
        OwnerSettings settings = new OwnerSettings("work", null, "Sluice", environment);
        try (Owner owner = Owner.open(settings, _ -> {})) {
            assertThatThrownBy(owner::identity).hasMessageContaining("aws sso login --profile work");
        }
    }

    @Test
    void an_unknown_profile_is_told() {
        OwnerSettings settings = new OwnerSettings("nobody", "eu-west-3", "Sluice", environment);
        try (Owner owner = Owner.open(settings, _ -> {})) {
            assertThatThrownBy(owner::identity).hasMessageContaining("no AWS profile nobody");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1abc", "a b", "a/../b", "a.b"})
    void what_can_be_no_stack_is_refused(String name) {
        assertThatThrownBy(() -> new OwnerSettings(null, null, name, Map.of()))
                .isInstanceOf(OwnerFailure.class)
                .hasMessageContaining("a stack's name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "evil.example/", "EU-CENTRAL-1"})
    void what_can_be_no_region_is_refused(String name) {
        assertThatThrownBy(() -> new OwnerSettings(null, name, "Sluice", Map.of()))
                .isInstanceOf(OwnerFailure.class)
                .hasMessageContaining("eu-central-1");
    }

    @Test
    void a_stack_is_described_or_absent() {
        account.stack("Sluice", "UPDATE_IN_PROGRESS")
                .resource("Table", "AWS::DynamoDB::Table", "t-1")
                .event("2026-03-01T12:00:00Z", "Table", "AWS::DynamoDB::Table", "CREATE_FAILED", "no <luck> & more");
        try (Owner owner = owner()) {
            assertThat(owner.stacks().stack("Nobody")).isEmpty();
            assertThat(owner.stacks().stack("Sluice"))
                    .hasValueSatisfying(stack -> assertThat(stack.isBusy()).isTrue());
            assertThat(owner.stacks().events("Sluice").getFirst())
                    .satisfies(event -> assertThat(event.isFailure()).isTrue())
                    .extracting(Stacks.Event::reason, Stacks.Event::at)
                    .containsExactly("no <luck> & more", Instant.parse("2026-03-01T12:00:00Z"));
            assertThat(owner.stacks().resources("Sluice"))
                    .containsExactly(new Stacks.Resource("Table", "t-1", "AWS::DynamoDB::Table", "CREATE_COMPLETE"));
        }
    }

    @Test
    void a_function_and_its_log_are_read() {
        publish();
        account.function(
                "f",
                "live",
                Json.object()
                        .put("Version", "7")
                        .put("State", "Active")
                        .put(
                                "SnapStart",
                                Json.object()
                                        .put("ApplyOn", "PublishedVersions")
                                        .put("OptimizationStatus", "On")
                                        .build())
                        .build());
        account.log(2000, "second");
        account.log(1000, "first");
        try (Owner owner = owner()) {
            assertThat(owner.functions().behind("f", "live"))
                    .hasValueSatisfying(
                            version -> assertThat(version.snapshot()).isEqualTo("On"));
            assertThat(owner.functions().behind("f", "dead")).isEmpty();
            assertThat(owner.log().since(Instant.EPOCH, "", 5))
                    .extracting(LogGroup.Line::text)
                    .containsExactly("first", "second");
            assertThat(owner.log().since(Instant.EPOCH, "", 1))
                    .extracting(LogGroup.Line::text)
                    .containsExactly("second");
        }
    }

    @Test
    void credentials_are_set_replaced_and_removed_in_one_secret() {
        publish();
        FakeSecret secret = secrets.create("Sluice/credentials", "{}");
        try (Owner owner = owner();
                CredentialsSecret credentials = owner.credentials()) {
            assertThat(credentials.set("one", "1")).isFalse();
            assertThat(credentials.set("two", "2")).isFalse();
            assertThat(credentials.set("one", "3")).isTrue();
            assertThat(credentials.names()).containsExactly("one", "two");
            assertThat(credentials.remove("two")).isTrue();
            assertThat(credentials.remove("two")).isFalse();
        }
        assertThat(secret.stage("AWSCURRENT").orElseThrow().text()).isEqualTo("{\"one\":\"3\"}");
        assertThat(secret.describe().stages().values())
                .as("no label of ours stays")
                .allSatisfy(labels -> assertThat(labels).isSubsetOf("AWSCURRENT", "AWSPREVIOUS"));
    }

    @Test
    void what_an_interrupted_change_has_left_is_cleared_by_the_next_one() {
        publish();
        FakeSecret secret = secrets.create("Sluice/credentials", "{\"one\":\"1\"}");
        secret.put("0f6e9c5e-0000-4000-8000-000000000001", "{\"one\":\"half\"}", Set.of("SLUICE_half"));
        try (Owner owner = owner();
                CredentialsSecret credentials = owner.credentials()) {
            assertThat(credentials.names()).containsExactly("one");
            assertThat(secret.holder("SLUICE_half"))
                    .as("looking changes nothing")
                    .isPresent();
            assertThat(credentials.set("two", "2")).isFalse();
        }
        assertThat(secret.holder("SLUICE_half")).isEmpty();
        assertThat(secret.stage("AWSCURRENT").orElseThrow().text()).isEqualTo("{\"one\":\"1\",\"two\":\"2\"}");
    }

    @Test
    void the_second_of_two_writers_is_told_and_undoes_nothing() {
        publish();
        FakeSecret secret = secrets.create("Sluice/credentials", "{\"one\":\"1\"}");
        try (Owner owner = owner();
                CredentialsSecret credentials = owner.credentials();
                RacingSecret race =
                        RacingSecret.before(secrets, "PutSecretValue", () -> secret.put("{\"first\":\"f\"}"))) {
            environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", race.endpoint().toString());
            try (Owner second = owner();
                    CredentialsSecret late = second.credentials()) {
                assertThatThrownBy(() -> late.set("second", "s"))
                        .isInstanceOf(OwnerFailure.class)
                        .hasMessageContaining("somebody else")
                        .hasMessageNotContaining("\"s\"");
            }
            assertThat(credentials.names()).containsExactly("first");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void more_than_a_secret_holds_is_refused_before_anything_is_written() {
        publish();
        secrets.create("Sluice/credentials", "{}");
        try (Owner owner = owner();
                CredentialsSecret credentials = owner.credentials()) {
            assertThatThrownBy(() -> credentials.set("big", "x".repeat(65_530)))
                    .isInstanceOf(OwnerFailure.class)
                    .hasMessageContaining("65536");
        }
        assertThat(secrets.operations()).containsExactly("DescribeSecret", "GetSecretValue");
    }
}
