package dev.sluice.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Kind;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
    private static final KeyHash HASH = new KeyHash(new byte[32]);
    private static final Caller OWNER = caller("owner");

    private final FakeKeys keys = new FakeKeys();
    private final Access access = new Access(HASH);

    AccessTest() {
        keys.callers.put(HASH.of("good"), OWNER);
    }

    private static Caller caller(String name) {
        return new Caller(HASH.of(name), name, Caller.Kind.CLIENT, Set.of());
    }

    private static final class FakeKeys {
        private final Map<String, Caller> callers = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private boolean silent;

        Look look(Set<String> hashes) {
            asked.addAll(hashes);
            Map<String, Look.Key> found = new HashMap<>();
            for (String hash : hashes) {
                Caller caller = callers.get(hash);
                found.put(hash, caller != null ? new Look.Key.Found(caller) : otherwise());
            }
            return new Look(Outcome.ok(ConfigSnapshot.empty()), false, found);
        }

        private Look.Key otherwise() {
            return silent ? Look.Key.UNAVAILABLE : Look.Key.UNKNOWN;
        }
    }

    private Outcome<Caller> ask(String... headers) {
        return ask(Headers.of(headers), Map.of(), false);
    }

    private Outcome<Caller> ask(Headers headers, Map<String, String> query, boolean geminiPath) {
        Access.Given given = access.given(headers, query, geminiPath);
        return access.authenticate(given, keys.look(given.hashes()));
    }

    private static Failure.Refused refused(Outcome<Caller> outcome) {
        return outcome instanceof Outcome.Bad<Caller>(Failure.Refused refused)
                ? refused
                : new Failure.Refused(Kind.INVALID_REQUEST, "not refused: " + outcome, null, null);
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer good",
        "authorization, bearer good",
        "AUTHORIZATION, BEARER   good",
        "Authorization, ' Bearer good '",
        "x-api-key, good",
        "X-Api-Key, ' good'",
        "x-goog-api-key, good",
        "api-key, good",
    })
    void takes_the_key_wherever_tools_put_it(String name, String value) {
        assertThat(ask(name, value)).isEqualTo(Outcome.ok(OWNER));
    }

    @Test
    void takes_the_key_from_the_query_on_geminis_paths_only() {
        Map<String, String> query = Map.of("key", "good");
        assertThat(ask(Headers.NONE, query, true)).isEqualTo(Outcome.ok(OWNER));
        Failure.Refused refused = refused(ask(Headers.NONE, query, false));
        assertThat(refused.kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void of_several_keys_the_first_known_one_counts() {
        keys.callers.put(HASH.of("second"), caller("second"));
        assertThat(ask("Authorization", "Bearer of-another-login", "x-api-key", "good"))
                .isEqualTo(Outcome.ok(OWNER));
        assertThat(ask("x-api-key", "good", "Authorization", "Bearer second")).isEqualTo(Outcome.ok(caller("second")));
    }

    @Test
    void the_same_key_given_twice_is_looked_up_once() {
        ask("Authorization", "Bearer bad", "x-api-key", "bad");
        assertThat(keys.asked).containsExactly(HASH.of("bad"));
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Basic good",
        "Authorization, Bearer",
        "Authorization, good",
        "x-api-key, ' '",
        "cookie, good"
    })
    void says_where_to_put_a_key_that_is_missing(String name, String value) {
        Failure.Refused refused = refused(ask(name, value));
        assertThat(refused.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(refused.message()).contains("Authorization: Bearer").contains("x-api-key");
        assertThat(keys.asked).isEmpty();
    }

    @Test
    void refuses_an_unknown_key_without_repeating_it() {
        Failure.Refused refused = refused(ask("x-api-key", "sk-wrong"));
        assertThat(refused.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(refused.message()).doesNotContain("sk-wrong");
        assertThat(refused.retryAfter()).isNull();
    }

    @Test
    void does_not_look_up_absurd_keys() {
        assertThat(refused(ask("x-api-key", "k".repeat(4097))).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(refused(ask("x-api-key", "a\u0000b")).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(refused(ask("Authorization", "Bearer a\u007fb")).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(keys.asked).isEmpty();
        assertThat(ask("Authorization", "Bearer a\u007fb", "x-api-key", "good")).isEqualTo(Outcome.ok(OWNER));
    }

    @Test
    void a_silent_store_is_a_503_and_never_a_401() {
        keys.silent = true;
        Failure.Refused refused = refused(ask("x-api-key", "unknown"));
        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(ask("Authorization", "Bearer unknown", "x-api-key", "good")).isEqualTo(Outcome.ok(OWNER));
    }
}
