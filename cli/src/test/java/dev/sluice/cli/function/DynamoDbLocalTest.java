package dev.sluice.cli.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.dynamodb.DynamoTable;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamoDbLocalTest {
    @TempDir
    private Path folder;

    private DynamoDbLocal start() {
        return DynamoDbLocal.start(Path.of(System.getProperty("dynamodb.local")), folder.resolve("data"));
    }

    private static DynamoStore store(DynamoDbLocal local, String accessKey) {
        return DynamoStore.open(
                TableSettings.of("sluice")
                        .withRegion("us-east-1")
                        .withEndpoint(local.endpoint())
                        .withAccessKey(new TableSettings.AccessKey(accessKey, accessKey))
                        .withPatience(Duration.ofSeconds(60)),
                _ -> {});
    }

    @Test
    void keeps_what_was_written_for_who_has_the_same_access_key_and_for_nobody_else() {
        try (DynamoDbLocal local = start();
                DynamoStore store = store(local, "OWNERSKEY")) {
            store.table().create();
            store.versions().write(0, "{\"version\":1}", "ada", Instant.EPOCH);
        }
        try (DynamoDbLocal local = start();
                DynamoStore store = store(local, "OWNERSKEY");
                DynamoStore stranger = store(local, "ANOTHERKEY")) {
            assertThat(store.versions().head().orElseThrow().document()).isEqualTo("{\"version\":1}");
            assertThat(stranger.table().check()).isInstanceOf(DynamoTable.State.Absent.class);
        }
    }

    @Test
    void says_what_it_printed_when_it_does_not_start() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> DynamoDbLocal.start(empty, folder.resolve("data")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("DynamoDB Local does not answer: ")
                .hasMessageContaining("ServerRunner");
    }
}
