package dev.sluice.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure.Kind;
import dev.sluice.model.Headers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.9.8.7/8, 10.1.1.1, true",
        "192.168.1.64/26, 192.168.1.127, true",
        "192.168.1.64/26, 192.168.1.128, false",
        "192.168.1.5, 192.168.1.5, true",
        "192.168.1.5/32, 192.168.1.4, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 1.2.3.4, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "::1, [::1], true",
        "fe80::/10, fe80::1%eth0, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:10.0.0.0/104, 11.1.2.3, false",
        "127.0.0.1, 127.1, false",
        "127.0.0.1, localhost, false",
        "0.0.0.0/0, '', false",
        "0.0.0.0/0, 1.2.3.4.5, false",
        "0.0.0.0/0, 1.2.3.256, false",
    })
    void matches_addresses(String range, String address, boolean contains) {
        assertThat(Cidr.parse(range))
                .isPresent()
                .get()
                .satisfies(cidr -> assertThat(cidr.contains(address)).isEqualTo(contains));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "10.0.0.0/8/8",
                "10.0.0.0/0008",
                "10.0/16",
                "10",
                "host.example",
                "2001:db8::/129",
                "2001:db8::g",
                "::ffff:10.0.0.0/8",
                ":",
                "1:2:3"
            })
    void refuses_what_is_no_range(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @Test
    void no_ranges_allow_all_and_unreadable_ones_nobody() {
        assertThat(AllowedIps.of(List.of()).allows("anything")).isTrue();
        assertThat(AllowedIps.of(List.of("nonsense")).allows("10.0.0.1")).isFalse();
        AllowedIps some = AllowedIps.of(List.of("10.0.0.0/8", "::1"));
        assertThat(some.refusal("::1")).isEmpty();
        assertThat(some.refusal("192.0.2.1"))
                .hasValueSatisfying(refused -> assertThat(refused.kind()).isEqualTo(Kind.PERMISSION));
    }

    private static final Cors CORS = new Cors(List.of("https://app.example", "http://localhost:3000/"));

    @Test
    void answers_the_preflight_of_an_allowed_origin() {
        Headers request = Headers.of(
                "Origin", "https://app.example",
                "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "authorization,x-stainless-os",
                "Access-Control-Request-Private-Network", "true");
        assertThat(CORS.preflight(request)).hasValueSatisfying(answer -> {
            assertThat(answer.first("access-control-allow-origin")).contains("https://app.example");
            assertThat(answer.first("access-control-allow-headers")).contains("authorization,x-stainless-os");
            assertThat(answer.first("access-control-allow-methods").orElse("")).contains("POST");
            assertThat(answer.first("access-control-allow-private-network")).contains("true");
            assertThat(answer.first("vary").orElse("")).contains("origin");
            assertThat(answer.has("access-control-allow-credentials")).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "https://app.example.evil", "http://app.example", "null", "*", ""})
    void refuses_other_origins(String origin) {
        assertThat(CORS.preflight(Headers.of("origin", origin))).isEmpty();
        assertThat(CORS.response(Headers.of("origin", origin))).isEqualTo(Headers.NONE);
    }

    @Test
    void no_origin_gets_no_headers() {
        assertThat(CORS.preflight(Headers.NONE)).isEmpty();
        assertThat(CORS.response(Headers.NONE)).isEqualTo(Headers.NONE);
        assertThat(new Cors(List.of()).response(Headers.of("origin", "https://app.example")))
                .isEqualTo(Headers.NONE);
    }

    @Test
    void every_answer_to_an_allowed_origin_names_it() {
        Headers answer = CORS.response(Headers.of("origin", "http://LOCALHOST:3000"));
        assertThat(answer.first("access-control-allow-origin")).contains("http://LOCALHOST:3000");
        assertThat(answer.first("vary")).contains("origin");
        assertThat(new Cors(List.of("*"))
                        .response(Headers.of("origin", "https://x.example"))
                        .first("access-control-allow-origin"))
                .contains("https://x.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nset-cookie: a", "a: b", " ", "ä"})
    void does_not_echo_what_is_no_list_of_names(String asked) {
        Headers request = Headers.of("origin", "https://app.example", "access-control-request-headers", asked);
        assertThat(CORS.preflight(request).orElseThrow().first("access-control-allow-headers"))
                .contains("authorization, content-type, x-api-key");
    }
}
