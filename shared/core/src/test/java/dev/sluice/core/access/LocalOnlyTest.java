package dev.sluice.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalOnlyTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8787, true",
        "localhost:8787, true",
        "LocalHost, true",
        "[::1]:8787, true",
        "127.0.0.2, true",
        "evil.example:8787, false",
        "127.evil.example, false",
        "localhost.evil.example, false",
        "[::1, false",
        "'', false",
    })
    void a_host_is_this_machine(String host, boolean allowed) {
        assertThat(LocalOnly.allows(Headers.of("host", host))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, true",
        "http://127.0.0.1, true",
        "http://evil.example, false",
        "null, false",
    })
    void an_origin_is_this_machine(String origin, boolean allowed) {
        assertThat(LocalOnly.allows(Headers.of("host", "127.0.0.1:8787", "origin", origin)))
                .isEqualTo(allowed);
    }

    @Test
    void a_gateway_without_keys_refuses_a_rebound_name() {
        Headers rebound = Headers.of("host", "evil.example:8787", "origin", "http://evil.example:8787");

        assertThat(ask(rebound)).isInstanceOf(Outcome.Bad.class);
        assertThat(ask(Headers.of("host", "127.0.0.1:8787"))).isEqualTo(Outcome.ok(Caller.ANONYMOUS));
    }

    private static Outcome<Caller> ask(Headers headers) {
        Access access = Access.open();
        Access.Given given = access.given(headers, Map.of("key", "some"), true);
        assertThat(given.hashes()).isEmpty();
        return access.authenticate(given, new Look(Outcome.ok(ConfigSnapshot.empty()), false, Map.of()));
    }
}
