package dev.sluice.cli.key;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Meant;
import dev.sluice.core.config.ConfigReading.ConfigError;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitJson;
import dev.sluice.model.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A key's own limits as they are typed: `requests=1000/day`, `tokens=2M/month`, `usd=5/2w`.
///
/// Each becomes a limit of one cap over all models, and is then read by the very rules of a provider's `rateLimits`.
public final class LimitSpec {
    private static final String FORM =
            "a limit is requests, tokens or usd, an amount and a window: requests=1000/day, tokens=2M/month, usd=5/2w";
    private static final Map<String, String> UNITS = units();
    private static final List<String> CAPS = List.of("requests", "tokens", "usd");

    private LimitSpec() {}

    private static Map<String, String> units() {
        Map<String, String> units = new HashMap<>();
        for (RateLimitConfig.Unit unit : RateLimitConfig.Unit.values()) {
            String name = unit.name().toLowerCase(Locale.ROOT);
            units.put(name, name);
            units.put(name + "s", name);
        }
        units.putAll(Map.of(
                "s", "second", "sec", "second", "min", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month"));
        return units;
    }

    /// The limits; ends the command for the first that is none, or when there are more than a key can have.
    public static List<RateLimitConfig> parse(List<String> specs) {
        List<Json> limits = new ArrayList<>();
        for (String spec : specs) {
            limits.add(limit(spec.strip()));
        }
        RateLimitJson.Reading reading = RateLimitJson.decode(
                Json.object().put(RateLimitJson.FIELD, Json.array(limits)).build());
        if (!reading.errors().isEmpty()) {
            throw refused(specs, reading.errors().getFirst());
        }
        return reading.limits();
    }

    private static Json.Obj limit(String spec) {
        int equals = spec.indexOf('=');
        int slash = spec.indexOf('/', equals + 1);
        String cap = equals < 0 ? "" : spec.substring(0, equals).strip();
        if (slash < 0 || !CAPS.contains(cap)) {
            throw CommandFailure.usage(
                    "--limit " + spec + ": " + FORM + Meant.of(cap, CAPS).orElse(""));
        }
        String amount = spec.substring(equals + 1, slash).strip();
        String window = spec.substring(slash + 1).strip();
        int digits = 0;
        while (digits < window.length() && Character.isDigit(window.charAt(digits))) {
            digits++;
        }
        String size = digits == 0 ? "1" : window.substring(0, digits);
        String unit = unit(spec, window.substring(digits).strip());
        Json value = cap.equals("usd") ? Json.of(decimal(spec, amount)) : new Json.Num(whole(spec, amount));
        String name = cap + "-" + (size.equals("1") ? "" : size + "-") + unit;
        return Json.object()
                .put("id", name)
                .put("name", name)
                .put("models", Json.strings(List.of("all")))
                .put(cap, value)
                .put(
                        "window",
                        Json.object()
                                .put("unit", unit)
                                .put("size", new Json.Num(size))
                                .build())
                .build();
    }

    private static String unit(String spec, String text) {
        if (text.equals("m")) {
            throw CommandFailure.usage("--limit " + spec + ": m may be a minute or a month: write min or month");
        }
        String unit = UNITS.get(text.toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw CommandFailure.usage("--limit " + spec + ": a window is second, minute, hour, day, week or month, or"
                    + " several as in 2w; not " + text
                    + Meant.of(text, UNITS.values()).orElse(""));
        }
        return unit;
    }

    private static String whole(String spec, String amount) {
        try {
            return scaled(amount).toBigIntegerExact().toString();
        } catch (ArithmeticException | NumberFormatException none) {
            throw CommandFailure.usage(
                    "--limit " + spec + ": the amount is a whole number such as 1000, 50k or 2M; not " + amount);
        }
    }

    private static String decimal(String spec, String amount) {
        try {
            return scaled(amount.startsWith("$") ? amount.substring(1) : amount).toPlainString();
        } catch (NumberFormatException none) {
            throw CommandFailure.usage(
                    "--limit " + spec + ": the amount is in dollars, such as 5 or 12.50; not " + amount);
        }
    }

    private static BigDecimal scaled(String amount) {
        if (amount.isEmpty() || amount.length() > 20 || amount.indexOf('e') >= 0 || amount.indexOf('E') >= 0) {
            throw new NumberFormatException(amount);
        }
        char last = amount.charAt(amount.length() - 1);
        int zeros = last == 'k' || last == 'K' ? 3 : last == 'M' ? 6 : 0;
        String number = zeros == 0 ? amount : amount.substring(0, amount.length() - 1);
        return new BigDecimal(number).scaleByPowerOfTen(zeros);
    }

    /// The reader names a place in the list; a person has typed one of several limits.
    private static CommandFailure refused(List<String> specs, ConfigError error) {
        String path = error.path();
        int open = path.indexOf('[');
        int close = path.indexOf(']');
        if (open < 0 || close < open) {
            return CommandFailure.usage("--limit: " + error.found() + ", expected " + error.expected());
        }
        String spec = specs.get(Integer.parseInt(path.substring(open + 1, close)));
        String expected = error.expected().replace(", or null", ""); // nobody types that
        return CommandFailure.usage(
                path.endsWith(".id")
                        ? "--limit " + spec + ": there is a limit of that kind and window already"
                        : "--limit " + spec + ": found " + error.found() + ", expected " + expected);
    }

    /// As they would be typed.
    public static String format(List<RateLimitConfig> limits) {
        return limits.stream().flatMap(limit -> caps(limit).stream()).collect(Collectors.joining(", "));
    }

    private static List<String> caps(RateLimitConfig limit) {
        String unit = limit.window().unit().name().toLowerCase(Locale.ROOT);
        int size = limit.window().size();
        String window = "/" + (size == 1 ? unit : size + unit + "s");
        List<String> caps = new ArrayList<>();
        if (limit.requests() != null) {
            caps.add("requests=" + limit.requests() + window);
        }
        if (limit.tokens() != null) {
            caps.add("tokens=" + limit.tokens() + window);
        }
        if (limit.usd() != null) {
            caps.add("usd=" + limit.usd().toPlainString() + window);
        }
        return caps;
    }
}
