package dev.sluice.cli.top;

import dev.sluice.cli.top.Snapshot.Sum;
import dev.sluice.cli.top.Strip.Span;
import dev.sluice.cli.top.Strip.Tone;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Amounts, times and money in few letters.
final class Words {
    static final String UNKNOWN = "–";

    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
    private static final double NEARLY = 0.8;
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private Words() {}

    /// `812`, `18.2k`, `1.2M`, `20M`.
    static String amount(long amount) {
        if (amount < 1_000) {
            return String.valueOf(amount);
        }
        if (amount < 999_950) {
            return scaled(amount, 1_000, "k");
        }
        return amount < 999_950_000L ? scaled(amount, 1_000_000, "M") : scaled(amount, 1_000_000_000, "G");
    }

    private static String scaled(long amount, long unit, String letter) {
        String number = String.format(Locale.ROOT, "%.1f", (double) amount / unit);
        return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + letter;
    }

    /// `12.3 kB`
    static String bytes(long bytes) {
        String amount = amount(bytes);
        char last = amount.charAt(amount.length() - 1);
        return Character.isDigit(last) ? amount + " B" : amount.substring(0, amount.length() - 1) + " " + last + "B";
    }

    /// `4.2 s`, `1:05`, `1:02:05`, `3 d 4 h`
    static String length(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, length.toMillis()) / 1000.0);
        }
        if (seconds < 3_600) {
            return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
        }
        return seconds < 86_400
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60)
                : seconds / 86_400 + " d " + seconds / 3_600 % 24 + " h";
    }

    /// `12:00:31 UTC`
    static String clock(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalTime()
                        .format(DateTimeFormatter.ISO_LOCAL_TIME)
                + " UTC";
    }

    /// `$1.23`; less than a cent is told as that.
    static String usd(BigDecimal usd) {
        if (usd.signum() > 0 && usd.compareTo(CENT) < 0) {
            return "<$0.01";
        }
        return "$" + usd.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    /// As far as it has prices; where nothing has one, it is not known, which is not nothing.
    static String known(Sum sum) {
        return sum.unpriced() > 0 && sum.usd().signum() == 0 ? UNKNOWN : usd(sum.usd());
    }

    /// With what is missing in it.
    static String usd(Sum sum) {
        long unpriced = sum.unpriced();
        return unpriced == 0
                ? usd(sum.usd())
                : known(sum) + " +" + unpriced + (unpriced == 1 ? " call" : " calls") + " without a price";
    }

    /// `$1.23+` where something is missing in it.
    static String usdOrMore(Sum sum) {
        return known(sum) + (sum.unpriced() == 0 ? "" : "+");
    }

    static String percent(double share) {
        return Math.round(Math.floor(share * 100)) + "%";
    }

    static Tone toneOfFill(double filled) {
        return filled >= 1 ? Tone.BAD : filled >= NEARLY ? Tone.WARN : Tone.GOOD;
    }

    /// A bar: what is used, what is reserved of it, what is left.
    static Span bar(double used, double reserved, int width) {
        int eighths = (int) Math.round(Math.clamp(used, 0, 1) * width * 8);
        int held = (int) Math.round(Math.clamp(reserved, 0, used) * width);
        int full = Math.max(0, eighths / 8 - held);
        int rest = eighths % 8;
        StringBuilder bar = new StringBuilder(width).repeat('█', full).repeat('▒', Math.min(held, width - full));
        if (held == 0 && rest > 0 && bar.length() < width) {
            bar.append(EIGHTHS.charAt(rest));
        }
        return new Span(bar.repeat('·', Math.max(0, width - bar.length())).toString(), toneOfFill(used));
    }
}
