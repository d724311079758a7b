package dev.sluice.simulation;

import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.simulation.SimulatedUpstream.Reached;
import dev.sluice.simulation.Simulation.Answered;
import dev.sluice.simulation.Simulation.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What is measured of one run.
///
/// @param servable requests that some target could serve
/// @param p50Nanos to first content, of those served; 0: none was
/// @param longestAttemptNanos until its status or failure
/// @param attempts in all
/// @param offWeights the largest difference between a target's share of first attempts and its weight; -1: this strategy
///     does not go by weights
/// @param sticky the share of later turns served where their session's first turn was
/// @param cacheLoss the share of later turns served elsewhere than the turn before
/// @param overshoot by which caps were exceeded at the providers, in all
record Measures(
        int requests,
        int servable,
        int served,
        long p50Nanos,
        long p99Nanos,
        long longestAttemptNanos,
        int attempts,
        int[] attemptsByTarget,
        double attemptsBound,
        double offWeights,
        double sticky,
        double cacheLoss,
        long overshoot,
        long admissions,
        long trips,
        int environments) {
    private static final double CLIENTS_SHARE = 1.1;
    private static final int MINIMUM_REPEATS = 3;
    private static final double BUDGET_SECONDS = 10;

    static Measures of(Run run) {
        List<TargetSpec> targets = run.cell().scenario().targets();
        long[] contents = run.answered().stream()
                .filter(Answered::isServed)
                .mapToLong(
                        answer -> Objects.requireNonNull(answer.firstContent()).toNanos())
                .sorted()
                .toArray();
        int[] byTarget = new int[targets.size()];
        run.reached().forEach(reached -> byTarget[reached.target()]++);
        int requests = run.answered().size();
        Affinity affinity = Affinity.of(run);
        return new Measures(
                requests,
                run.cell().scenario().canServe() ? requests : 0,
                contents.length,
                percentile(contents, 50),
                percentile(contents, 99),
                run.reached().stream()
                        .mapToLong(reached -> reached.takes().toNanos())
                        .max()
                        .orElse(0),
                run.reached().size(),
                byTarget,
                bound(run),
                offWeights(run, targets),
                affinity.sticky(),
                affinity.cacheLoss(),
                overshoot(run, targets),
                run.admissions(),
                run.trips(),
                run.lives().size());
    }

    double successRate() {
        return servable == 0 ? 1 : (double) served / servable;
    }

    /// The smallest value that so many percent do not exceed.
    static long percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[(sorted.length * percent + 99) / 100 - 1];
    }

    /// The most that one target may be asked under a total outage.
    private static double bound(Run run) {
        double windows = 0;
        for (Duration life : run.lives()) {
            windows += StrictMath.floor(life.toMillis() / 1000.0 / BUDGET_SECONDS) + 1;
        }
        return CLIENTS_SHARE * run.answered().size() + MINIMUM_REPEATS * windows;
    }

    private static double offWeights(Run run, List<TargetSpec> targets) {
        Strategy strategy = run.cell().strategy();
        if (strategy == Strategy.ORDERED || strategy == Strategy.LATENCY || strategy == Strategy.LEAST_USED) {
            return -1;
        }
        boolean isEven = strategy == Strategy.ROUND_ROBIN;
        int[] first = firstAttempts(run, targets.size());
        int all = Arrays.stream(first).sum();
        double weights = targets.stream().mapToInt(TargetSpec::weight).sum();
        double worst = 0;
        for (int i = 0; i < targets.size(); i++) {
            double wished = isEven ? 1.0 / targets.size() : targets.get(i).weight() / weights;
            worst = Math.max(worst, Math.abs((double) first[i] / all - wished));
        }
        return worst;
    }

    private static int[] firstAttempts(Run run, int targets) {
        int[] first = new int[targets];
        Map<Integer, Integer> seen = new HashMap<>();
        for (Reached reached : run.reached()) {
            if (seen.put(reached.request(), reached.target()) == null) {
                first[reached.target()]++;
            }
        }
        return first;
    }

    /// By which what reached a provider in a month exceeds its cap. A refused connection reaches nobody, and what was
    /// not answered used no tokens.
    private static long overshoot(Run run, List<TargetSpec> targets) {
        Instant start = run.cell().scenario().start();
        long overshoot = 0;
        for (Scenario.Cap cap : run.cell().scenario().caps()) {
            Map<YearMonth, Long> used = new TreeMap<>();
            for (Reached reached : run.reached()) {
                if (targets.get(reached.target()).provider().equals(cap.provider())) {
                    YearMonth month = YearMonth.from(start.plus(reached.at()).atZone(ZoneOffset.UTC));
                    used.merge(month, amount(reached, cap), Long::sum);
                }
            }
            for (long amount : used.values()) {
                overshoot += Math.max(0, amount - cap.most());
            }
        }
        return overshoot;
    }

    private static long amount(Reached reached, Scenario.Cap cap) {
        if (cap.unit().equals("requests")) {
            return reached.left() ? 1 : 0;
        }
        return reached.isServed() ? AnswerText.INPUT_TOKENS + AnswerText.OUTPUT_TOKENS : 0;
    }
}
