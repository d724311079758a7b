package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.Hkdf;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyLabels;
import dev.sluice.protocol.seal.Seal;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// CVE-2026-114612 (one salt key for several purposes): each purpose has a label of its own, and so a key of its own.
class KeySeparationTest {
    private static final byte[] SECRET = HexFormat.of().parseHex("0f".repeat(32));

    private static List<String> labels() throws IllegalAccessException {
        List<String> labels = new ArrayList<>();
        for (Field field : KeyLabels.class.getDeclaredFields()) {
            if (field.getType() == String.class && field.canAccess(null)) {
                labels.add((String) field.get(null));
            }
        }
        return labels;
    }

    @Test
    void every_label_is_another_and_so_is_every_key() throws IllegalAccessException {
        Set<String> keys = new HashSet<>(Set.of(HexFormat.of().formatHex(SECRET)));
        for (String label : labels()) {
            keys.add(HexFormat.of().formatHex(Hkdf.derive(SECRET, label, SECRET.length)));
        }
        assertThat(labels()).hasSizeGreaterThanOrEqualTo(2).contains(KeyLabels.KEY_HASH, KeyLabels.REASONING_SEAL);
        assertThat(keys).hasSize(labels().size() + 1);
    }

    @Test
    void the_hash_of_a_key_is_made_with_its_own_label_and_not_with_the_secret_itself() throws Exception {
        String key = "slc_a-key";
        assertThat(new KeyHash(SECRET).of(key))
                .isEqualTo(hmac(Hkdf.derive(SECRET, KeyLabels.KEY_HASH, 32), key))
                .isNotEqualTo(hmac(SECRET, key))
                .isNotEqualTo(hmac(Hkdf.derive(SECRET, KeyLabels.REASONING_SEAL, 32), key));
    }

    @Test
    void seals_of_one_purpose_open_with_no_other_key() {
        assertThat(new Seal(Hkdf.derive(SECRET, KeyLabels.REASONING_SEAL, 32)))
                .isNotEqualTo(new Seal(Hkdf.derive(SECRET, KeyLabels.KEY_HASH, 32)));
    }

    private static String hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
