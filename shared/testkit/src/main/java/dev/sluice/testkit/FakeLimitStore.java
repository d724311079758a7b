package dev.sluice.testkit;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.CoolStep;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.limits.StateRules;
import dev.sluice.core.ports.LimitStore;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// A store in memory that does what `StateRules` says, and falls silent when told. Thread-safe.
public final class FakeLimitStore implements LimitStore {
    private final Map<String, StateItem> items = new HashMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private Fault fault = Fault.NONE;
    private long soundCalls;
    private long calls;

    /// What becomes of the calls.
    public enum Fault {
        NONE,
        /// Nothing reaches the store, and that is known.
        UNREACHED,
        /// Nothing reaches the store, but it may have.
        LOST,
        /// Everything is done, but the answer gets lost.
        UNANSWERED
    }

    /// From now on.
    public void fail(Fault wished) {
        failAfter(0, wished);
    }

    /// After that many more calls that go well.
    public synchronized void failAfter(long sound, Fault wished) {
        soundCalls = sound;
        fault = wished;
    }

    public void recover() {
        fail(Fault.NONE);
    }

    /// How many calls there were, answered or not.
    public synchronized long calls() {
        return calls;
    }

    /// As it is, without a call.
    public synchronized StateItem item(String item) {
        return items.getOrDefault(item, StateItem.EMPTY);
    }

    /// As if somebody had written it by hand.
    public synchronized void put(String item, StateItem state) {
        items.put(item, state);
    }

    @Override
    public Reply admit(AdmitStep step) {
        return change(step.item(), item -> StateRules.admit(item, step));
    }

    @Override
    public Reply settle(SettleStep step) {
        return change(step.item(), item -> StateRules.settle(item, step));
    }

    @Override
    public Reply cool(CoolStep step) {
        return change(step.item(), item -> StateRules.cool(item, step));
    }

    @Override
    public Reply read(String item) {
        return change(item, Reply.Done::new);
    }

    @Override
    public Position advance(String alias) {
        return position(alias, 1);
    }

    @Override
    public Position peek(String alias) {
        return position(alias, 0);
    }

    private synchronized Position position(String alias, long step) {
        Fault now = next();
        long position = positions.getOrDefault(alias, 0L);
        if (now == Fault.NONE || now == Fault.UNANSWERED) {
            positions.put(alias, position + step);
        }
        return now == Fault.NONE ? new Position.At(position) : new Position.Silent();
    }

    private synchronized Reply change(String name, Function<StateItem, Reply> rule) {
        Fault now = next();
        if (now == Fault.UNREACHED || now == Fault.LOST) {
            return new Reply.Silent(now == Fault.LOST);
        }
        Reply reply = rule.apply(items.getOrDefault(name, StateItem.EMPTY));
        if (reply instanceof Reply.Done(StateItem after)) {
            items.put(name, after);
        }
        return now == Fault.NONE ? reply : new Reply.Silent(true);
    }

    private Fault next() {
        calls++;
        if (soundCalls > 0) {
            soundCalls--;
            return Fault.NONE;
        }
        return fault;
    }
}
