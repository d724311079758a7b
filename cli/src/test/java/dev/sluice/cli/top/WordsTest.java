package dev.sluice.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({"0,0", "999,999", "1000,1k", "18211,18.2k", "999949,999.9k", "999950,1M", "20000000,20M"})
    void amounts_are_short(long amount, String words) {
        assertThat(Words.amount(amount)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0.0 s",
        "4249,4.2 s",
        "59999,60.0 s",
        "65000,1:05",
        "3725000,1:02:05",
        "360000000,4 d 4 h",
        "-5,0.0 s"
    })
    void lengths_are_short(long millis, String words) {
        assertThat(Words.length(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0,$0.00", "0.004,<$0.01", "0.01,$0.01", "1.239,$1.24", "1234.5,$1234.50"})
    void money_is_told_to_the_cent_and_less_than_one_is_no_zero(BigDecimal usd, String words) {
        assertThat(Words.usd(usd)).isEqualTo(words);
    }

    @Test
    void a_bar_tells_what_is_used_what_of_it_is_reserved_and_what_is_left() {
        assertThat(Words.bar(0, 0, 8).text()).isEqualTo("········");
        assertThat(Words.bar(0.5, 0, 8).text()).isEqualTo("████····");
        assertThat(Words.bar(0.0625, 0, 8).text()).isEqualTo("▌·······");
        assertThat(Words.bar(0.5, 0.25, 8).text()).isEqualTo("██▒▒····");
        assertThat(Words.bar(1.5, 0, 8).text()).isEqualTo("████████");
        assertThat(Words.bar(1, 1, 8).text()).isEqualTo("▒▒▒▒▒▒▒▒");
    }

    @Test
    void a_full_bucket_is_told_by_more_than_its_colour() {
        assertThat(Words.percent(0.999)).isEqualTo("99%");
        assertThat(Words.percent(1)).isEqualTo("100%");
        assertThat(Words.toneOfFill(0.79)).isEqualTo(Strip.Tone.GOOD);
        assertThat(Words.toneOfFill(0.8)).isEqualTo(Strip.Tone.WARN);
        assertThat(Words.toneOfFill(1)).isEqualTo(Strip.Tone.BAD);
    }
}
