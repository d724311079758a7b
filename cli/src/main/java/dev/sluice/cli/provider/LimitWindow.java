package dev.sluice.cli.provider;

import dev.sluice.cli.Meant;
import dev.sluice.model.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A limit's window as people write it: `month:1`, `1w`, `7day`, `hour/6`, `day`.
///
/// @param unit as in a configuration
public record LimitWindow(String unit, long size) {
    /// What to write, for messages.
    public static final String FORM =
            "a number and a unit, such as month:1, 1w or 7day (s, min, h, d, w, mo and their whole words)";

    private static final int MOST_DIGITS = 5;
    private static final Map<String, List<String>> WORDS = Map.of(
            "second", List.of("s", "sec", "secs", "second", "seconds"),
            "minute", List.of("m", "min", "mins", "minute", "minutes"),
            "hour", List.of("h", "hr", "hrs", "hour", "hours"),
            "day", List.of("d", "day", "days"),
            "week", List.of("w", "wk", "wks", "week", "weeks"),
            "month", List.of("mo", "mon", "month", "months"));

    /// Empty: it is no window.
    public static Optional<LimitWindow> parse(String text) {
        String clean = text.strip().toLowerCase(Locale.ROOT);
        int letters = 0;
        while (letters < clean.length() && isLetter(clean.charAt(letters))) {
            letters++;
        }
        int digits = 0;
        while (digits < clean.length() && isDigit(clean.charAt(digits))) {
            digits++;
        }
        return digits > 0
                ? of(withoutBetween(clean.substring(digits)), clean.substring(0, digits))
                : of(clean.substring(0, letters), withoutBetween(clean.substring(letters)));
    }

    /// What is said to a text that is no window.
    public static String refusal(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return text + " is no window: write " + FORM
                + Meant.of(word, WORDS.keySet()).orElse("");
    }

    private static Optional<LimitWindow> of(String word, String number) {
        String unit = units().get(word);
        boolean isNumber = number.length() <= MOST_DIGITS && number.chars().allMatch(LimitWindow::isDigit);
        return unit == null || !isNumber
                ? Optional.empty()
                : Optional.of(new LimitWindow(unit, number.isEmpty() ? 1 : Long.parseLong(number)));
    }

    private static Map<String, String> units() {
        Map<String, String> units = new HashMap<>();
        WORDS.forEach((unit, words) -> words.forEach(word -> units.put(word, unit)));
        return units;
    }

    /// Without what may stand between unit and number, once.
    private static String withoutBetween(String text) {
        boolean isBetween = !text.isEmpty() && ":/ ".indexOf(text.charAt(0)) >= 0;
        return isBetween ? text.substring(1).strip() : text;
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// An id for a limit of that window.
    public String id() {
        return size == 1 ? unit : size + "-" + unit;
    }

    /// As in a configuration.
    public Json.Obj json() {
        return Json.object().put("unit", unit).put("size", size).build();
    }
}
