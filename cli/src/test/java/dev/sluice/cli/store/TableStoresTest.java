package dev.sluice.cli.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.dynamodb.DynamoDb;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.Transcript;
import dev.sluice.core.ports.ConfigVersions.Write;
import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class TableStoresTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final URI ENDPOINT = LocalDynamoDb.sharedEndpoint();

    @TempDir
    private Path home;

    private final String table = "sluice-" + UUID.randomUUID();

    private Surroundings surroundings() {
        return new Shell(home)
                .with("AWS_ENDPOINT_URL", ENDPOINT.toString())
                .surroundings(
                        InputStream.nullInputStream(),
                        new Transcript(),
                        new Transcript(),
                        new ManualSchedule(),
                        new StopSignal());
    }

    private Stores open() {
        return TableStores.open(new StoreChoice.DynamoDb(table, Duration.ofSeconds(60)), surroundings(), _ -> {});
    }

    private DynamoDbClient stranger() {
        return DynamoDb.client(TableSettings.of(table)
                .withEndpoint(ENDPOINT)
                .withRegion("us-east-1")
                .withAccessKey(new TableSettings.AccessKey("local", "local"))
                .withPatience(null));
    }

    @Test
    void a_table_on_this_machine_is_made_when_it_is_absent_and_found_the_next_time() {
        try (Stores stores = open()) {
            assertThat(stores.shown()).isEqualTo("DynamoDB, table " + table + " at " + ENDPOINT);
            assertThat(stores.versions().head()).isEmpty();
            assertThat(stores.versions().write(0, "{}", "ada", NOON)).isInstanceOf(Write.Written.class);
        }
        try (Stores stores = open()) {
            assertThat(stores.versions().byNumber(1)).isPresent();
            assertThat(stores.versions().history(9)).hasSize(1);
            assertThat(stores.versions().write(0, "{}", "ada", NOON)).isEqualTo(new Write.Conflict(1));
        }
    }

    @Test
    void a_table_of_a_later_layout_is_refused() {
        open().close();
        try (DynamoDbClient client = stranger()) {
            client.putItem(put -> put.tableName(table)
                    .item(Map.of(
                            "pk", AttributeValue.fromS("schema"),
                            "sk", AttributeValue.fromS("schema"),
                            "version", AttributeValue.fromN("9"))));
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("the DynamoDB table " + table + " cannot be used")
                .hasMessageContaining("newer Sluice");
    }

    @Test
    void a_table_of_somebody_else_is_refused() {
        try (DynamoDbClient client = stranger()) {
            client.createTable(create -> create.tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build()));
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("cannot be used")
                .hasMessageContaining("not Sluice's");
    }

    @Test
    void what_is_missing_is_told_in_a_sentence() {
        assertThat(TableStores.sentence(
                        "t", "Unable to load credentials from any of the providers in the chain X(...)"))
                .contains("AWS_ACCESS_KEY_ID")
                .doesNotContain("chain");
        assertThat(TableStores.sentence("t", "not like this: Unable to load region from any of the providers"))
                .contains("AWS_REGION")
                .doesNotContain("providers");
        assertThat(TableStores.sentence("t", "refused\n\tat x.y.Z")).endsWith("cannot be opened: refused");
    }
}
