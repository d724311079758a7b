package dev.sluice.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which of several answers is the newest.
class SeenTest {
    private final Seen seen = new Seen();

    private static StateItem item(long admissions, long mark) {
        return StateItem.of(Map.of("rr", admissions, "mark", mark), Map.of());
    }

    @Test
    void of_calls_that_overlap_the_one_with_more_admissions_is_newer() {
        Seen.Look first = seen.begin(0);
        Seen.Look second = seen.begin(0);
        seen.saw(item(2, 2), first);
        seen.saw(item(1, 1), second);

        assertThat(seen.item()).isEqualTo(item(2, 2));
    }

    @Test
    void with_as_many_admissions_the_one_that_began_later_is_taken() {
        Seen.Look first = seen.begin(0);
        Seen.Look second = seen.begin(0);
        seen.saw(item(1, 2), second);
        seen.saw(item(1, 1), first);

        assertThat(seen.item()).isEqualTo(item(1, 2));
    }

    @Test
    void a_call_that_began_after_the_last_ended_is_newer_whatever_it_says() {
        seen.saw(item(9, 1), seen.begin(0));
        seen.saw(item(1, 2), seen.begin(0));

        assertThat(seen.item()).isEqualTo(item(1, 2));
    }

    @Test
    void an_item_is_as_old_as_the_call_that_brought_it() {
        seen.saw(item(1, 1), seen.begin(100));
        long second = Duration.ofSeconds(1).toNanos();

        assertThat(seen.fresh(99 + second)).isEqualTo(item(1, 1));
        assertThat(seen.fresh(100 + second)).isNull();
    }
}
