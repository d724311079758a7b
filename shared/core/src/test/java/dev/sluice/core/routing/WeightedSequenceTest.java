package dev.sluice.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The law of `weighted-rr`: over any 100 requests each target has its share within two, up to ten targets.
class WeightedSequenceTest {
    private static final int WINDOW = 100;

    @Test
    void any_hundred_turns_are_within_two_of_the_shares() {
        SplittableRandom random = new SplittableRandom(20261121);
        for (int list = 0; list < 1500; list++) {
            int[] weights = weights(random, 2 + random.nextInt(9));
            assertThat(worstOf(weights, 0, 3000)).as(Arrays.toString(weights)).isLessThan(2);
        }
    }

    @Test
    void also_far_from_the_beginning_and_across_the_end_of_a_period() {
        SplittableRandom random = new SplittableRandom(99);
        for (int list = 0; list < 200; list++) {
            int[] weights = weights(random, 2 + random.nextInt(9));
            long from = random.nextLong(Long.MAX_VALUE / 2);
            assertThat(worstOf(weights, from, 1000))
                    .as(Arrays.toString(weights))
                    .isLessThan(2);
            int period = Arrays.stream(weights).sum();
            assertThat(worstOf(weights, 41L * period - 150, 300))
                    .as(Arrays.toString(weights))
                    .isLessThan(2);
        }
    }

    @Test
    void each_position_continues_where_the_one_before_it_ended() {
        SplittableRandom random = new SplittableRandom(3);
        for (int list = 0; list < 50; list++) {
            int[] weights = weights(random, 2 + random.nextInt(9));
            WeightedSequence whole = WeightedSequence.at(weights, 0);
            for (int position = 0; position < 400; position++) {
                WeightedSequence here = WeightedSequence.at(weights, position);
                assertThat(here.turns()).isEqualTo(whole.turns());
                assertThat(here.next()).isEqualTo(whole.next());
            }
        }
    }

    @Test
    void turns_are_interleaved_and_not_in_blocks() {
        assertThat(first(7, 5, 1, 1)).isEqualTo("0010020");
        assertThat(first(6, 1, 1, 1)).isEqualTo("012012");
        assertThat(first(10, 5, 3, 2)).isEqualTo("0102010210");
    }

    @Test
    void a_period_gives_each_exactly_its_weight() {
        int[] weights = {1000, 1, 7, 333};
        WeightedSequence sequence = WeightedSequence.at(weights, 1341);
        assertThat(sequence.turns()).containsExactly(1000, 1, 7, 333);
    }

    @Test
    void more_and_heavier_targets_than_promised_are_still_served_by_about_their_shares() {
        int[] weights = new int[50];
        Arrays.fill(weights, 999);
        weights[0] = 1;
        WeightedSequence sequence = WeightedSequence.at(weights, 0);
        for (int i = 0; i < 10_000; i++) {
            sequence.next();
        }
        assertThat(sequence.turns()[0]).isBetween(1L, 3L);
        for (int i = 1; i < 50; i++) {
            assertThat(sequence.turns()[i]).isBetween(200L, 208L);
        }
    }

    private static String first(int turns, int... weights) {
        WeightedSequence sequence = WeightedSequence.at(weights, 0);
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < turns; i++) {
            order.append(sequence.next());
        }
        return order.toString();
    }

    /// The largest deviation from a share in any window of 100 within so many turns.
    private static double worstOf(int[] weights, long from, int turns) {
        WeightedSequence sequence = WeightedSequence.at(weights, from);
        double sum = Arrays.stream(weights).sum();
        int[] chosen = new int[turns];
        int[] counts = new int[weights.length];
        double worst = 0;
        for (int turn = 0; turn < turns; turn++) {
            chosen[turn] = sequence.next();
            counts[chosen[turn]]++;
            if (turn >= WINDOW) {
                counts[chosen[turn - WINDOW]]--;
            }
            for (int i = 0; turn >= WINDOW - 1 && i < weights.length; i++) {
                worst = Math.max(worst, Math.abs(counts[i] - WINDOW * weights[i] / sum));
            }
        }
        return worst;
    }

    /// Of all kinds: even, small, spread over the whole range, one that outweighs the rest.
    private static int[] weights(SplittableRandom random, int size) {
        int most = new int[] {1, 3, 10, 1000}[random.nextInt(4)];
        int[] weights = random.ints(size, 1, most + 1).toArray();
        if (random.nextInt(4) == 0) {
            weights[random.nextInt(size)] = 1000;
        }
        return weights;
    }
}
