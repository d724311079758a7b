package dev.sluice.core.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whether a key that somebody has thought up is hard enough to guess. What it says never shows any of the key.
///
/// Keys of [FreshKey] always pass.
public final class KeyStrength {
    private static final int SHORTEST = 24;
    private static final int LONGEST = 256;
    private static final int ENOUGH_KINDS = 3;
    private static final int LONG_FOR_TWO_KINDS = 40;
    private static final int FEWEST_CHARACTERS = 10;
    private static final int LONGEST_RUN = 5;
    private static final List<String> WORDS = List.of(
            "password", "changeme", "default", "secret", "token", "admin", "qwerty", "letmein", "123456", "sluice");

    private KeyStrength() {}

    /// Everything that speaks against the key, each with what would pass; empty when it is strong enough.
    public static List<String> faults(String key) {
        List<String> faults = new ArrayList<>();
        if (!key.chars().allMatch(KeyStrength::isPlain)) {
            faults.add("It has a character that does not pass through an HTTP header as it is: use letters, digits and"
                    + " symbols of ASCII, without spaces.");
        }
        if (key.length() < SHORTEST || key.length() > LONGEST) {
            faults.add("It has " + key.length() + " characters: use " + SHORTEST + " to " + LONGEST + ".");
        }
        int kinds = kinds(key);
        if (kinds < ENOUGH_KINDS && !(kinds == 2 && key.length() >= LONG_FOR_TWO_KINDS)) {
            faults.add("It has " + kinds + " of the four kinds small letter, capital letter, digit, symbol: use three,"
                    + " or two and at least " + LONG_FOR_TWO_KINDS + " characters (as hex does).");
        }
        long different = key.chars().distinct().count();
        if (different < FEWEST_CHARACTERS) {
            faults.add("It is made of " + different + " different characters: use at least " + FEWEST_CHARACTERS + ".");
        }
        addPatterns(key, faults);
        return faults;
    }

    private static void addPatterns(String key, List<String> faults) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (WORDS.stream().anyMatch(lower::contains)) {
            faults.add("It contains a word that guessers try first (such as password, secret, admin or 123456): use"
                    + " random characters instead of words.");
        }
        if (longestRun(key, 0) > LONGEST_RUN) {
            faults.add("It has one character more than " + LONGEST_RUN + " times in a row: use it less often.");
        }
        if (Math.max(longestRun(lower, 1), longestRun(lower, -1)) > LONGEST_RUN) {
            faults.add("It has more than " + LONGEST_RUN
                    + " characters in the order of the alphabet or of counting: mix them.");
        }
        if (isRepeated(key)) {
            faults.add("It is one part written several times: use random characters all along.");
        }
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7F;
    }

    private static int kinds(String key) {
        int kinds = 0;
        kinds += key.chars().anyMatch(Character::isLowerCase) ? 1 : 0;
        kinds += key.chars().anyMatch(Character::isUpperCase) ? 1 : 0;
        kinds += key.chars().anyMatch(Character::isDigit) ? 1 : 0;
        kinds += key.chars().anyMatch(c -> !Character.isLetterOrDigit(c)) ? 1 : 0;
        return kinds;
    }

    /// The most characters in a row of which each is that far from the one before it.
    private static int longestRun(String key, int distance) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < key.length(); i++) {
            run = i > 0 && key.charAt(i) - key.charAt(i - 1) == distance ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static boolean isRepeated(String key) {
        for (int part = 1; part <= key.length() / 2; part++) {
            if (key.regionMatches(part, key, 0, key.length() - part)) {
                return true;
            }
        }
        return false;
    }
}
