package dev.sluice.core.limits;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.Buckets.Cap;
import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.core.ports.Ledger.Standing;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.core.ports.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the shared ledger holds, for its owner to look at: by the rules that requests are admitted by.
///
/// Each question reads one item and changes nothing.
public final class LimitView {
    private final Function<String, Reply> store;
    private final Time time;

    /// @param store reads an item, as `LimitStore.read` does
    public LimitView(Function<String, Reply> store, Time time) {
        this.store = store;
        this.time = time;
    }

    /// A cap and how full it is.
    ///
    /// @param reserved of what is used: for attempts that are not over
    public record Bucket(Fill fill, long reserved) {}

    /// A provider at one moment.
    ///
    /// @param underWay attempts that hold a reservation; empty: none of its buckets is of tokens, so nobody tells
    public record OfProvider(
            ConfigSnapshot config,
            ProviderConfig provider,
            List<Bucket> buckets,
            Optional<Integer> underWay,
            StateItem item,
            Instant at) {
        public Standing standing(String model) {
            List<Cap> caps = Buckets.matching(provider.rateLimits(), model, at);
            return SharedLedger.standing(item, caps, SharedLedger.gate(config, model, true), true, at);
        }
    }

    /// Empty: the store did not answer.
    public Optional<OfProvider> provider(ConfigSnapshot config, ProviderConfig provider) {
        Instant now = time.now();
        return read(SharedLedger.item(provider)).map(item -> {
            List<Cap> caps = Buckets.matching(provider.rateLimits(), null, now);
            List<Reservation> held = held(item, now);
            Optional<Integer> underWay =
                    caps.stream().anyMatch(Cap::isOfTokens) ? Optional.of(held.size()) : Optional.empty();
            return new OfProvider(config, provider, buckets(item, caps, held), underWay, item, now);
        });
    }

    /// The key's own limits. Empty: the store did not answer.
    public Optional<List<Bucket>> caller(KeyRecord key) {
        Instant now = time.now();
        List<RateLimitConfig> limits = key.limits();
        return read(SharedLedger.itemOfCaller(key.hash()))
                .map(item -> buckets(item, Buckets.matching(limits, null, now), held(item, now)));
    }

    private Optional<StateItem> read(String name) {
        return switch (store.apply(name)) {
            case Reply.Done(StateItem item) -> Optional.of(item);
            case Reply.Refused(StateItem item) -> Optional.of(item);
            case Reply.Silent(boolean _) -> Optional.empty();
        };
    }

    private static List<Bucket> buckets(StateItem item, List<Cap> caps, List<Reservation> held) {
        List<Bucket> buckets = new ArrayList<>(caps.size());
        for (Cap cap : caps) {
            Fill fill = SharedLedger.fill(item, cap);
            long reserved = 0;
            for (Reservation reservation : held) {
                reserved = Saturated.sum(reserved, reservation.amounts().getOrDefault(cap.counter(), 0L));
            }
            buckets.add(new Bucket(fill, Math.clamp(reserved, 0, fill.used())));
        }
        return buckets;
    }

    /// The reservations of attempts that may still be under way.
    private static List<Reservation> held(StateItem item, Instant now) {
        List<Reservation> held = new ArrayList<>();
        for (Map.Entry<String, String> text : item.texts().entrySet()) {
            if (StateNames.isReservation(text.getKey())) {
                ReservationText.parse(StateNames.reservationId(text.getKey()), text.getValue())
                        .filter(reservation -> reservation.expiry().isAfter(now))
                        .ifPresent(held::add);
            }
        }
        return held;
    }
}
