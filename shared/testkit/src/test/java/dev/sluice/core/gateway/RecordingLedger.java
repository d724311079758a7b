package dev.sluice.core.gateway;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.ports.Ledger;
import dev.sluice.model.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A ledger that works, remembers what it was asked and told, and refuses what it is told to refuse. Every grant is kept
/// with its settlement, so that none is missing and none is there twice.
final class RecordingLedger implements Ledger {
    private final Ledger books;
    private final Deque<Admission.Denied> refusals = new ArrayDeque<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private int granted;

    RecordingLedger(Ledger books) {
        this.books = books;
    }

    /// A grant and what became of it.
    static final class Entry {
        final String who;
        final @Nullable Ask ask;
        final Reserve reserve;
        final List<Settlement> settlements = new ArrayList<>();
        private final Admission.Granted granted;

        Entry(String who, @Nullable Ask ask, Reserve reserve, Admission.Granted granted) {
            this.who = who;
            this.ask = ask;
            this.reserve = reserve;
            this.granted = granted;
        }

        Settlement settlement() {
            if (settlements.size() != 1) {
                throw new AssertionError(who + " was settled " + settlements.size() + " times");
            }
            return settlements.getFirst();
        }

        /// What the books hold of it now.
        long tokens() {
            Settlement settlement = settlement();
            Usage usage = settlement.usage();
            if (!settlement.reached()) {
                return 0;
            }
            return usage == null ? reserve.prompt() + reserve.output() : usage.prompt() + usage.outputOr0();
        }
    }

    /// One admission of an attempt is refused: the next one, or the one after those that [#grant] lets pass.
    RecordingLedger refuse(Admission.Denied denied) {
        refusals.add(denied);
        return this;
    }

    /// So many admissions of attempts pass before the first refusal.
    RecordingLedger grant(int admissions) {
        granted = admissions;
        return this;
    }

    /// In order: attempts by `provider/model`, callers by `caller`.
    List<Entry> entries() {
        return List.copyOf(entries);
    }

    Entry last() {
        return entries.getLast();
    }

    /// Every call, in order: `admit REF`, `settle REF`, `admit caller`, ...
    List<String> steps() {
        return List.copyOf(steps);
    }

    void forget() {
        entries.clear();
        steps.clear();
    }

    @Override
    public Admission admit(Ask ask) {
        String ref = ask.provider().id() + "/" + ask.model();
        steps.add("admit " + ref);
        Admission.Denied refusal = granted == 0 ? refusals.poll() : null;
        granted = Math.max(0, granted - 1);
        return refusal != null ? refusal : kept(ref, ask, ask.reserve(), books.admit(ask));
    }

    @Override
    public Admission admitCaller(Caller caller, Reserve reserve, Duration lifetime) {
        steps.add("admit caller");
        return kept("caller", null, reserve, books.admitCaller(caller, reserve, lifetime));
    }

    private Admission kept(String who, @Nullable Ask ask, Reserve reserve, Admission admission) {
        if (admission instanceof Admission.Granted granted) {
            entries.add(new Entry(who, ask, reserve, granted));
        }
        return admission;
    }

    @Override
    public void settle(Admission.Granted granted, Settlement settlement) {
        Entry entry = entries.stream()
                .filter(one -> one.granted.ticket() == granted.ticket())
                .findFirst()
                .orElseThrow();
        steps.add("settle " + entry.who);
        entry.settlements.add(settlement);
        books.settle(granted, settlement);
    }

    @Override
    public OptionalLong position(String alias) {
        steps.add("position " + alias);
        return books.position(alias);
    }

    @Override
    public OptionalLong peek(String alias) {
        steps.add("peek " + alias);
        return books.peek(alias);
    }

    @Override
    public Standing standing(ConfigSnapshot config, ProviderConfig provider, String model) {
        return books.standing(config, provider, model);
    }

    @Override
    public void refresh(Collection<ProviderConfig> providers) {
        steps.add("refresh");
        books.refresh(providers);
    }
}
