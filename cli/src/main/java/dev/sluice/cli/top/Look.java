package dev.sluice.cli.top;

import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.top.Snapshot.BucketLine;
import dev.sluice.cli.top.Snapshot.Flights;
import dev.sluice.cli.top.Snapshot.Held;
import dev.sluice.cli.top.Snapshot.Spend;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.demo.DemoProvider;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.limits.LimitView;
import dev.sluice.core.limits.LimitView.OfProvider;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.core.ports.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks at a gateway again and again through what is kept of it. Not thread-safe.
public final class Look {
    private final Holdings holdings;
    private final Time time;
    private final LimitView limits;
    private final Spending spending;
    private final Optional<RecentCalls> recent;

    public Look(Holdings holdings, Time time) {
        this.holdings = holdings;
        this.time = time;
        this.limits = new LimitView(holdings.limits()::read, time);
        this.spending = new Spending(holdings.usage());
        CallBook book = holdings.calls();
        this.recent = book.equals(CallBook.NONE) ? Optional.empty() : Optional.of(new RecentCalls(book));
    }

    /// What is seen now. Ends the command, or throws `PortFailure`, when nothing can be seen.
    public Snapshot now() {
        Instant now = time.now();
        List<String> notes = new ArrayList<>();
        ConfigSnapshot config = Holdings.snapshot(holdings.versions()).orElseGet(ConfigSnapshot::empty);
        List<ProviderConfig> providers = config.isEmpty() ? List.of(DemoProvider.config()) : config.providers();
        Map<String, OfProvider> seen = new LinkedHashMap<>();
        for (ProviderConfig provider : providers) {
            limits.provider(config, provider)
                    .ifPresentOrElse(
                            view -> seen.put(provider.id(), view),
                            () -> notes.add("the store does not tell how " + provider.id() + " stands"));
        }
        Optional<List<InFlight.Seen>> inFlight = holdings.inFlight();
        Optional<RecentCalls.Seen> calls = orNote(notes, "the last calls", () -> recent.map(known -> known.at(now)));
        Optional<Spend> spend = orNote(notes, "what was used", () -> spending.at(now));
        Targets targets = new Targets(config, providers, seen, inFlight, calls);
        Flights flights = inFlight.<Flights>map(Flights.OfProcess::new)
                .orElseGet(() -> new Flights.OfStore(held(providers, seen)));
        return new Snapshot(
                now,
                place(),
                config.version(),
                flights,
                targets.lines(now),
                buckets(seen, notes, now),
                spend,
                calls.map(known -> known.last().reversed()),
                notes);
    }

    private String place() {
        return holdings.place().or(holdings::url).orElse("this machine");
    }

    private static <T> Optional<T> orNote(List<String> notes, String what, Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (PortFailure silent) {
            notes.add(what + " cannot be read: " + silent.getMessage());
            return Optional.empty();
        }
    }

    private static List<Held> held(List<ProviderConfig> providers, Map<String, OfProvider> seen) {
        List<Held> held = new ArrayList<>();
        for (ProviderConfig provider : providers) {
            OfProvider view = seen.get(provider.id());
            held.add(new Held(
                    provider.id(), view == null ? null : view.underWay().orElse(null)));
        }
        return held;
    }

    private List<BucketLine> buckets(Map<String, OfProvider> seen, List<String> notes, Instant now) {
        List<BucketLine> lines = new ArrayList<>();
        seen.forEach((id, view) -> view.buckets().forEach(bucket -> lines.add(new BucketLine(id, bucket))));
        for (KeyRecord key : holdings.keys().list()) {
            if (key.isValid(now) && !key.limits().isEmpty()) {
                String owner = "key " + key.name();
                limits.caller(key)
                        .ifPresentOrElse(
                                buckets -> buckets.forEach(bucket -> lines.add(new BucketLine(owner, bucket))),
                                () -> notes.add("the store does not tell how " + owner + " stands"));
            }
        }
        return lines;
    }
}
