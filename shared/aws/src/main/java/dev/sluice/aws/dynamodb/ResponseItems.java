package dev.sluice.aws.dynamodb;

import dev.sluice.core.stored.PackedResponse;
import dev.sluice.core.stored.StoredResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Stored answers as items. Every part has bytes and a time to live, the first one all the rest.
final class ResponseItems {
    private static final String PREFIX = "response#";
    private static final String BYTES = "bytes";
    private static final String PARTS = "parts";
    private static final String OWNER = "owner";
    private static final String TARGET = "target";

    private ResponseItems() {}

    static String partition(String id) {
        return PREFIX + id;
    }

    static Map<String, AttributeValue> key(String id, int number) {
        return Table.key(partition(id), sortKey(number));
    }

    private static String sortKey(int number) {
        return String.format(Locale.ROOT, "part#%03d", number);
    }

    static Map<String, AttributeValue> part(StoredResponse response, List<byte[]> parts, int number) {
        Map<String, AttributeValue> item = new HashMap<>(key(response.id(), number));
        item.put(BYTES, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(parts.get(number))));
        item.put(
                DynamoTable.TTL,
                AttributeValue.fromN(Long.toString(response.expires().getEpochSecond())));
        if (number == 0) {
            item.put(PARTS, AttributeValue.fromN(Integer.toString(parts.size())));
            item.put(OWNER, AttributeValue.fromS(response.owner()));
            item.put(TARGET, AttributeValue.fromS(response.target()));
        }
        return item;
    }

    /// How many parts the first one says there are.
    static int parts(Map<String, AttributeValue> first) {
        Long parts = Attributes.whole(first, PARTS);
        return parts == null ? 0 : (int) Math.min(parts, PackedResponse.MOST_BYTES);
    }

    /// Empty when there is no first part, or something is missing or damaged.
    static Optional<StoredResponse> response(String id, List<Map<String, AttributeValue>> items) {
        Map<String, Map<String, AttributeValue>> byKey = new HashMap<>();
        items.forEach(item -> byKey.put(Attributes.text(item, Table.SK), item));
        Map<String, AttributeValue> first = byKey.get(sortKey(0));
        if (first == null) {
            return Optional.empty();
        }
        List<byte[]> bytes = new ArrayList<>();
        int parts = parts(first);
        for (int number = 0; number < parts; number++) {
            byte[] part = Attributes.bytes(byKey.getOrDefault(sortKey(number), Map.of()), BYTES);
            if (part == null) {
                return Optional.empty();
            }
            bytes.add(part);
        }
        String owner = Attributes.text(first, OWNER);
        String target = Attributes.text(first, TARGET);
        Long expires = Attributes.whole(first, DynamoTable.TTL);
        if (owner == null || target == null || expires == null) {
            return Optional.empty();
        }
        return PackedResponse.unpack(PackedResponse.joined(bytes))
                .map(document -> new StoredResponse(id, owner, target, Instant.ofEpochSecond(expires), document));
    }
}
