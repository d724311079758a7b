package dev.sluice.aws.dynamodb;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.core.ports.Registry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/// The head of the configuration and the keys of a request in one `BatchGetItem`, read consistently. The first reading
/// also asks which layout the table has.
///
/// At most 98 keys at once. A key whose item is damaged is not known, and noted. Thread-safe.
public final class DynamoRegistry implements Registry {
    private static final int ROUNDS = 3;

    private final Table table;
    private volatile boolean layoutIsKnown;

    DynamoRegistry(Table table) {
        this.table = table;
    }

    @Override
    public Reading read(Set<String> keyHashes) {
        List<Map<String, AttributeValue>> wanted = new ArrayList<>();
        wanted.add(Table.key(VersionItems.CONFIG, VersionItems.HEAD));
        keyHashes.forEach(hash -> wanted.add(Table.key(KeyItems.partition(hash), KeyItems.KEY)));
        if (!layoutIsKnown) {
            wanted.add(Table.key(TableLayout.ITEM, TableLayout.ITEM));
        }
        return items(wanted).map(this::reading).orElseGet(Reading.Silent::new);
    }

    /// All that there are; empty when the table did not give all of them in time.
    private Optional<List<Map<String, AttributeValue>>> items(List<Map<String, AttributeValue>> wanted) {
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        Table.Span span = table.span();
        Map<String, KeysAndAttributes> left = Map.of(
                table.name(),
                KeysAndAttributes.builder().keys(wanted).consistentRead(true).build());
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            Map<String, KeysAndAttributes> asked = left;
            Answer<BatchGetItemResponse> answer = span.call(call -> call.client()
                    .batchGetItem(BatchGetItemRequest.builder()
                            .requestItems(asked)
                            .overrideConfiguration(call.configuration())
                            .build()));
            if (answer instanceof Answer.Invalid<?>(String why)) {
                table.noteOnceForAll("the configuration and the keys cannot be read: " + why);
            }
            if (!(answer instanceof Answer.Ok<BatchGetItemResponse>(BatchGetItemResponse response))) {
                return Optional.empty();
            }
            found.addAll(response.responses().getOrDefault(table.name(), List.of()));
            left = response.unprocessedKeys();
        }
        return left.isEmpty() ? Optional.of(found) : Optional.empty();
    }

    private Reading reading(List<Map<String, AttributeValue>> items) {
        Optional<Version> head = Optional.empty();
        boolean isDamaged = false;
        Map<String, KeyRecord> keys = new HashMap<>();
        for (Map<String, AttributeValue> item : items) {
            String pk = String.valueOf(Attributes.text(item, Table.PK));
            if (pk.equals(TableLayout.ITEM)) {
                Optional<String> trouble = TableLayout.trouble(item);
                if (trouble.isPresent()) {
                    return new Reading.Unreadable(trouble.get());
                }
            } else if (pk.equals(VersionItems.CONFIG)) {
                head = VersionItems.decode(item);
                isDamaged = head.isEmpty();
            } else {
                add(item, pk, keys);
            }
        }
        layoutIsKnown = true;
        if (isDamaged) {
            return new Reading.Unreadable("the head of the configuration in the table is damaged", Optional.of(keys));
        }
        return new Reading.Known(head, keys);
    }

    private void add(Map<String, AttributeValue> item, String pk, Map<String, KeyRecord> keys) {
        KeyItems.decode(item)
                .ifPresentOrElse(
                        key -> keys.put(key.hash(), key),
                        () -> table.noteOnceForAll("the item " + pk + " is damaged: nobody can call with that key"));
    }
}
