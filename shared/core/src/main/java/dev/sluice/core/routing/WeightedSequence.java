package dev.sluice.core.routing;

/// The endless sequence in which several take turns by weight, as evenly as can be.
///
/// Tijdeman's rule for the chairman assignment problem (1980): of those whose due has come, the one whose latest moment is
/// nearest. After any number of turns each of n has had its exact share within 1 - 1/(2n-2), so over any stretch of turns
/// within two. It repeats after sum of weights / gcd turns. More than [#LONGEST] of them takes more than ten weights, whose
/// shares are then rounded.
final class WeightedSequence {
    private static final int LONGEST = 10_000;

    private final int[] weights;
    private final int period;
    /// Full periods before the first turn that is computed.
    private final long rounds;
    private final long[] had;
    private int done;

    private WeightedSequence(int[] weights, long position) {
        this.weights = weights;
        this.period = sum(weights);
        this.rounds = Math.floorDiv(position, (long) period);
        this.had = new long[weights.length];
    }

    /// The sequence with that many turns behind it.
    static WeightedSequence at(int[] weights, long position) {
        WeightedSequence sequence = new WeightedSequence(reduced(weights), position);
        int start = Math.floorMod(position, sequence.period);
        while (sequence.done < start) {
            sequence.next();
        }
        return sequence;
    }

    /// How many turns each has had so far.
    long[] turns() {
        long[] turns = new long[had.length];
        for (int i = 0; i < turns.length; i++) {
            turns[i] = rounds * weights[i] + had[i];
        }
        return turns;
    }

    /// Whose turn is next; takes it.
    int next() {
        done++;
        int chosen = -1;
        long slack = 0;
        int parts = 2 * weights.length - 2;
        for (int i = 0; i < weights.length; i++) {
            // how far it is behind its share, in parts of a turn times the period
            long due = parts * (done * (long) weights[i] - had[i] * period);
            long ownSlack = (parts - 1L) * period - due;
            if (due >= period && (chosen < 0 || ownSlack * weights[chosen] < slack * weights[i])) {
                chosen = i;
                slack = ownSlack;
            }
        }
        had[chosen]++;
        return chosen;
    }

    private static int[] reduced(int[] weights) {
        int[] reduced = weights.clone();
        int sum = sum(weights);
        int divisor = 0;
        for (int i = 0; i < reduced.length; i++) {
            if (sum > LONGEST) {
                reduced[i] = Math.max(1, (int) ((long) weights[i] * LONGEST / sum));
            }
            divisor = gcd(reduced[i], divisor);
        }
        for (int i = 0; i < reduced.length; i++) {
            reduced[i] /= divisor;
        }
        return reduced;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static int sum(int[] weights) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        return sum;
    }
}
