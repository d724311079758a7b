package dev.sluice.aws.dynamodb;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The layout of the items, by its number in the item `schema`, `schema`. A table without that item has the first.
final class TableLayout {
    static final String ITEM = "schema";
    static final long VERSION = 1;

    private static final String NUMBER = "version";

    private TableLayout() {}

    static Map<String, AttributeValue> encode() {
        Map<String, AttributeValue> item = new HashMap<>(Table.key(ITEM, ITEM));
        item.put(NUMBER, AttributeValue.fromN(Long.toString(VERSION)));
        return item;
    }

    /// Why this version of Sluice cannot use the table, if it cannot.
    static Optional<String> trouble(Map<String, AttributeValue> item) {
        if (item.isEmpty()) {
            return Optional.empty();
        }
        Long version = Attributes.whole(item, NUMBER);
        if (version == null) {
            return Optional.of("the item schema in the table is damaged: it has no number `" + NUMBER + "`");
        }
        return version <= VERSION
                ? Optional.empty()
                : Optional.of("the table was written by a newer Sluice (layout " + version + "; this one knows "
                        + VERSION + "): update this one");
    }
}
