package dev.sluice.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class DecompressorTest {
    private static final String TEXT = "to be or not to be, that is the question. ".repeat(50);

    @Test
    void inflates_any_cut_of_the_bytes() throws Exception {
        byte[] zipped = Zipped.gzip(TEXT);
        for (int step = 1; step < 40; step++) {
            assertThat(inPieces(zipped, step)).isEqualTo(TEXT);
        }
    }

    @Test
    void reads_every_optional_header_field() throws Exception {
        byte[] plain = Zipped.gzip("hi");
        ByteArrayOutputStream rich = new ByteArrayOutputStream();
        rich.write(plain, 0, 3);
        rich.write(4 | 8 | 16 | 2);
        rich.write(plain, 4, 6);
        rich.writeBytes(new byte[] {3, 0, 'a', 'b', 'c'});
        rich.writeBytes("name\0comment\0".getBytes(StandardCharsets.US_ASCII));
        rich.writeBytes(new byte[] {1, 2});
        rich.write(plain, 10, plain.length - 10);
        assertThat(inPieces(rich.toByteArray(), 1)).isEqualTo("hi");
        assertThat(inPieces(rich.toByteArray(), 1000)).isEqualTo("hi");
    }

    @Test
    void reads_members_one_after_the_other() throws Exception {
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.writeBytes(Zipped.gzip("one "));
        two.writeBytes(Zipped.gzip("two"));
        two.writeBytes(new byte[4]);
        assertThat(inPieces(two.toByteArray(), 1)).isEqualTo("one two");
        assertThat(inPieces(two.toByteArray(), 1000)).isEqualTo("one two");
    }

    @Test
    void reads_raw_deflate() throws Exception {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(TEXT.getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        byte[] out = new byte[8192];
        int length = deflater.deflate(out);
        deflater.end();
        byte[] inflated = InflatedStream.inflate(Arrays.copyOf(out, length), Decompressor.of("deflate"), 100_000);
        assertThat(inflated).asString().isEqualTo(TEXT);
    }

    @Test
    void damage_and_cuts_are_found() throws IOException {
        byte[] zipped = Zipped.gzip(TEXT);
        byte[] damaged = zipped.clone();
        damaged[damaged.length - 6] ^= 1;
        assertThatThrownBy(() -> inPieces(damaged, 7)).isInstanceOf(DataFormatException.class);
        for (int length = 1; length < zipped.length; length++) {
            byte[] cut = Arrays.copyOf(zipped, length);
            assertThatThrownBy(() -> InflatedStream.inflate(cut, Decompressor.of("gzip"), 100_000))
                    .isInstanceOf(DataFormatException.class);
        }
    }

    @Test
    void a_bomb_stops_at_the_bound() throws Exception {
        byte[] zipped = Zipped.gzip("0".repeat(1_000_000));
        assertThat(InflatedStream.inflate(zipped, Decompressor.of("gzip"), 999_999))
                .isNull();
        assertThat(InflatedStream.inflate(zipped, Decompressor.of("gzip"), 1_000_000))
                .hasSize(1_000_000);
    }

    private static String inPieces(byte[] zipped, int step) throws DataFormatException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] out = new byte[13];
        try (Decompressor decompressor = Decompressor.of("gzip")) {
            for (int from = 0; from < zipped.length; from += step) {
                decompressor.feed(zipped, from, Math.min(zipped.length, from + step));
                for (int n = decompressor.drain(out); n > 0; n = decompressor.drain(out)) {
                    all.write(out, 0, n);
                }
            }
            assertThat(decompressor.isComplete()).isTrue();
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
