package dev.sluice.aws.dynamodb;

import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Callers' keys as items: `key#<hmac>`, `key`.
final class KeyItems {
    static final String KEY = "key";
    static final String REVOKED = "revoked";

    private static final String PREFIX = "key#";
    private static final String NAME = "name";
    private static final String KIND = "kind";
    private static final String CREATED = "created";
    private static final String EXPIRES = "expires";
    private static final String MODELS = "allowedModels";

    private KeyItems() {}

    static String partition(String hash) {
        return PREFIX + hash;
    }

    static Map<String, AttributeValue> encode(KeyRecord key) {
        Map<String, AttributeValue> item = new HashMap<>(Table.key(partition(key.hash()), KEY));
        item.put(NAME, AttributeValue.fromS(key.name()));
        item.put(KIND, AttributeValue.fromS(key.kind().name().toLowerCase(Locale.ROOT)));
        item.put(REVOKED, AttributeValue.fromBool(key.revoked()));
        item.put(CREATED, AttributeValue.fromS(key.created().toString()));
        Instant expires = key.expires();
        if (expires != null) {
            item.put(EXPIRES, AttributeValue.fromS(expires.toString()));
        }
        item.put(
                MODELS,
                AttributeValue.fromL(key.allowedModels().stream()
                        .sorted()
                        .map(AttributeValue::fromS)
                        .toList()));
        return item;
    }

    /// Empty when the item is damaged: then nobody may call with that key.
    static Optional<KeyRecord> decode(Map<String, AttributeValue> item) {
        String pk = Attributes.text(item, Table.PK);
        String name = Attributes.text(item, NAME);
        Caller.Kind kind = kind(Attributes.text(item, KIND));
        Instant created = Attributes.instant(item, CREATED);
        Instant expires = Attributes.instant(item, EXPIRES);
        if (pk == null || name == null || kind == null || created == null) {
            return Optional.empty();
        }
        boolean isUnclear = expires == null && item.containsKey(EXPIRES);
        if (isUnclear || !pk.startsWith(PREFIX)) {
            return Optional.empty();
        }
        return Optional.of(new KeyRecord(
                pk.substring(PREFIX.length()),
                name,
                kind,
                Attributes.isTrue(item, REVOKED),
                created,
                expires,
                Set.copyOf(Attributes.texts(item, MODELS)),
                List.of()));
    }

    private static Caller.@Nullable Kind kind(@Nullable String name) {
        for (Caller.Kind kind : Caller.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return kind;
            }
        }
        return null;
    }
}
