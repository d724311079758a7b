package dev.sluice.core.resilience;

import dev.sluice.core.config.BreakerRules;
import dev.sluice.core.config.Timeouts;
import dev.sluice.core.ports.Health;
import dev.sluice.core.ports.Health.Admission.Granted;
import dev.sluice.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Cooldowns and breakers in the memory of one process. Thread-safe, bounded; every time is the caller's.
///
/// A breaker has no states, only what they derive from: it is open while its failures in a row reach the limit and its
/// time is not over, and half-open after that, when one probe at a time may pass.
public final class MemoryHealth implements Health {
    private static final int MOST_RECORDS = 4096;

    private final Supplier<BreakerRules> rules;
    private final Duration probeLease;
    private final LinkedHashMap<Subject, Mark> marks = new LinkedHashMap<>(16, 0.75f, true);
    private long lastProbe;

    /// A probe that nobody reports on is given up after the longest time a call may take.
    public MemoryHealth(Supplier<BreakerRules> rules) {
        this(rules, Timeouts.DEFAULT.total());
    }

    /// @param probeLease after which a probe that nobody reports on is given up
    public MemoryHealth(Supplier<BreakerRules> rules, Duration probeLease) {
        this.rules = rules;
        this.probeLease = probeLease;
    }

    /// A whole provider, or one of its models.
    private record Subject(String provider, @Nullable String model) {
        static Subject of(Granted admission) {
            return new Subject(admission.provider(), admission.model());
        }
    }

    private static final class Mark {
        private @Nullable Recovery cooldown;
        private int failures;
        private Instant openUntil = Instant.MIN;
        private @Nullable Instant probedAt;
        private long probe;

        boolean isSpent(Instant now) {
            return failures == 0 && (cooldown == null || !cooldown.at().isAfter(now));
        }

        /// Never shortens.
        void cool(Recovery wished) {
            if (cooldown == null || wished.at().isAfter(cooldown.at())) {
                cooldown = wished;
            }
        }
    }

    @Override
    public synchronized Admission admit(String provider, String model, Instant now) {
        Recovery cooldown = cooldown(provider, model, now);
        if (cooldown != null) {
            return new Admission.Denied("cooldown", cooldown);
        }
        Mark mark = marks.get(new Subject(provider, model));
        Recovery closed = mark == null ? null : breaker(mark, now);
        return closed == null
                ? new Granted(provider, model, probe(mark, now))
                : new Admission.Denied("breaker-open", closed);
    }

    @Override
    public synchronized Granted override(String provider, String model, Instant now) {
        return new Granted(provider, model, probe(marks.get(new Subject(provider, model)), now));
    }

    @Override
    public synchronized void succeeded(Granted admission, Instant now) {
        Mark mark = marks.get(Subject.of(admission));
        if (mark != null) {
            mark.failures = 0;
            mark.probedAt = null;
        }
    }

    @Override
    public synchronized void failed(
            Granted admission,
            Failure.Scope scope,
            boolean opensBreaker,
            @Nullable Duration cooldown,
            boolean named,
            Instant now) {
        released(admission);
        if (opensBreaker) {
            Mark mark = mark(Subject.of(admission), now);
            mark.failures++;
            mark.openUntil = now.plus(rules.get().open());
        }
        if (cooldown == null) {
            return;
        }
        Recovery recovery = new Recovery(now.plus(cooldown), named);
        switch (scope) {
            case NONE -> {}
            case MODEL -> mark(Subject.of(admission), now).cool(recovery);
            case PROVIDER -> mark(new Subject(admission.provider(), null), now).cool(recovery);
        }
    }

    @Override
    public synchronized void released(Granted admission) {
        Mark mark = marks.get(Subject.of(admission));
        if (mark != null && admission.probe() != 0 && mark.probe == admission.probe()) {
            mark.probedAt = null;
        }
    }

    @Override
    public synchronized Optional<Recovery> recovery(String provider, String model, Instant now) {
        Mark mark = marks.get(new Subject(provider, model));
        Recovery closed = mark == null ? null : breaker(mark, now);
        return Optional.ofNullable(later(cooldown(provider, model, now), closed));
    }

    private @Nullable Recovery cooldown(String provider, String model, Instant now) {
        return later(cooldown(new Subject(provider, null), now), cooldown(new Subject(provider, model), now));
    }

    private @Nullable Recovery cooldown(Subject subject, Instant now) {
        Mark mark = marks.get(subject);
        Recovery cooldown = mark == null ? null : mark.cooldown;
        return cooldown != null && cooldown.at().isAfter(now) ? cooldown : null;
    }

    /// When the breaker may next let a request pass; null: now.
    private @Nullable Recovery breaker(Mark mark, Instant now) {
        if (!isOpenOrHalfOpen(mark)) {
            return null;
        }
        if (mark.openUntil.isAfter(now)) {
            return new Recovery(mark.openUntil, false);
        }
        Instant probedAt = mark.probedAt;
        if (probedAt == null || probedAt.isBefore(mark.openUntil)) {
            return null;
        }
        Instant givenUp = probedAt.plus(probeLease);
        return givenUp.isAfter(now) ? new Recovery(givenUp, false) : null;
    }

    /// The number of the probe that begins; 0: the breaker asks for none.
    private long probe(@Nullable Mark mark, Instant now) {
        if (mark == null || !isOpenOrHalfOpen(mark)) {
            return 0;
        }
        mark.probedAt = now;
        mark.probe = ++lastProbe;
        return mark.probe;
    }

    private boolean isOpenOrHalfOpen(Mark mark) {
        return mark.failures > 0 && mark.failures >= rules.get().failures();
    }

    private Mark mark(Subject subject, Instant now) {
        Mark known = marks.get(subject);
        if (known != null) {
            return known;
        }
        if (marks.size() >= MOST_RECORDS) {
            makeRoom(now);
        }
        Mark fresh = new Mark();
        marks.put(subject, fresh);
        return fresh;
    }

    private void makeRoom(Instant now) {
        marks.values().removeIf(mark -> mark.isSpent(now));
        if (marks.size() >= MOST_RECORDS) {
            marks.pollFirstEntry();
        }
    }

    private static @Nullable Recovery later(@Nullable Recovery one, @Nullable Recovery other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.at().isAfter(one.at()) ? other : one;
    }
}
