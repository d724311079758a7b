package dev.sluice.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.LoopBreakerRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopBreakerTest {
    private static final LoopBreakerRules RULES = LoopBreakerRules.DEFAULT;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LoopBreaker breaker = new LoopBreaker();

    /// Sends the body and fails it, each time after that many nanoseconds; how many were let through.
    private int sendFailing(long body, int times, long start, long gap) {
        int passed = 0;
        for (int i = 0; i < times; i++) {
            long nanos = start + i * gap;
            if (!breaker.isLooping("k", body, RULES, nanos)) {
                passed++;
                breaker.failed("k", body, RULES, nanos);
            }
        }
        return passed;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 30 * 1_000_000_000L})
    void stops_a_body_that_failed_twenty_times_within_a_minute(long start) {
        assertThat(sendFailing(1, 20, start, SECOND / 3)).isEqualTo(20);
        assertThat(breaker.isLooping("k", 1, RULES, start + 10 * SECOND)).isTrue();
        assertThat(breaker.isLooping("k", 2, RULES, start + 10 * SECOND)).isFalse();
        assertThat(breaker.isLooping("other", 1, RULES, start + 10 * SECOND)).isFalse();
    }

    @Test
    void a_loop_stays_stopped_until_the_caller_pauses() {
        assertThat(sendFailing(1, 1000, 0, SECOND)).isEqualTo(20);
        assertThat(breaker.isLooping("k", 1, RULES, 1000 * SECOND)).isTrue();
        assertThat(breaker.isLooping("k", 1, RULES, 1061 * SECOND)).isFalse();
    }

    @Test
    void slow_repeats_are_no_loop() {
        assertThat(sendFailing(1, 500, 0, 3 * SECOND)).isEqualTo(500);
    }

    @Test
    void a_whole_answer_ends_the_count() {
        sendFailing(1, 19, 0, 1);
        breaker.succeeded("k", 1);
        assertThat(sendFailing(1, 20, 100, 1)).isEqualTo(20);
        breaker.succeeded("k", 1);
        assertThat(breaker.isLooping("k", 1, RULES, 200)).isFalse();
    }

    @Test
    void zero_repeats_switch_it_off() {
        LoopBreakerRules off = new LoopBreakerRules(0, Duration.ofSeconds(60));
        for (int i = 0; i < 100; i++) {
            breaker.failed("k", 1, off, i);
            assertThat(breaker.isLooping("k", 1, off, i)).isFalse();
        }
    }

    @Test
    void new_rules_count_anew() {
        sendFailing(1, 20, 0, 1);
        LoopBreakerRules strict = new LoopBreakerRules(2, Duration.ofSeconds(60));
        breaker.failed("k", 1, strict, 100);
        assertThat(breaker.isLooping("k", 1, strict, 101)).isFalse();
        breaker.failed("k", 1, strict, 102);
        assertThat(breaker.isLooping("k", 1, strict, 103)).isTrue();
    }

    @Test
    void remembers_a_bounded_number_of_bodies() {
        sendFailing(-1, 20, 0, 1);
        for (int body = 0; body < 5000; body++) {
            breaker.failed("k", body, RULES, 100);
        }
        assertThat(breaker.isLooping("k", -1, RULES, 200)).isFalse();
    }

    @Test
    void bodies_that_differ_in_one_bit_differ_in_their_hash() {
        byte[] body = new byte[77];
        new Random(3).nextBytes(body);
        Set<Long> hashes = new HashSet<>();
        hashes.add(BodyHash.of(body));
        for (int bit = 0; bit < body.length * 8; bit++) {
            byte[] changed = body.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            hashes.add(BodyHash.of(changed));
        }
        for (int length = 0; length < body.length; length++) {
            hashes.add(BodyHash.of(Arrays.copyOf(body, length)));
        }
        for (int zeros = 0; zeros < 64; zeros++) {
            hashes.add(BodyHash.of(new byte[zeros]));
        }
        // the empty body is there twice
        assertThat(hashes).hasSize(1 + body.length * 8 + body.length + 63);
    }

    @Test
    void equal_bodies_have_equal_hashes() {
        byte[] body = "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(BodyHash.of(body)).isEqualTo(BodyHash.of(body.clone()));
    }

    @Test
    void turns_of_one_conversation_do_not_collide() {
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"turn " + i + "\"}]}";
            hashes.add(BodyHash.of(body.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(hashes).hasSize(100_000);
    }
}
