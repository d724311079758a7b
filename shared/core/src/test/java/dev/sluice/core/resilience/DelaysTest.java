package dev.sluice.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.RetryRules;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelaysTest {
    @ParameterizedTest
    @CsvSource({
        "1, 125, 250",
        "2, 250, 500",
        "3, 500, 1000",
        "4, 1000, 2000",
        "5, 1500, 3000",
        "6, 1500, 3000",
        "40, 1500, 3000",
        "2000000000, 1500, 3000",
    })
    void doubles_up_to_the_longest_and_is_jittered_down_to_half(int repeat, long least, long most) {
        RandomGenerator random = new Random(7);
        Duration shortest = Duration.ofDays(1);
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 2000; i++) {
            Duration delay = Backoff.delay(repeat, RetryRules.DEFAULT, random);
            shortest = delay.compareTo(shortest) < 0 ? delay : shortest;
            longest = delay.compareTo(longest) > 0 ? delay : longest;
        }
        long tenth = (most - least) / 10;
        assertThat(shortest.toMillis()).isBetween(least, least + tenth);
        assertThat(longest.toMillis()).isBetween(most - tenth, most);
    }

    @Test
    void the_same_randomness_gives_the_same_delay() {
        assertThat(Backoff.delay(3, RetryRules.DEFAULT, new Random(1)))
                .isEqualTo(Backoff.delay(3, RetryRules.DEFAULT, new Random(1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 12345, Long.MAX_VALUE - 5, Long.MIN_VALUE})
    void a_deadline_holds_wherever_the_clock_stands(long start) {
        Deadline deadline = Deadline.of(start, Duration.ofNanos(100));
        assertThat(deadline.remaining(start)).isEqualTo(Duration.ofNanos(100));
        assertThat(deadline.remaining(start + 99)).isEqualTo(Duration.ofNanos(1));
        assertThat(deadline.remaining(start + 101)).isEqualTo(Duration.ZERO);
        assertThat(deadline.isPast(start + 99)).isFalse();
        assertThat(deadline.isPast(start + 100)).isTrue();
    }
}
