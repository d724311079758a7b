package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VirtualSchedulerTest {
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

    private final VirtualScheduler time = new VirtualScheduler(START);
    private final List<String> seen = new ArrayList<>();

    @Test
    void runs_each_process_when_its_time_comes() throws InterruptedException {
        time.start(Duration.ofSeconds(1), () -> steps("a", 2, 2));
        time.start(Duration.ZERO, () -> steps("b", 2, 2));

        time.run();

        assertThat(seen).containsExactly("b at 0", "a at 1", "b at 2", "a at 3", "b at 4", "a at 5");
        assertThat(time.now()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void serves_equal_times_in_the_order_in_which_they_were_asked_for() throws InterruptedException {
        for (String name : List.of("a", "b", "c")) {
            time.start(Duration.ZERO, () -> steps(name, 1, 1));
        }

        time.run();

        assertThat(seen).containsExactly("a at 0", "b at 0", "c at 0", "a at 1", "b at 1", "c at 1");
    }

    @Test
    void lets_a_process_start_others() throws InterruptedException {
        time.start(Duration.ofSeconds(3), () -> {
            time.start(Duration.ofSeconds(1), () -> note("child"));
            note("parent");
            time.sleep(Duration.ofSeconds(5));
            note("parent");
        });

        time.run();

        assertThat(seen).containsExactly("parent at 3", "child at 4", "parent at 8");
    }

    @Test
    void throws_what_a_process_throws() {
        time.start(Duration.ofSeconds(2), () -> {
            throw new IllegalArgumentException("broken");
        });
        time.start(Duration.ofSeconds(3), () -> note("never"));

        assertThatThrownBy(time::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("00:00:02")
                .hasRootCauseMessage("broken");
        assertThat(seen).isEmpty();
    }

    private void steps(String name, int count, int seconds) {
        note(name);
        for (int i = 0; i < count; i++) {
            time.sleep(Duration.ofSeconds(seconds));
            note(name);
        }
    }

    private void note(String name) {
        seen.add(name + " at " + time.elapsed().toSeconds());
    }
}
