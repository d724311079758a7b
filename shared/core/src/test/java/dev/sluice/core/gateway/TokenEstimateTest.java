package dev.sluice.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenEstimateTest {
    private static final String PROSE = "The quick brown fox jumps over the lazy dog; {\"a\": [1, 2]}. ".repeat(100);

    private static long estimate(String body) {
        return TokenEstimate.of(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void prose_counts_by_its_bytes() {
        assertThat(estimate(PROSE)).isEqualTo(PROSE.length() / 5);
    }

    @Test
    void a_picture_in_base64_counts_nothing_wherever_it_stands() {
        byte[] picture = new byte[1_000_000];
        new Random(1).nextBytes(picture);
        String data = "\"" + Base64.getEncoder().encodeToString(picture) + "\"";
        String escaped = data.replace("/", "\\/");

        for (int before = 0; before < 1100; before += 7) {
            String head = PROSE.substring(0, before);
            assertThat(estimate(head + data + PROSE)).isBetween(estimate(head + PROSE), estimate(head + PROSE) + 2);
        }
        assertThat(estimate(escaped)).isZero();
    }

    @Test
    void long_words_are_still_words() {
        String words = "x".repeat(500) + " ";

        assertThat(estimate(words.repeat(50))).isEqualTo(words.length() * 50 / 5);
    }
}
