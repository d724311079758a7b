package dev.sluice.core.metering;

import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import dev.sluice.protocol.json.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call of the call log as JSON, the one form it has in lines and in every store: what clients chose (model names)
/// cannot break the line.
///
/// Moments and durations are exact to the millisecond; what is finer is cut off. Fields of later versions are left alone.
public final class CallLogJson {
    private static final int MILLIS_DIGITS = 3;
    private static final int LONGEST_NUMBER = 40;

    private CallLogJson() {}

    /// Without a line end.
    public static String line(CallLog.Entry entry) {
        return JsonText.print(encode(entry));
    }

    public static Json.Obj encode(CallLog.Entry entry) {
        Duration first = entry.firstContent();
        Failure.Kind failure = entry.failure();
        BigDecimal usd = entry.usd();
        return Json.object()
                .put("at", entry.at().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("requestId", entry.requestId())
                .put("caller", entry.caller())
                .put("dialect", entry.dialect())
                .putIf("tool", entry.tool())
                .put("model", entry.model())
                .put("target", Json.orNull(entry.target()))
                .put("status", entry.status())
                .put("outcome", entry.outcome())
                .putIf("reason", entry.reason())
                .putIf("failure", failure == null ? null : failure.name().toLowerCase(Locale.ROOT))
                .put("streamed", entry.streamed())
                .put("attempts", Json.strings(entry.attempts()))
                .put("state", Json.strings(entry.state()))
                .put("usage", encode(entry.usage()))
                .putIf("usd", usd == null ? null : new Json.Num(usd.toPlainString()))
                .put("seconds", millis(entry.total()))
                .putIf("secondsToFirst", first == null ? null : millis(first))
                .build();
    }

    static Json encode(Usage usage) {
        return Json.object()
                .putIf("inputUncached", usage.inputUncached())
                .putIf("cacheRead", usage.cacheRead())
                .putIf("cacheWrite5m", usage.cacheWrite5m())
                .putIf("cacheWrite1h", usage.cacheWrite1h())
                .putIf("output", usage.output())
                .putIf("reasoning", usage.reasoning())
                .putIf("audioIn", usage.audioIn())
                .putIf("audioOut", usage.audioOut())
                .build();
    }

    private static Json millis(Duration duration) {
        return new Json.Num(
                BigDecimal.valueOf(duration.toMillis(), MILLIS_DIGITS).toPlainString());
    }

    /// Empty: it is no call, or a damaged one.
    public static Optional<CallLog.Entry> decode(Json.Obj object) {
        Instant at = instant(object.text("at"));
        String id = object.text("requestId");
        String caller = object.text("caller");
        Long status = object.whole("status");
        String outcome = object.text("outcome");
        Duration total = duration(object.field("seconds"));
        if (at == null || id == null || caller == null || status == null || outcome == null || total == null) {
            return Optional.empty();
        }
        return Optional.of(new CallLog.Entry(
                at,
                id,
                caller,
                object.text("dialect", "-"),
                object.text("tool"),
                object.text("model", "-"),
                object.text("target"),
                Math.clamp(status, 0, 999),
                outcome,
                object.text("reason"),
                object.isTrue("streamed"),
                texts(object.items("attempts")),
                texts(object.items("state")),
                usage(object.object("usage")),
                total,
                duration(object.field("secondsToFirst")),
                failure(object.text("failure")),
                number(object.field("usd"))));
    }

    static Usage usage(Json.@Nullable Obj usage) {
        return usage == null
                ? Usage.NONE
                : new Usage(
                        usage.whole("inputUncached"),
                        usage.whole("cacheRead"),
                        usage.whole("cacheWrite5m"),
                        usage.whole("cacheWrite1h"),
                        usage.whole("output"),
                        usage.whole("reasoning"),
                        usage.whole("audioIn"),
                        usage.whole("audioOut"));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException noTime) {
            return null;
        }
    }

    private static @Nullable Duration duration(@Nullable Json value) {
        BigDecimal seconds = number(value);
        return seconds == null || seconds.signum() < 0 || seconds.precision() - seconds.scale() > 9
                ? null
                : Duration.ofMillis(seconds.movePointRight(MILLIS_DIGITS).longValue());
    }

    static @Nullable BigDecimal number(@Nullable Json value) {
        try {
            return value instanceof Json.Num(String literal) && literal.length() <= LONGEST_NUMBER
                    ? new BigDecimal(literal)
                    : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    private static Failure.@Nullable Kind failure(@Nullable String name) {
        for (Failure.Kind kind : Failure.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return kind;
            }
        }
        return null;
    }

    private static List<String> texts(List<Json> items) {
        List<String> texts = new ArrayList<>();
        for (Json item : items) {
            if (item instanceof Json.Str(String text)) {
                texts.add(text);
            }
        }
        return List.copyOf(texts);
    }

    /// With two decimals.
    public static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis())
                .movePointLeft(3)
                .setScale(2, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
