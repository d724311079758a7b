package dev.sluice.core.metering;

import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.UsageBook.Line;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lines of the book of usage: of one call, summed, and as JSON, the form they have between processes and in a file.
///
/// Money is counted in whole nano-dollars, so that sums are exact however they are made.
public final class UsageLines {
    /// The order that a book lists its lines in.
    public static final Comparator<Line> ORDER = Comparator.comparing(Line::caller)
            .thenComparing(Line::target, Comparator.nullsFirst(Comparator.naturalOrder()));

    private static final int NANO_DIGITS = 9;

    private UsageLines() {}

    /// What one call adds.
    public static Line of(CallLog.Entry entry) {
        BigDecimal usd = entry.usd();
        return new Line(
                entry.caller(),
                entry.target(),
                1,
                entry.failure() == null ? 0 : 1,
                usd == null && isAnyUsed(entry.usage()) ? 1 : 0,
                entry.usage(),
                usd(usd == null ? 0 : nanos(usd)));
    }

    private static boolean isAnyUsed(Usage usage) {
        return usage.prompt() > 0 || usage.outputOr0() > 0;
    }

    /// Rounded to the nearest.
    public static long nanos(BigDecimal usd) {
        return usd.movePointRight(NANO_DIGITS).setScale(0, RoundingMode.HALF_UP).longValue();
    }

    /// In the one form that equal sums have.
    public static BigDecimal usd(long nanos) {
        BigDecimal usd = BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros();
        return usd.signum() == 0 ? BigDecimal.ZERO : usd;
    }

    /// Of two lines of one caller and target.
    public static Line sum(Line one, Line other) {
        return new Line(
                one.caller(),
                one.target(),
                one.requests() + other.requests(),
                one.errors() + other.errors(),
                one.unpriced() + other.unpriced(),
                sum(one.usage(), other.usage()),
                usd(nanos(one.usd()) + nanos(other.usd())));
    }

    private static Usage sum(Usage one, Usage other) {
        return new Usage(
                sum(one.inputUncached(), other.inputUncached()),
                sum(one.cacheRead(), other.cacheRead()),
                sum(one.cacheWrite5m(), other.cacheWrite5m()),
                sum(one.cacheWrite1h(), other.cacheWrite1h()),
                sum(one.output(), other.output()),
                sum(one.reasoning(), other.reasoning()),
                sum(one.audioIn(), other.audioIn()),
                sum(one.audioOut(), other.audioOut()));
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one + other;
    }

    public static Json.Obj encode(Line line) {
        return Json.object()
                .put("caller", line.caller())
                .putIf("target", line.target())
                .put("requests", line.requests())
                .put("errors", line.errors())
                .put("unpriced", line.unpriced())
                .put("usage", CallLogJson.encode(line.usage()))
                .put("usd", new Json.Num(line.usd().toPlainString()))
                .build();
    }

    /// Empty: it is no line, or a damaged one.
    public static Optional<Line> decode(Json.Obj object) {
        String caller = object.text("caller");
        Long requests = object.whole("requests");
        BigDecimal usd = CallLogJson.number(object.field("usd"));
        if (caller == null || requests == null || usd == null) {
            return Optional.empty();
        }
        return Optional.of(new Line(
                caller,
                object.text("target"),
                requests,
                or0(object.whole("errors")),
                or0(object.whole("unpriced")),
                CallLogJson.usage(object.object("usage")),
                usd(nanos(usd))));
    }

    private static long or0(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
