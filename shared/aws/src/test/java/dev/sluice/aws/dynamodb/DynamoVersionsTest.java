package dev.sluice.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.core.ports.ConfigVersions.Write;
import dev.sluice.core.ports.Registry.Reading;
import dev.sluice.testkit.Keys;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoVersionsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

    private final Tables.Fresh table = Tables.fresh();
    private final ConfigVersions versions = table.store().versions();

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void what_was_written_is_read_again_by_everyone() {
        Version first = new Version(1, "{\"a\":\"é\"}", "ada", NOON);
        assertThat(versions.head()).isEmpty();
        assertThat(versions.write(0, first.document(), "ada", NOON)).isEqualTo(new Write.Written(first));
        try (DynamoStore other = table.another()) {
            assertThat(other.versions().head()).contains(first);
            assertThat(other.versions().byNumber(1)).contains(first);
            assertThat(other.versions().byNumber(2)).isEmpty();
            assertThat(other.registry().read(Set.of())).isEqualTo(new Reading.Known(Optional.of(first), Map.of()));
        }
    }

    @Test
    void a_writer_who_has_not_seen_the_head_is_told_it() {
        assertThat(versions.write(4, "x", "ada", NOON)).isEqualTo(new Write.Conflict(0));
        versions.write(0, "one", "ada", NOON);
        assertThat(versions.write(0, "two", "bob", NOON)).isEqualTo(new Write.Conflict(1));
        assertThat(versions.write(7, "two", "bob", NOON)).isEqualTo(new Write.Conflict(1));
        assertThat(versions.history(9)).hasSize(1);
    }

    @Test
    void history_is_newest_first_over_many_pages() {
        for (int i = 0; i < 45; i++) {
            versions.write(i, "document " + (i + 1), "ada", NOON);
        }
        assertThat(versions.history(100))
                .extracting(Version::number)
                .hasSize(45)
                .startsWith(45L, 44L)
                .endsWith(1L);
        assertThat(versions.history(21)).hasSize(21);
        assertThat(versions.history(1)).extracting(Version::document).containsExactly("document 45");
    }

    @Test
    void of_many_writers_at_once_one_succeeds() {
        List<Write> writes = Together.call(8, i -> () -> versions.write(0, "by " + i, "writer " + i, NOON));
        assertThat(writes).filteredOn(Write.Written.class::isInstance).hasSize(1);
        assertThat(writes).filteredOn(new Write.Conflict(1)::equals).hasSize(7);
        assertThat(versions.history(9)).hasSize(1);
    }

    @Test
    void a_document_too_large_for_an_item_is_refused() {
        byte[] noise = new byte[400_000];
        new Random(1).nextBytes(noise);
        String document = Base64.getEncoder().encodeToString(noise);
        assertThatThrownBy(() -> versions.write(0, document, "ada", NOON))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("at most 307200");
        assertThat(versions.head()).isEmpty();
    }

    @Test
    void a_damaged_head_is_unreadable_and_never_taken_for_none() {
        Map<String, AttributeValue> item = new HashMap<>(Table.key("config", "head"));
        item.put("number", AttributeValue.fromS("one"));
        put(item);
        KeyRecord laptop = Keys.plain(1, "laptop");
        table.store().keys().create(laptop);
        assertThat(table.store().registry().read(Set.of(laptop.hash())))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable ->
                                assertThat(unreadable.keys().orElseThrow()).containsOnlyKeys(laptop.hash()));
        assertThatThrownBy(versions::head).isInstanceOf(StoreFailure.class).hasMessageContaining("config/head");
    }

    @Test
    void a_table_of_a_later_layout_is_unreadable_and_unusable() {
        Map<String, AttributeValue> item = new HashMap<>(Table.key("schema", "schema"));
        item.put("version", AttributeValue.fromN("2"));
        put(item);
        assertThat(table.store().registry().read(Set.of()))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).contains("newer Sluice"));
        assertThat(table.store().table().check()).isInstanceOf(DynamoTable.State.Unusable.class);
    }

    @Test
    void a_table_without_its_layout_has_the_first() {
        table.client()
                .deleteItem(
                        request -> request.tableName(table.settings().table()).key(Table.key("schema", "schema")));
        assertThat(table.store().table().check()).isInstanceOf(DynamoTable.State.Present.class);
        assertThat(table.store().registry().read(Set.of())).isInstanceOf(Reading.Known.class);
    }

    @Test
    void a_table_is_absent_until_it_is_made_and_may_be_made_twice() {
        TableSettings settings = Tables.settings(table.settings().endpoint()).withPatience(null);
        try (DynamoStore store = DynamoStore.open(settings, table.notes()::add)) {
            assertThat(store.table().check()).isInstanceOf(DynamoTable.State.Absent.class);
            store.table().create();
            store.table().create();
            assertThat(store.table().check()).isInstanceOf(DynamoTable.State.Present.class);
            assertThat(table.client()
                            .describeTimeToLive(request -> request.tableName(settings.table()))
                            .timeToLiveDescription()
                            .attributeName())
                    .isEqualTo("ttl");
        }
    }

    private void put(Map<String, AttributeValue> item) {
        table.client()
                .putItem(request -> request.tableName(table.settings().table()).item(item));
    }
}
