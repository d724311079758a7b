package dev.sluice.aws.dynamodb;

import dev.sluice.core.config.PackedDocument;
import dev.sluice.core.ports.ConfigVersions.Version;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Versions of the configuration as items: `config`, `head` or `v#000042`.
final class VersionItems {
    static final String CONFIG = "config";
    static final String HEAD = "head";
    static final String VERSIONS = "v#";
    static final String NUMBER = "number";

    private static final String DOCUMENT = "document";
    private static final String WHO = "who";
    private static final String WHEN = "when";

    private VersionItems() {}

    static String sortKey(long number) {
        return String.format(Locale.ROOT, "%s%06d", VERSIONS, number);
    }

    /// The attributes beside the keys.
    static Map<String, AttributeValue> encode(Version version, byte[] packed, String sortKey) {
        Map<String, AttributeValue> item = new HashMap<>(Table.key(CONFIG, sortKey));
        item.put(NUMBER, AttributeValue.fromN(Long.toString(version.number())));
        item.put(DOCUMENT, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(packed)));
        item.put(WHO, AttributeValue.fromS(version.who()));
        item.put(WHEN, AttributeValue.fromS(version.when().toString()));
        return item;
    }

    /// Empty when the item is damaged.
    static Optional<Version> decode(Map<String, AttributeValue> item) {
        Long number = Attributes.whole(item, NUMBER);
        byte[] packed = Attributes.bytes(item, DOCUMENT);
        Instant when = Attributes.instant(item, WHEN);
        String who = Attributes.text(item, WHO);
        if (number == null || packed == null || when == null) {
            return Optional.empty();
        }
        return PackedDocument.unpack(packed)
                .map(document -> new Version(number, document, who == null ? "" : who, when));
    }
}
