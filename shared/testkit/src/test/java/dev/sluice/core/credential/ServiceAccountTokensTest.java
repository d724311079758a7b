package dev.sluice.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.core.credential.ServiceAccountTokens.Minted;
import dev.sluice.model.Json;
import dev.sluice.testkit.FakeServiceAccount;
import dev.sluice.testkit.Together;
import dev.sluice.testkit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Tokens of a service account in virtual time: what they say, how long they are used, and how few are signed.
class ServiceAccountTokensTest {
    private static final FakeServiceAccount ACCOUNT = FakeServiceAccount.create();
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    private final VirtualTime time = new VirtualTime();
    private final AtomicInteger signed = new AtomicInteger();
    private final ServiceAccountTokens tokens = new ServiceAccountTokens(time, (key, content) -> {
        signed.incrementAndGet();
        return key.sign(content);
    });

    private String token() {
        return token(ACCOUNT.keyFile());
    }

    private String token(String keyFile) {
        assertThat(tokens.of(keyFile, SCOPE)).isInstanceOf(Minted.Token.class);
        return ((Minted.Token) tokens.of(keyFile, SCOPE)).token();
    }

    private void pass(Duration duration) {
        time.advance(duration);
    }

    @Test
    void a_token_is_a_signed_claim_of_the_account_for_one_hour() {
        long now = time.now().getEpochSecond();

        Json.Obj claims = ACCOUNT.claims(token());

        assertThat(claims)
                .isEqualTo(Json.object()
                        .put("iss", FakeServiceAccount.EMAIL)
                        .put("sub", FakeServiceAccount.EMAIL)
                        .put("scope", SCOPE)
                        .put("iat", now - 10)
                        .put("exp", now - 10 + 3600)
                        .build());
    }

    @Test
    void another_key_does_not_verify_it() {
        String token = token();

        assertThat(catchThrowable(() -> FakeServiceAccount.create().claims(token)))
                .hasMessage("another key has signed it");
    }

    @Test
    void it_serves_until_five_minutes_before_its_end() {
        String first = token();
        pass(Duration.ofMinutes(55).minusNanos(1));
        assertThat(token()).isEqualTo(first);
        assertThat(signed).hasValue(1);

        pass(Duration.ofNanos(1));
        String second = token();

        assertThat(second).isNotEqualTo(first);
        assertThat(ACCOUNT.claims(second).whole("exp")).isGreaterThan(time.now().getEpochSecond() + 3000);
        assertThat(signed).hasValue(2);
    }

    @Test
    void a_clock_that_is_set_back_does_not_make_it_last() {
        String first = token();
        pass(Duration.ofMinutes(-1));
        assertThat(token()).isEqualTo(first);

        pass(Duration.ofNanos(-1));

        assertThat(token()).isNotEqualTo(first);
        assertThat(signed).hasValue(2);
    }

    @Test
    void many_requests_at_once_sign_one() {
        List<String> all = Together.run(50, _ -> token());
        assertThat(all).containsOnly(all.getFirst());
        assertThat(signed).hasValue(1);

        pass(Duration.ofMinutes(55));
        List<String> later = Together.run(50, _ -> token());

        assertThat(later).containsOnly(later.getFirst()).doesNotContain(all.getFirst());
        assertThat(signed).hasValue(2);
    }

    @Test
    void many_refusals_of_one_token_sign_one() {
        String refused = token();
        pass(Duration.ofMinutes(10));

        List<String> renewed = Together.run(50, _ -> {
            assertThat(tokens.renew(refused)).isTrue();
            return token();
        });

        assertThat(renewed).containsOnly(renewed.getFirst()).doesNotContain(refused);
        assertThat(signed).hasValue(2);
    }

    @Test
    void one_that_was_made_just_now_is_not_made_again() {
        String token = token();
        pass(Duration.ofMinutes(1).minusNanos(1));
        assertThat(tokens.renew(token)).isFalse();
        assertThat(token()).isEqualTo(token);

        pass(Duration.ofNanos(1));

        assertThat(tokens.renew(token)).isTrue();
        assertThat(token()).isNotEqualTo(token);
    }

    @Test
    void each_key_and_each_scope_has_its_own() {
        FakeServiceAccount other = FakeServiceAccount.create();

        assertThat(ACCOUNT.claims(token())).isNotNull();
        assertThat(other.claims(token(other.keyFile()))).isNotNull();
        assertThat(tokens.of(ACCOUNT.keyFile(), SCOPE + " https://www.googleapis.com/auth/userinfo.email"))
                .isInstanceOfSatisfying(
                        Minted.Token.class,
                        minted -> assertThat(ACCOUNT.claims(minted.token()).text("scope"))
                                .endsWith("userinfo.email"));
        assertThat(signed).hasValue(3);
    }

    @Test
    void a_key_that_is_replaced_is_used_at_once() {
        String first = token();
        FakeServiceAccount next = FakeServiceAccount.create();

        assertThat(next.claims(token(next.keyFile()))).isNotNull();
        assertThat(token()).isEqualTo(first);
    }

    @Test
    void a_damaged_file_signs_nothing_and_a_mended_one_does() {
        assertThat(tokens.of("{}", SCOPE)).isInstanceOf(Minted.Impossible.class);
        assertThat(signed).hasValue(0);

        assertThat(token()).isNotEmpty();
    }

    @Test
    void nothing_of_a_token_is_told_by_its_name() {
        String token = token();

        assertThat(tokens.of(ACCOUNT.keyFile(), SCOPE).toString() + tokens).doesNotContain(token.substring(0, 10));
    }
}
