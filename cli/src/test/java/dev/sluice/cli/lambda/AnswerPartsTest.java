package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Headers;
import dev.sluice.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerPartsTest {
    private static final String NULS = "\0\0\0\0\0\0\0\0";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 100})
    void reads_a_prelude_however_it_is_cut(int size) {
        byte[] bytes = utf8("{\"statusCode\":201,\"headers\":{\"x\":\"y\"},\"cookies\":[\"a=b\"]}" + NULS + "body");
        PreludeReader reader = new PreludeReader();
        StringBuilder body = new StringBuilder();
        Prelude prelude = null;
        for (int at = 0; at < bytes.length; at += size) {
            byte[] piece = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
            if (prelude != null) {
                body.append(new String(piece, StandardCharsets.UTF_8));
            } else if (reader.take(piece) instanceof PreludeReader.Reading.Complete(Prelude read, int from)) {
                prelude = read;
                body.append(new String(piece, from, piece.length - from, StandardCharsets.UTF_8));
            }
        }

        assertThat(prelude).isEqualTo(new Prelude(201, Headers.of("x", "y", "set-cookie", "a=b")));
        assertThat(body.toString()).isEqualTo("body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]" + NULS,
                "{\"statusCode\":99}" + NULS,
                "{\"statusCode\":600}" + NULS,
                "{\"statusCode\":\"200\"}" + NULS,
                "{\"headers\":{\"a\":[]}}" + NULS,
                "{}\0\0\0x",
                "" + NULS
            })
    void refuses_a_prelude_that_is_none(String text) {
        assertThat(new PreludeReader().take(utf8(text))).isEqualTo(new PreludeReader.Reading.Malformed());
    }

    @Test
    void refuses_a_prelude_without_end() {
        assertThat(new PreludeReader().take(new byte[0])).isEqualTo(new PreludeReader.Reading.More());
        assertThat(new PreludeReader().take(utf8(" ".repeat(PreludeReader.LARGEST))))
                .isEqualTo(new PreludeReader.Reading.More());
        assertThat(new PreludeReader().take(utf8(" ".repeat(PreludeReader.LARGEST + 1))))
                .isEqualTo(new PreludeReader.Reading.Malformed());
    }

    @Test
    void passes_a_burst_at_once_and_then_two_mebibytes_in_a_second() throws InterruptedException {
        VirtualTime time = new VirtualTime();
        EngineLimits limits = EngineLimits.DEFAULT;
        Bandwidth bandwidth = new Bandwidth(time, limits.burst(), limits.rate());
        for (int i = 0; i < 96; i++) {
            bandwidth.pass(64 * 1024);
        }
        assertThat(time.elapsed()).isZero();

        for (int i = 0; i < 64; i++) {
            bandwidth.pass(64 * 1024);
        }
        assertThat(time.elapsed()).isCloseTo(Duration.ofSeconds(2), Duration.ofMillis(1));

        time.advance(Duration.ofSeconds(100));
        bandwidth.pass((int) limits.burst());
        assertThat(time.elapsed()).isCloseTo(Duration.ofSeconds(102), Duration.ofMillis(1));
    }

    @Test
    void ends_an_answer_once() throws InterruptedException {
        AnswerPipe pipe = new AnswerPipe();
        pipe.begin("text/plain", true);
        assertThat(pipe.end(Headers.NONE)).isTrue();

        assertThat(pipe.fail(InvocationFailure.exited(1))).isFalse();
        pipe.bytes(new byte[1]);

        assertThat(pipe.take()).isEqualTo(new AnswerPart.Begun("text/plain", true));
        assertThat(pipe.take()).isEqualTo(new AnswerPart.Ended(Headers.NONE));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
