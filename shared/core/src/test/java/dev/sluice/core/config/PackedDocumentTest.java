package dev.sluice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ConfigReading.ConfigError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedDocumentTest {
    @Test
    void what_was_packed_unpacks_to_the_same() {
        assertThat(PackedDocument.unpack(PackedDocument.pack("{\"a\":\"é\"}"))).contains("{\"a\":\"é\"}");
        assertThat(PackedDocument.unpack(PackedDocument.pack(""))).contains("");
    }

    @Test
    void damaged_bytes_are_no_document() {
        byte[] packed = PackedDocument.pack("{\"a\":1}");
        assertThat(PackedDocument.unpack(new byte[0])).isEmpty();
        assertThat(PackedDocument.unpack(new byte[] {1, 2, 3})).isEmpty();
        assertThat(PackedDocument.unpack(Arrays.copyOf(packed, packed.length - 5)))
                .isEmpty();
        assertThat(PackedDocument.unpack(PackedDocument.pack("x".repeat(9 << 20))))
                .isEmpty();
    }

    @Test
    void a_document_is_judged_by_its_compressed_size() {
        assertThat(read(" ".repeat(900_000))).isInstanceOf(ConfigReading.Good.class);
        byte[] noise = new byte[400_000];
        new Random(1).nextBytes(noise);
        assertThat(read(Base64.getEncoder().encodeToString(noise)))
                .isInstanceOfSatisfying(
                        ConfigReading.Refused.class,
                        refused -> assertThat(refused.errors())
                                .singleElement()
                                .satisfies(error -> assertThat(error.expected()).isEqualTo("at most 307200"))
                                .extracting(ConfigError::found)
                                .asString()
                                .endsWith("bytes when compressed"));
    }

    private static ConfigReading read(String schema) {
        return ConfigReader.read(
                ("{\"version\":1,\"$schema\":\"" + schema + "\"}").getBytes(StandardCharsets.UTF_8), 1);
    }
}
