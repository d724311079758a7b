package dev.sluice.aws.dynamodb;

import dev.sluice.core.access.KeyJson;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Callers' keys as items: `key#<hmac>`, `key`, with the record as one text.
final class KeyItems {
    static final String KEY = "key";
    static final String RECORD = "record";

    private static final String PREFIX = "key#";

    private KeyItems() {}

    static String partition(String hash) {
        return PREFIX + hash;
    }

    static Map<String, AttributeValue> encode(KeyRecord key) {
        Map<String, AttributeValue> item = new HashMap<>(Table.key(partition(key.hash()), KEY));
        item.put(RECORD, AttributeValue.fromS(text(key)));
        return item;
    }

    static String text(KeyRecord key) {
        return JsonText.print(KeyJson.encode(key));
    }

    /// Empty when the item is damaged, or holds the record of another key: then nobody may call with that key.
    static Optional<KeyRecord> decode(Map<String, AttributeValue> item) {
        String text = Attributes.text(item, RECORD);
        Json.Obj object = text == null ? null : JsonText.objectOrNull(text);
        return object == null
                ? Optional.empty()
                : KeyJson.decode(object).filter(key -> partition(key.hash()).equals(Attributes.text(item, Table.PK)));
    }
}
