package dev.sluice.core.limits;

import dev.sluice.core.limits.AdmitStep.Reservation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A reservation as it is kept: `expiryMs;counter=amount;counter=amount`.
public final class ReservationText {
    private ReservationText() {}

    public static String format(Reservation reservation) {
        StringBuilder text = new StringBuilder().append(reservation.expiry().toEpochMilli());
        for (Map.Entry<String, Long> amount : reservation.amounts().entrySet()) {
            text.append(';').append(amount.getKey()).append('=').append(amount.getValue());
        }
        return text.toString();
    }

    /// Empty when the text is no reservation: somebody else wrote it.
    public static Optional<Reservation> parse(String id, String text) {
        String[] parts = text.split(";", -1);
        TreeMap<String, Long> amounts = new TreeMap<>();
        try {
            Instant expiry = Instant.ofEpochMilli(Long.parseLong(parts[0]));
            for (int i = 1; i < parts.length; i++) {
                int equals = parts[i].lastIndexOf('=');
                if (equals <= 0) {
                    return Optional.empty();
                }
                amounts.put(parts[i].substring(0, equals), Long.parseLong(parts[i].substring(equals + 1)));
            }
            return Optional.of(new Reservation(id, expiry, amounts));
        } catch (NumberFormatException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }
}
