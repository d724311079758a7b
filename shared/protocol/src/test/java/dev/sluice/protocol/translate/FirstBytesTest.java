package dev.sluice.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstBytesTest {
    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "GIF87a, image/gif",
        "GIF89a!, image/gif",
        "RIFF1234WEBPVP8, image/webp",
        "%PDF-1.7, application/pdf",
        "\u00ff\u00d8\u00ff\u00e0, image/jpeg"
    })
    void a_known_beginning_tells_the_type(String bytes, String type) {
        assertThat(FirstBytes.mediaType(latin1(bytes))).isEqualTo(type);
    }

    @Test
    void png_is_known_by_all_eight_bytes() {
        assertThat(FirstBytes.mediaType(latin1("\u0089PNG\r\n\u001a\n"))).isEqualTo("image/png");
        assertThat(FirstBytes.mediaType(latin1("\u0089PNG\n\u001a\n"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GIF",
                "GIF88a",
                "RIFF1234WAVE",
                "RIFF1234",
                " %PDF-1.7",
                "<svg/>",
                "<html>",
                "{}",
                "PNG"
            })
    void anything_else_has_none(String bytes) {
        assertThat(FirstBytes.mediaType(latin1(bytes))).isNull();
    }
}
