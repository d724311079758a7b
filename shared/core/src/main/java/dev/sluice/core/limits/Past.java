package dev.sluice.core.limits;

import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What in an item is over: windows, cooldowns, breakers, and reservations that nobody settled.
final class Past {
    /// Clocks of those who share an item differ by less.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final long KEPT_MILLIS = Duration.ofHours(1).toMillis();
    private static final int MOST_WINDOWS = 32;
    private static final int MOST_HEALTH = 8;

    private Past() {}

    /// Whether that counter's window is over for everybody; no for a name that tells no window.
    static boolean isOver(String counter, Instant now) {
        if (!StateNames.isCounter(counter)) {
            return false;
        }
        int start = counter.lastIndexOf('/');
        int unit = counter.lastIndexOf('/', start - 1);
        return unit > 0
                && Windows.parse(counter.substring(unit + 1, start), counter.substring(start + 1))
                        .filter(window -> isOver(window.end(), now))
                        .isPresent();
    }

    static boolean isOver(Instant end, Instant now) {
        return end.plus(GRACE).isBefore(now);
    }

    /// What an admission can take away on its way; never what belongs to the model it asks for.
    static List<String> forgettable(StateItem item, @Nullable Gate gate, Instant now) {
        List<String> names = new ArrayList<>();
        for (String name : item.numbers().keySet()) {
            if (names.size() < MOST_WINDOWS && isOver(name, now)) {
                names.add(name);
            }
        }
        addHealth(names, item, gate, now);
        return names;
    }

    private static void addHealth(List<String> names, StateItem item, @Nullable Gate gate, Instant now) {
        long limit = now.toEpochMilli() - KEPT_MILLIS;
        String own = gate == null ? "" : gate.model();
        int room = MOST_HEALTH;
        for (String name : item.numbers().keySet()) {
            List<String> group = healthGroup(item, name, own, limit);
            if (group.size() <= room) {
                names.addAll(group);
                room -= group.size();
            }
        }
    }

    /// What goes away together, told by the first of its names.
    private static List<String> healthGroup(StateItem item, String name, String own, long limit) {
        if (StateNames.isCooldown(name)) {
            boolean isOver = item.number(name) < limit && !name.equals(StateNames.cooldown(own));
            return isOver ? present(item, List.of(name, StateNames.cause(name))) : List.of();
        }
        List<String> breaker = StateNames.breakerOf(name);
        boolean isOver = !breaker.isEmpty()
                && !name.equals(StateNames.failures(own))
                && item.number(breaker.get(1)) < limit
                && item.number(breaker.get(2)) < limit;
        return isOver ? present(item, breaker) : List.of();
    }

    private static List<String> present(StateItem item, List<String> names) {
        return names.stream()
                .filter(name -> item.numbers().containsKey(name) || item.texts().containsKey(name))
                .toList();
    }

    /// The reservations that nobody settled in time, each with what of it is still counted.
    static List<Reservation> expired(StateItem item, Instant now) {
        List<Reservation> expired = new ArrayList<>();
        for (Map.Entry<String, String> text : item.texts().entrySet()) {
            if (StateNames.isReservation(text.getKey())) {
                Optional<Reservation> reservation =
                        ReservationText.parse(StateNames.reservationId(text.getKey()), text.getValue());
                reservation
                        .filter(known -> known.expiry().isBefore(now))
                        .ifPresent(known -> expired.add(stillCounted(known, item, now)));
            }
        }
        return expired;
    }

    private static Reservation stillCounted(Reservation reservation, StateItem item, Instant now) {
        TreeMap<String, Long> amounts = new TreeMap<>();
        reservation.amounts().forEach((counter, amount) -> {
            long counted = Math.min(amount, item.number(counter));
            if (counted > 0 && StateNames.isCounter(counter) && !isOver(counter, now)) {
                amounts.put(counter, counted);
            }
        });
        return new Reservation(reservation.id(), reservation.expiry(), amounts);
    }
}
