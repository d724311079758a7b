package dev.sluice.aws.dynamodb;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Single attributes of an item, read without fail: null when one is absent or of another type.
final class Attributes {
    private Attributes() {}

    static @Nullable String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? null : value.s();
    }

    static @Nullable Long whole(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.n() == null ? null : (Long) StateItems.whole(value.n());
    }

    static byte @Nullable [] bytes(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.b() == null ? null : value.b().asByteArrayUnsafe();
    }

    static @Nullable Instant instant(Map<String, AttributeValue> item, String name) {
        String text = text(item, name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException noTime) {
            return null;
        }
    }
}
