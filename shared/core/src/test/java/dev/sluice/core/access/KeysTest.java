package dev.sluice.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /// RFC 5869, A.3: no salt, no info. The label is the info.
    @Test
    void derives_as_the_standard_does() {
        byte[] secret = HexFormat.of().parseHex("0b".repeat(22));
        assertThat(HexFormat.of().formatHex(Hkdf.derive(secret, "", 42)))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    @Test
    void each_label_has_a_key_of_its_own() {
        assertThat(Hkdf.derive(SECRET, KeyLabels.KEY_HASH, 32))
                .hasSize(32)
                .isNotEqualTo(Hkdf.derive(SECRET, KeyLabels.REASONING_SEAL, 32));
    }

    @Test
    void hashes_stay_what_they_are() {
        assertThat(new KeyHash(SECRET).of("sk-sluice-example")).isEqualTo(STORED);
    }

    @Test
    void another_key_or_another_secret_gives_another_hash() {
        KeyHash hash = new KeyHash(SECRET);
        assertThat(hash.of("a")).isNotEqualTo(hash.of("b")).hasSize(64);
        assertThat(new KeyHash(new byte[32]).of("a")).isNotEqualTo(hash.of("a"));
    }

    /// Computed once with another implementation: a change would lock every caller out.
    private static final String STORED = "8763f6e604297fc6182800c30493e22e0b18c4249235f12ba0f36611c563c532";
}
