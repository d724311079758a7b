package dev.sluice.protocol.translate;

import static dev.sluice.model.ReasoningWish.Effort.HIGH;
import static dev.sluice.model.ReasoningWish.Effort.LOW;
import static dev.sluice.model.ReasoningWish.Effort.MAX;
import static dev.sluice.model.ReasoningWish.Effort.MEDIUM;
import static dev.sluice.model.ReasoningWish.Effort.MINIMAL;
import static dev.sluice.model.ReasoningWish.Effort.NONE;
import static dev.sluice.model.ReasoningWish.Effort.XHIGH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ReasoningWish.Effort;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffortsTest {
    private static final List<Effort> USUAL = List.of(LOW, MEDIUM, HIGH);

    @Test
    void clamps_to_the_nearest_allowed_at_or_below() {
        assertThat(Efforts.clamp(MEDIUM, USUAL)).isEqualTo(MEDIUM);
        assertThat(Efforts.clamp(MAX, USUAL)).isEqualTo(HIGH);
        assertThat(Efforts.clamp(XHIGH, List.of(MAX, MEDIUM, LOW))).isEqualTo(MEDIUM);
    }

    @Test
    void takes_the_lowest_where_none_is_below() {
        assertThat(Efforts.clamp(MINIMAL, USUAL)).isEqualTo(LOW);
        assertThat(Efforts.clamp(MINIMAL, List.of(NONE, MEDIUM, LOW))).isEqualTo(LOW);
    }

    @Test
    void answers_none_only_to_none() {
        assertThat(Efforts.clamp(NONE, List.of(NONE, LOW))).isEqualTo(NONE);
        assertThat(Efforts.clamp(NONE, USUAL)).isEqualTo(LOW);
        assertThat(Efforts.clamp(LOW, List.of(NONE))).isEqualTo(NONE);
    }

    @Test
    void allows_everything_without_a_list() {
        assertThat(Efforts.clamp(XHIGH, List.of())).isEqualTo(XHIGH);
    }

    @Test
    void reads_budgets_as_efforts() {
        assertThat(List.of(0L, 1023L, 1024L, 4095L, 4096L, 16_383L, 16_384L, 31_999L, 32_768L, 65_536L))
                .extracting(Efforts::ofBudget)
                .containsExactly(NONE, MINIMAL, LOW, LOW, MEDIUM, MEDIUM, HIGH, HIGH, XHIGH, MAX);
    }

    @Test
    void budgets_of_efforts_read_back_as_the_same_effort() {
        for (Effort effort : List.of(NONE, LOW, MEDIUM, HIGH, XHIGH, MAX)) {
            assertThat(Efforts.ofBudget(Efforts.toBudget(effort, 1_000_000))).isEqualTo(effort);
        }
    }

    @Test
    void leaves_room_for_an_answer_and_never_goes_below_the_smallest_budget() {
        for (long output = 1025; output < 100_000; output += 777) {
            assertThat(Efforts.toBudget(MAX, output)).isBetween(1024L, output - 1);
        }
        assertThat(Efforts.toBudget(HIGH, 1024)).isZero();
        assertThat(Efforts.toBudget(NONE, 100_000)).isZero();
    }
}
