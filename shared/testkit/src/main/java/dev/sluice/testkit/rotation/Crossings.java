package dev.sluice.testkit.rotation;

import dev.sluice.core.ports.PortFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Every place where a step calls a store or a service: just before the call, and just after it. Something can be planned
/// for one of them.
final class Crossings {
    private final Runnable afterEach;
    private int passed;
    private int plannedAt = -1;
    private @Nullable Runnable planned;
    private @Nullable Turns turns;

    /// @param afterEach what is looked at after each call
    Crossings(Runnable afterEach) {
        this.afterEach = afterEach;
    }

    /// At the place with that number from here on (the first is 0) this happens, once.
    void plan(int number, Runnable what) {
        plannedAt = passed + number;
        planned = what;
    }

    void planNothing() {
        planned = null;
    }

    /// Two things happen at once, in turns from crossing to crossing.
    void together(Turns both, Runnable one, Runnable other) {
        turns = both;
        try {
            both.run(one, other);
        } finally {
            turns = null;
        }
    }

    <T> T call(Supplier<T> call) {
        pass();
        T value = call.get();
        afterEach.run();
        pass();
        return value;
    }

    private void pass() {
        Runnable what = planned;
        if (passed++ == plannedAt && what != null) {
            planned = null;
            what.run();
        }
        if (turns != null) {
            turns.pass();
        }
    }

    /// The call, or its answer, is lost.
    static void fail() {
        throw new PortFailure("lost on the way");
    }
}
