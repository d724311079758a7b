package dev.sluice.core.config;

import dev.sluice.model.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Reads numbers with a point: amounts of money, which are strings so that no reader rounds them, and shares.
final class Decimals {
    private static final int MOST_WHOLE_DIGITS = 9;
    private static final int MOST_DECIMALS = 12;
    private static final String AMOUNT =
            "a decimal string such as \"5.00\": not negative, at most 9 digits before the point and 12 after it";

    private Decimals() {}

    /// The amount; null: none, or wrong, which is noted.
    static @Nullable BigDecimal amount(ObjectFields fields, String name) {
        Json value = fields.presentOrNull(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Json.Str(String text) && isPlain(text)) {
            return new BigDecimal(text);
        }
        fields.wrong(name, AMOUNT);
        return null;
    }

    /// The share from 0 to 1, a number; 0 when it is missing or wrong, which is noted.
    static BigDecimal share(ObjectFields fields, String name) {
        Json value = fields.field(name);
        if (value == null) {
            return BigDecimal.ZERO;
        }
        if (value instanceof Json.Num(String literal) && isPlain(literal)) {
            BigDecimal share = new BigDecimal(literal);
            if (share.compareTo(BigDecimal.ONE) <= 0) {
                return share;
            }
        }
        fields.wrong(name, "a number from 0 to 1, with at most 12 digits after the point");
        return BigDecimal.ZERO;
    }

    /// Digits, and perhaps a point with digits after it; no sign and no exponent.
    private static boolean isPlain(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String decimals = point < 0 ? "0" : text.substring(point + 1);
        return areDigits(whole, MOST_WHOLE_DIGITS) && areDigits(decimals, MOST_DECIMALS);
    }

    private static boolean areDigits(String text, int most) {
        return !text.isEmpty() && text.length() <= most && text.chars().allMatch(Spelling::isDigit);
    }
}
