package dev.sluice.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.core.access.KeyHash;
import dev.sluice.testkit.VirtualTime;
import dev.sluice.testkit.secrets.FakeSecrets;
import dev.sluice.testkit.secrets.FakeSecrets.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySecretTest {
    private static final byte[] BITS =
            HexFormat.of().parseHex("fbff00112233445566778899aabbccddeeff0123456789abcdef00112233ffee");

    private final VirtualTime time = new VirtualTime();
    private FakeSecrets secrets;

    @BeforeEach
    void open() throws IOException {
        secrets = FakeSecrets.open();
    }

    @AfterEach
    void close() {
        secrets.close();
    }

    private GatewaySecret read() {
        try (SecretStore store = SecretsFixture.store(secrets)) {
            return GatewaySecret.read(store, "key", "SLUICE_KEY_SECRET", time);
        }
    }

    @Test
    void is_read_in_hex_and_in_every_base64() {
        String expected = new KeyHash(BITS).of("slc_some_key");
        for (String text : new String[] {
            HexFormat.of().formatHex(BITS),
            HexFormat.of().withUpperCase().formatHex(BITS) + "\n",
            Base64.getEncoder().encodeToString(BITS),
            Base64.getUrlEncoder().encodeToString(BITS),
            Base64.getUrlEncoder().withoutPadding().encodeToString(BITS)
        }) {
            secrets.put("key", text);
            assertThat(read().keyHash().of("slc_some_key")).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcd", "", "no base64!", "0123456789abcdef0123456789abcdef"})
    void another_size_is_refused_without_showing_it(String text) {
        secrets.put("key", text);
        assertThatThrownBy(this::read)
                .isInstanceOf(SecretFailure.class)
                .hasMessageStartingWith("the gateway's secret key (SLUICE_KEY_SECRET) ")
                .satisfies(failure -> assertThat(
                                text.isEmpty() || !failure.getMessage().contains(text))
                        .isTrue())
                .hasNoCause();
    }

    @Test
    void is_asked_for_again_where_the_service_does_not_answer() {
        secrets.put("key", HexFormat.of().formatHex(BITS));
        secrets.fail(Trouble.THROTTLED, Trouble.INTERNAL_ERROR);
        assertThat(read()).isNotNull();
        assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(600));
    }

    @Test
    void one_that_never_comes_is_named_by_its_variable() {
        secrets.fail(Trouble.THROTTLED, Trouble.THROTTLED, Trouble.THROTTLED);
        assertThatThrownBy(this::read)
                .hasMessage("the gateway's secret key (SLUICE_KEY_SECRET) cannot be read: Secrets Manager answered"
                        + " ThrottlingException");
        assertThatThrownBy(this::read).hasMessageContaining("ResourceNotFoundException");
    }
}
