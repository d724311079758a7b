package dev.sluice.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.core.ports.Registry.Reading;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoKeysTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Tables.Fresh table = Tables.fresh();
    private final KeyBook keys = table.store().keys();

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void a_key_is_made_once_and_known_to_all() {
        KeyRecord key = new KeyRecord(
                "aa",
                "laptop",
                Caller.Kind.CLIENT,
                false,
                NOON,
                NOON.plusSeconds(60),
                Set.of("p/m", "smart"),
                List.of());
        assertThat(keys.create(key)).isTrue();
        assertThat(keys.create(key("bb", "laptop"))).isFalse();
        assertThat(keys.create(key("aa", "other"))).isFalse();
        assertThat(keys.list()).containsExactly(key);
        assertThat(table.store().registry().read(Set.of("aa", "bb")))
                .isEqualTo(new Reading.Known(Optional.empty(), Map.of("aa", key)));
    }

    @Test
    void keys_are_listed_by_name() {
        keys.create(key("cc", "b"));
        keys.create(key("aa", "c"));
        keys.create(key("bb", "a"));
        assertThat(keys.list()).extracting(KeyRecord::name).containsExactly("a", "b", "c");
    }

    @Test
    void a_key_is_revoked_once_and_stays_in_the_list() {
        keys.create(key("aa", "laptop"));
        assertThat(keys.revoke("phone")).isFalse();
        assertThat(keys.revoke("laptop")).isTrue();
        assertThat(keys.revoke("laptop")).isFalse();
        assertThat(keys.list()).extracting(KeyRecord::revoked).containsExactly(true);
        assertThat(table.store().registry().read(Set.of("aa")))
                .isInstanceOfSatisfying(
                        Reading.Known.class,
                        known -> assertThat(known.keys().get("aa").revoked()).isTrue());
    }

    @Test
    void a_damaged_key_lets_nobody_in_and_is_noted_once() {
        Map<String, AttributeValue> item = new HashMap<>(Table.key("key#aa", "key"));
        item.put("record", AttributeValue.fromS(KeyItems.text(key("bb", "laptop"))));
        table.client()
                .putItem(request -> request.tableName(table.settings().table()).item(item));
        for (int i = 0; i < 3; i++) {
            assertThat(table.store().registry().read(Set.of("aa")))
                    .isEqualTo(new Reading.Known(Optional.empty(), Map.of()));
        }
        assertThat(table.notes()).singleElement().asString().contains("key#aa");
    }

    private static KeyRecord key(String hash, String name) {
        return new KeyRecord(hash, name, Caller.Kind.CLIENT, false, NOON, null, Set.of(), List.of());
    }
}
