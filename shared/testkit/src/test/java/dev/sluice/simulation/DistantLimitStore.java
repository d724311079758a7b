package dev.sluice.simulation;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.CoolStep;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.ports.LimitStore;
import dev.sluice.testkit.VirtualScheduler;
import java.time.Duration;

/// A store some milliseconds away, which counts what it is asked.
final class DistantLimitStore implements LimitStore {
    private static final double LEAST_MILLIS = 3;
    private static final double MORE_MILLIS = 3;

    private final LimitStore store;
    private final VirtualScheduler time;
    private final long seed;
    private long admissions;
    private long trips;

    DistantLimitStore(LimitStore store, VirtualScheduler time, long seed) {
        this.store = store;
        this.time = time;
        this.seed = seed;
    }

    @Override
    public Reply admit(AdmitStep step) {
        admissions++;
        go();
        Reply reply = store.admit(step);
        comeBack();
        return reply;
    }

    @Override
    public Reply settle(SettleStep step) {
        go();
        Reply reply = store.settle(step);
        comeBack();
        return reply;
    }

    @Override
    public Reply cool(CoolStep step) {
        go();
        Reply reply = store.cool(step);
        comeBack();
        return reply;
    }

    @Override
    public Reply read(String item) {
        go();
        Reply reply = store.read(item);
        comeBack();
        return reply;
    }

    @Override
    public Position advance(String alias) {
        go();
        Position position = store.advance(alias);
        comeBack();
        return position;
    }

    @Override
    public Position peek(String alias) {
        go();
        Position position = store.peek(alias);
        comeBack();
        return position;
    }

    /// The item changes half-way between question and answer.
    private void go() {
        trips++;
        half(0);
    }

    private void comeBack() {
        half(1);
    }

    private void half(int way) {
        double millis = (LEAST_MILLIS + MORE_MILLIS * Dice.uniform(seed, 6, trips, way)) / 2;
        time.sleep(Duration.ofNanos((long) (millis * 1e6)));
    }

    long admissions() {
        return admissions;
    }

    long trips() {
        return trips;
    }
}
