package dev.sluice.core.limits;

import dev.sluice.core.ports.LimitStore;
import dev.sluice.core.ports.LimitStore.Position;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.core.ports.Time;
import dev.sluice.core.resilience.StoreBreaker;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// The way to the store: through the breaker, and every item that comes back is remembered. Holds no lock while it waits.
final class StoreCalls {
    private static final int MOST_ITEMS = 4_096;
    private static final Reply NOT_ASKED = new Reply.Silent(false);

    private final LimitStore store;
    private final StoreBreaker breaker;
    private final Time time;
    private final LinkedHashMap<String, Seen> items = new LinkedHashMap<>(16, 0.75f, true);

    StoreCalls(LimitStore store, StoreBreaker breaker, Time time) {
        this.store = store;
        this.breaker = breaker;
        this.time = time;
    }

    Reply admit(AdmitStep step) {
        return call(step.item(), asked -> asked.admit(step));
    }

    Reply settle(SettleStep step) {
        return call(step.item(), asked -> asked.settle(step));
    }

    Reply cool(CoolStep step) {
        return call(step.item(), asked -> asked.cool(step));
    }

    Reply read(String item) {
        return call(item, asked -> asked.read(item));
    }

    private Reply call(String item, Function<LimitStore, Reply> step) {
        long nanos = time.nanos();
        if (!breaker.allows(nanos)) {
            return NOT_ASKED;
        }
        Seen seen = seen(item);
        Seen.Look look = seen.begin(nanos);
        Reply reply = step.apply(store);
        switch (reply) {
            case Reply.Done(StateItem after) -> answered(seen, look, after);
            case Reply.Refused(StateItem is) -> answered(seen, look, is);
            case Reply.Silent _ -> breaker.silent(time.nanos());
        }
        return reply;
    }

    private void answered(Seen seen, Seen.Look look, StateItem item) {
        breaker.answered();
        seen.saw(item, look);
    }

    OptionalLong position(String alias) {
        return position(() -> store.advance(alias));
    }

    /// The position that comes next, not taken.
    OptionalLong peek(String alias) {
        return position(() -> store.peek(alias));
    }

    private OptionalLong position(Supplier<Position> call) {
        if (!breaker.allows(time.nanos())) {
            return OptionalLong.empty();
        }
        return switch (call.get()) {
            case Position.At(long position) -> {
                breaker.answered();
                yield OptionalLong.of(position);
            }
            case Position.Silent _ -> {
                breaker.silent(time.nanos());
                yield OptionalLong.empty();
            }
        };
    }

    /// What is known of that item, of the most recently used ones.
    Seen seen(String item) {
        synchronized (items) {
            Seen known = items.get(item);
            if (known == null) {
                known = new Seen();
                items.put(item, known);
                dropEldest();
            }
            return known;
        }
    }

    private void dropEldest() {
        if (items.size() > MOST_ITEMS) {
            Iterator<String> eldest = items.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}
