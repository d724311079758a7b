package dev.sluice.cli.top;

import dev.sluice.cli.top.Snapshot.Spend;
import dev.sluice.cli.top.Snapshot.SpendLine;
import dev.sluice.cli.top.Snapshot.Sum;
import dev.sluice.core.ports.UsageBook;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What was used today and this month (UTC), summed anew at each look. Days before yesterday are read once.
final class Spending {
    private final UsageBook book;
    private final Map<LocalDate, List<UsageBook.Line>> past = new HashMap<>();

    Spending(UsageBook book) {
        this.book = book;
    }

    /// Empty: nobody counts. Throws `PortFailure`.
    Optional<Spend> at(Instant now) {
        if (book.equals(UsageBook.NONE)) {
            return Optional.empty();
        }
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        Map<String, Sum> ofToday = sums(of(today, today));
        TreeMap<String, Sum> ofMonth = new TreeMap<>();
        for (LocalDate day = today.withDayOfMonth(1); !day.isAfter(today); day = day.plusDays(1)) {
            sums(of(day, today)).forEach((what, sum) -> ofMonth.merge(what, sum, Sum::plus));
        }
        List<SpendLine> lines = new ArrayList<>();
        ofMonth.forEach((what, sum) -> {
            if (!what.isEmpty()) {
                lines.add(new SpendLine(what, ofToday.getOrDefault(what, Sum.NONE), sum));
            }
        });
        lines.sort(Comparator.comparing((SpendLine line) -> line.month().usd())
                .reversed()
                .thenComparing(line -> line.month().requests(), Comparator.reverseOrder())
                .thenComparing(SpendLine::what));
        return Optional.of(new Spend(ofToday.getOrDefault("", Sum.NONE), ofMonth.getOrDefault("", Sum.NONE), lines));
    }

    private List<UsageBook.Line> of(LocalDate day, LocalDate today) {
        if (!day.isBefore(today.minusDays(1))) {
            return book.of(day);
        }
        return past.computeIfAbsent(day, book::of);
    }

    /// By target, by key, and under the empty name all of it.
    private static Map<String, Sum> sums(List<UsageBook.Line> lines) {
        Map<String, Sum> sums = new HashMap<>();
        for (UsageBook.Line line : lines) {
            Sum sum = new Sum(line.usd(), line.requests(), line.errors(), line.unpriced());
            sums.merge("", sum, Sum::plus);
            sums.merge("key " + line.caller(), sum, Sum::plus);
            String target = line.target();
            if (target != null) {
                sums.merge(target, sum, Sum::plus);
            }
        }
        return sums;
    }
}
