package dev.sluice.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStrengthTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zx9-tQ2.pL7_vB4!mK8+wR3n",
                "7f1c9a0e55a44d0b8f5a0c6b1d2e3f407f3c9b0e",
                "gw_Kq3mWv8ZtRb2Lx9YnPc5",
                "rAnd0mLettersAnd9DigitsMixed"
            })
    void random_keys_pass(String key) {
        assertThat(KeyStrength.faults(key.length() < 24 ? key + "aB" : key)).isEmpty();
    }

    @Test
    void every_fresh_key_passes() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            assertThat(KeyStrength.faults(FreshKey.of(random))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Zx9-tQ2.pL7_vB4!mK8+wR3|23 characters: use 24 to 256",
                "abdhfkwoeirutyvnxmqpzlsk|1 of the four kinds",
                "7f1c9a0e55a44d0b8f5a0c6b1d2e3f40|2 of the four kinds",
                "aB1aB1aB1aB1aB1aB1aB1aB1|made of 3 different characters",
                "MyPassWord-Zx9tQ2pL7vB4mK|a word that guessers try first",
                "Zx9-tQ2.pL7_vB4!123456+w|a word that guessers try first",
                "Zx9-tQ2.pL7_vB4!mmmmmmwR3|more than 5 times in a row",
                "Zx9-tQ2.pL7_abcdefvB4!mK|order of the alphabet",
                "Zx9-tQ2.pL7_987654vB4!mK|order of the alphabet",
                "Zx9-tQ2.pL7v:Zx9-tQ2.pL7v:|one part written several times",
                "Zx9-tQ2.pL7_vB4!mK8+wR3é|HTTP header",
                "Zx9-tQ2.pL7_ vB4!mK8+wR3|HTTP header"
            })
    void weak_ones_are_told_why_and_what_would_pass(String key, String why) {
        List<String> faults = KeyStrength.faults(key);
        assertThat(faults).anyMatch(fault -> fault.contains(why)).allMatch(fault -> fault.contains(": "));
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThat(KeyStrength.faults("aaaaaaa")).hasSize(5);
        assertThat(KeyStrength.faults("")).isNotEmpty();
    }

    @Test
    void nothing_it_says_shows_the_key() {
        for (String key : List.of("hunter2hunter2", "Zx9 \n\u00e9", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")) {
            assertThat(String.join("\n", KeyStrength.faults(key))).doesNotContain(key, key.substring(0, 4));
        }
    }
}
