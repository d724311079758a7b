package dev.sluice.core.ports;

import dev.sluice.model.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was used and what it cost, summed by day (UTC), key and target (`usage#<day>`).
public interface UsageBook {
    /// How long a day can be looked up: so long that a year can be compared with the one before.
    Period KEPT = Period.ofMonths(13);

    /// Counts nothing.
    UsageBook NONE = new UsageBook() {
        @Override
        public boolean add(CallLog.Entry entry) {
            return false;
        }

        @Override
        public List<Line> of(LocalDate day) {
            return List.of();
        }
    };

    /// One key's use of one target on one day.
    ///
    /// @param caller the key's name
    /// @param target `provider/model`; null: no target was reached
    /// @param errors how many of the requests did not get what they asked for
    /// @param unpriced how many used something that has no price: their cost is missing in `usd`
    /// @param usd US dollars, exact to a nano-dollar
    record Line(
            String caller,
            @Nullable String target,
            long requests,
            long errors,
            long unpriced,
            Usage usage,
            BigDecimal usd) {}

    /// Adds a call to the day on which it was over. False: the store did not answer, and it may be missing. True as well
    /// where the one line that it belongs to is damaged: whoever keeps the book tells of that. Never throws, and waits no
    /// longer than 1.5 s.
    boolean add(CallLog.Entry entry);

    /// That day's lines, by caller and target. Throws [PortFailure].
    List<Line> of(LocalDate day);
}
