package dev.sluice.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.core.access.KeyHash;
import java.security.SecureRandom;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class MasterKeyTest {
    private static final String LONG_ENOUGH = "abcdefghijklmnopqrstuvwx";

    private final KeyHash hashes = new KeyHash(new byte[32]);
    private final SecureRandom random = new SecureRandom();

    private MasterKey of(Optional<String> given, Optional<String> kept) {
        return MasterKey.of(given, kept, hashes, random);
    }

    @Test
    void is_made_with_256_bits_when_there_is_none() {
        assertThat(of(Optional.empty(), Optional.empty())).isInstanceOfSatisfying(MasterKey.Fresh.class, fresh -> {
            assertThat(fresh.key()).matches("slc_[A-Za-z0-9_-]{43}");
            assertThat(fresh.hash()).isEqualTo(hashes.of(fresh.key())).doesNotContain(fresh.key());
        });
    }

    @Test
    void is_in_no_text_form() {
        assertThat(new MasterKey.Fresh("hash", "slc_hush").toString()).doesNotContain("hush");
    }

    @Test
    void is_the_kept_one_later() {
        assertThat(of(Optional.empty(), Optional.of("hash"))).isEqualTo(new MasterKey.Kept("hash"));
    }

    @Test
    void is_the_given_one_before_all_others() {
        assertThat(of(Optional.of(LONG_ENOUGH), Optional.of("hash")))
                .isEqualTo(new MasterKey.Given(hashes.of(LONG_ENOUGH)));
    }

    @Test
    void a_given_one_needs_24_characters() {
        for (String tooShort : new String[] {"", LONG_ENOUGH.substring(1), "   " + LONG_ENOUGH.substring(1) + "\n"}) {
            assertThatThrownBy(() -> of(Optional.of(tooShort), Optional.empty()))
                    .hasMessageContaining("24")
                    .asInstanceOf(InstanceOfAssertFactories.type(CommandFailure.class))
                    .satisfies(refused -> assertThat(refused.exit()).isEqualTo(Exit.USAGE));
        }
    }
}
