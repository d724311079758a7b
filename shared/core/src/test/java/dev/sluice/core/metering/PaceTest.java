package dev.sluice.core.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Pace pace = new Pace();

    @Test
    void counts_the_attempts_of_the_last_minute() {
        for (int second = 0; second < 120; second++) {
            pace.started("a/m", second * SECOND);
        }
        assertThat(pace.attempts("a/m", 119 * SECOND)).isEqualTo(60);
        assertThat(pace.attempts("a/m", 149 * SECOND)).isEqualTo(30);
        assertThat(pace.attempts("a/m", 400 * SECOND)).isZero();
        assertThat(pace.attempts("b/m", 119 * SECOND)).isZero();
    }

    @Test
    void a_clock_may_begin_below_zero() {
        pace.started("a/m", -5 * SECOND);
        pace.started("a/m", -4 * SECOND);
        assertThat(pace.attempts("a/m", 0)).isEqualTo(2);
        assertThat(pace.attempts("a/m", 56 * SECOND)).isZero();
    }

    @Test
    void later_measurements_count_more() {
        pace.firstContent("a/m", Duration.ofSeconds(1), 0);
        assertThat(pace.speed("a/m", 0).millis()).isEqualTo(1000);
        pace.firstContent("a/m", Duration.ofMillis(500), SECOND);
        assertThat(pace.speed("a/m", SECOND).millis()).isCloseTo(850, within(1e-9));
    }

    @Test
    void an_old_measurement_is_due_again_and_the_next_replaces_it() {
        pace.firstContent("a/m", Duration.ofSeconds(1), 0);
        assertThat(pace.speed("a/m", 300 * SECOND).due()).isFalse();
        assertThat(pace.speed("a/m", 301 * SECOND)).isEqualTo(new Pace.Speed(1000, true));
        pace.firstContent("a/m", Duration.ofMillis(10), 302 * SECOND);
        assertThat(pace.speed("a/m", 302 * SECOND)).isEqualTo(new Pace.Speed(10, false));
    }

    @Test
    void the_unknown_is_due_unless_an_attempt_is_measuring_it() {
        assertThat(pace.speed("a/m", 0).due()).isTrue();
        pace.started("a/m", 0);
        assertThat(pace.speed("a/m", 9 * SECOND).due()).isFalse();
        assertThat(pace.speed("a/m", 10 * SECOND).due()).isTrue();
    }

    @Test
    void forgets_what_was_not_attempted_for_longest() {
        for (int i = 0; i < 1_001; i++) {
            pace.firstContent("a/" + i, Duration.ofMillis(5), 0);
        }
        assertThat(pace.speed("a/0", 0).due()).isTrue();
        assertThat(pace.speed("a/1", 0).due()).isFalse();
        assertThat(pace.speed("a/1000", 0).due()).isFalse();
    }
}
