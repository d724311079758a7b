package dev.sluice.core.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Dialect;
import dev.sluice.model.MediaSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTokensTest {
    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String png(int width, int height) {
        return base64(ByteBuffer.allocate(33)
                .put(HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452"))
                .putInt(width)
                .putInt(height)
                .array());
    }

    private static String jpeg(int width, int height, int before) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(HexFormat.of().parseHex("ffd8"));
        file.writeBytes(ByteBuffer.allocate(before + 2)
                .putShort((short) 0xFFE1)
                .putShort((short) before)
                .array());
        file.writeBytes(HexFormat.of().parseHex("ffc40004aaaaffff"));
        file.writeBytes(ByteBuffer.allocate(12)
                .put(HexFormat.of().parseHex("c2001108"))
                .putShort((short) height)
                .putShort((short) width)
                .array());
        return base64(file.toByteArray());
    }

    private static String little(String hex, int at, int... shorts) {
        ByteBuffer file = ByteBuffer.allocate(40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(HexFormat.of().parseHex(hex))
                .position(at);
        for (int value : shorts) {
            file.putShort((short) value);
        }
        return base64(file.array());
    }

    @Test
    void reads_the_size_from_the_head_of_the_file() {
        assertThat(ImageSize.of(png(640, 480))).isEqualTo(new ImageSize(640, 480));
        assertThat(ImageSize.of(jpeg(4000, 3000, 60_000))).isEqualTo(new ImageSize(4000, 3000));
        assertThat(ImageSize.of(little("474946383961", 6, 320, 200))).isEqualTo(new ImageSize(320, 200));
        String webp = "524946460000000057454250";
        assertThat(ImageSize.of(little(webp + "56503820", 26, 800, 600))).isEqualTo(new ImageSize(800, 600));
        assertThat(ImageSize.of(little(webp + "56503858", 24, 799, 0x5700, 2))).isEqualTo(new ImageSize(800, 600));
        assertThat(ImageSize.of(little(webp + "5650384c", 21, 799, 0))).isEqualTo(new ImageSize(800, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "AAAA", "!", "iVBORw0KGgo=", "/9j/", "/9j/wAAR", "R0lGODlhAAAAAA==", "UklGRgAAAABXRUJQ"})
    void what_is_no_picture_has_no_size(String data) {
        assertThat(ImageSize.of(data)).isNull();
    }

    /// Published: 85 and 170 a tile (OpenAI), width x height / 750 up to 1,600 (Anthropic), 258 a tile (Google).
    @ParameterizedTest
    @CsvSource({
        "1,1",
        "200,200",
        "384,384",
        "512,512",
        "513,513",
        "1000,1000",
        "1092,1092",
        "768,2000",
        "2048,4096",
        "8000,100",
        "3,60000"
    })
    void a_picture_is_never_under_the_published_rules(int width, int height) {
        long tokens = MediaTokens.image(new MediaSource.Base64(png(width, height), "image/png"));

        double scale = Math.min(1, 2048.0 / Math.max(width, height));
        double w = width * scale;
        double h = height * scale;
        double second = Math.min(1, 768 / Math.min(w, h));
        long openai = 85 + 170 * (long) (Math.ceil(w * second / 512) * Math.ceil(h * second / 512));
        long anthropic = Math.min(1600, (long) width * height / 750);
        assertThat(tokens)
                .isGreaterThanOrEqualTo(openai)
                .isGreaterThanOrEqualTo(anthropic)
                .isGreaterThanOrEqualTo(258)
                .isLessThanOrEqualTo(4800);
    }

    @Test
    void a_picture_that_cannot_be_seen_counts_as_a_large_one() {
        assertThat(MediaTokens.image(new MediaSource.Url("https://x.test/i.png")))
                .isEqualTo(4800);
        assertThat(MediaTokens.image(new MediaSource.Base64("AAAA", "image/png")))
                .isEqualTo(4800);
    }

    @Test
    void a_document_counts_by_its_pages() {
        String two = "%PDF-1.7 <</Type /Pages /Count 2>> <</Type/Page>> <</Type\n/Page /Parent 1 0 R>>";
        MediaSource named =
                new MediaSource.Base64(base64(two.getBytes(StandardCharsets.ISO_8859_1)), "application/pdf");
        MediaSource packed = new MediaSource.Base64(base64(new byte[160_000]), "application/pdf");
        MediaSource elsewhere = new MediaSource.FileId(Dialect.ANTHROPIC, "file_1");

        assertThat(MediaTokens.document(named)).isEqualTo(2 * 4600);
        assertThat(MediaTokens.document(packed)).isEqualTo(3 * 4600);
        assertThat(MediaTokens.document(elsewhere)).isEqualTo(4 * 4600);
    }
}
