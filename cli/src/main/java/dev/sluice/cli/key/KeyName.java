package dev.sluice.cli.key;

import java.util.Optional;
import java.util.Set;

/// What a key may be called.
public final class KeyName {
    private static final int LONGEST = 64;
    /// What logs call those who come without a named key.
    private static final Set<String> TAKEN = Set.of("master", "control", "anonymous", "owner");

    private KeyName() {}

    /// What is wrong with that name; empty: nothing.
    public static Optional<String> problem(String name) {
        boolean isWord = !name.isEmpty()
                && name.length() <= LONGEST
                && isLetterOrDigit(name.charAt(0))
                && name.chars().allMatch(c -> isLetterOrDigit(c) || c == '.' || c == '_' || c == '-');
        if (!isWord) {
            return Optional.of(
                    "a key's name has 1 to " + LONGEST + " letters, digits and ._- , a letter or digit first");
        }
        return TAKEN.contains(name)
                ? Optional.of(name + " is what logs call those who come without a named key: take another name")
                : Optional.empty();
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
