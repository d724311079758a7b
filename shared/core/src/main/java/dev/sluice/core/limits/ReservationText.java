package dev.sluice.core.limits;

import dev.sluice.core.limits.AdmitStep.Reservation;
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
        TreeMap<String, Long> amounts = new TreeMap<>();
        try {
            int end = end(text, 0);
            Instant expiry = Instant.ofEpochMilli(Long.parseLong(text, 0, end, 10));
            while (end < text.length()) {
                int start = end + 1;
                end = end(text, start);
                int equals = text.lastIndexOf('=', end - 1);
                if (equals <= start) {
                    return Optional.empty();
                }
                amounts.put(text.substring(start, equals), Long.parseLong(text, equals + 1, end, 10));
            }
            return Optional.of(new Reservation(id, expiry, amounts));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    private static int end(String text, int start) {
        int semicolon = text.indexOf(';', start);
        return semicolon < 0 ? text.length() : semicolon;
    }
}
