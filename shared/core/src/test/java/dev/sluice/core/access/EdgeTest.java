package dev.sluice.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeTest {
    private static final String SECRET = "origin-secret-0123456789";
    private static final Edge EDGE = Edge.provedBy(SECRET);
    private static final String PEER = "198.51.100.7";

    private static Headers came(String viewer) {
        return Headers.of(Edge.PROOF, SECRET, Edge.VIEWER, viewer);
    }

    @Test
    void without_a_secret_everybody_comes_as_they_are_and_no_header_is_believed() {
        assertThat(Edge.NONE.refusal(Headers.NONE)).isEmpty();
        assertThat(Edge.NONE.clientAddress(came("192.0.2.1:1"), PEER)).isEqualTo(PEER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "origin-secret-012345678",
                "origin-secret-0123456789x",
                "ORIGIN-SECRET-0123456789",
                "origin-secret-0123456789,origin-secret-0123456789",
                "origin-secret-0123456789, ",
                "\u6f6frigin-secret-0123456789"
            })
    void what_is_not_the_secret_is_refused_and_the_viewer_not_believed(String proof) {
        Headers headers = Headers.of(Edge.PROOF, proof, Edge.VIEWER, "192.0.2.1:1");
        assertThat(EDGE.refusal(headers))
                .hasValueSatisfying(refused -> assertThat(refused.kind()).isEqualTo(Failure.Kind.PERMISSION));
        assertThat(EDGE.clientAddress(headers, PEER)).isEqualTo(PEER);
    }

    @Test
    void a_proof_given_twice_is_none() {
        assertThat(EDGE.refusal(Headers.of(Edge.PROOF, SECRET, Edge.PROOF, SECRET)))
                .isPresent();
        assertThat(EDGE.refusal(Headers.of(Edge.PROOF, "guess", Edge.PROOF, SECRET)))
                .isPresent();
        assertThat(EDGE.refusal(Headers.NONE)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:46532, 192.0.2.1",
        "192.0.2.1:1, 192.0.2.1",
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334:443, 2001:0db8:85a3:0000:0000:8a2e:0370:7334",
        "2001:db8::1:65535, 2001:db8::1",
        "[2001:db8::1]:443, [2001:db8::1]",
        "' 192.0.2.1:46532 ', 192.0.2.1",
    })
    void the_viewers_address_is_told_without_its_port(String viewer, String address) {
        assertThat(EDGE.refusal(came(viewer))).isEmpty();
        assertThat(EDGE.clientAddress(came(viewer), PEER)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ":443", "192.0.2.1", "192.0.2.1:", "192.0.2.1:x", "192.0.2.1:123456", "unknown"})
    void an_address_that_cannot_be_read_is_nobodys(String viewer) {
        String address = EDGE.clientAddress(came(viewer), PEER);
        assertThat(address).isEmpty();
        assertThat(AllowedIps.of(List.of("0.0.0.0/0", "::/0")).allows(address)).isFalse();
    }

    @Test
    void two_viewers_are_nobody() {
        Headers fields = new Headers(List.of(
                new Headers.Field(Edge.PROOF, SECRET),
                new Headers.Field(Edge.VIEWER, "192.0.2.1:1"),
                new Headers.Field(Edge.VIEWER, "192.0.2.2:2")));
        assertThat(EDGE.clientAddress(fields, PEER)).isEmpty();
        String joined = EDGE.clientAddress(came("192.0.2.1:1,192.0.2.2:2"), PEER);
        assertThat(AllowedIps.of(List.of("0.0.0.0/0")).allows(joined)).isFalse();
    }
}
