package dev.sluice.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BareBodyTest {
    private static String words(String body, String... headers) {
        return BareBody.words(503, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void words_are_kept() {
        assertThat(words("  upstream is überlastet\n", "content-type", "text/plain"))
                .isEqualTo("upstream is überlastet");
        assertThat(words("no json at all", "content-type", "application/json")).isEqualTo("no json at all");
        assertThat(words("130500 tokens > 128000, 5 < 7")).isEqualTo("130500 tokens > 128000, 5 < 7");
    }

    @Test
    void a_page_is_only_described() {
        String page = "The provider answered with status 503 and a web page.";

        assertThat(words("<html><body>secret</body></html>")).isEqualTo(page);
        assertThat(words("\ufeff \r\n<!doctype html>secret", "content-type", "text/plain"))
                .isEqualTo(page);
        assertThat(words("secret <b>x</b>", "content-type", "Text/HTML; charset=utf-8"))
                .isEqualTo(page);
        assertThat(words("<?xml version=\"1.0\"?><Error>secret</Error>", "content-type", "text/xml"))
                .isEqualTo(page);
    }

    @Test
    void an_empty_body_and_bytes_are_only_described() {
        assertThat(words("")).isEqualTo("The provider answered with status 503 and no body.");
        assertThat(words("", "content-type", "text/html")).endsWith("and no body.");
        assertThat(words(" \u0000\n ")).endsWith("and no body.");
        assertThat(words("PK\u0003\u0004", "content-type", "application/zip")).endsWith("and a body that is not text.");
    }

    @Test
    void tags_and_what_cannot_be_printed_are_left_out() {
        assertThat(words("busy<script>alert(1)</script>, <br/>try\r\n\tlater")).isEqualTo("busy alert(1) , try later");
        assertThat(words("cut <img src=x onerror=")).isEqualTo("cut");
        assertThat(words("a\u001b[31mb\u202ec\u0000\u0000d")).isEqualTo("a [31mb c d");
        byte[] malformed = {'a', (byte) 0xff, 'b'};
        assertThat(BareBody.words(503, Headers.NONE, malformed)).isEqualTo("a b");
    }

    @Test
    void an_excerpt_is_bounded_and_splits_no_character() {
        assertThat(words("x".repeat(500))).hasSize(500);
        assertThat(words("x".repeat(501))).isEqualTo("x".repeat(500) + "...");
        assertThat(words("x".repeat(499) + "\ud83d\ude00y")).isEqualTo("x".repeat(499) + "\ud83d\ude00...");
        assertThat(words("ü".repeat(1_000_000))).isEqualTo("ü".repeat(500) + "...");
    }
}
