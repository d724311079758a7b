package dev.sluice.core.config;

import dev.sluice.core.config.ConfigReading.ConfigError;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What is found while one document is read: errors, and parts without effect in this version.
final class Findings {
    private static final int MOST = 1000;

    private final List<ConfigError> errors = new ArrayList<>();
    private final List<String> notYetInForce = new ArrayList<>();
    private final List<Mention> mentions = new ArrayList<>();
    private int more;

    /// A ref to check when everything it could lead to is known; `by` is the ref of the model that mentions it.
    record Mention(String path, String ref, String by) {}

    void mention(Mention mention) {
        mentions.add(mention);
    }

    List<Mention> mentions() {
        return mentions;
    }

    void wrong(String path, Json found, String expected) {
        say(path, Shown.of(found), expected);
    }

    void say(String path, String found, String expected) {
        if (isFull()) {
            more++;
        } else {
            errors.add(new ConfigError(path, found, expected));
        }
    }

    void notYet(String path, String sentence) {
        notYetInForce.add("`" + path + "`: " + sentence);
    }

    /// Whether further errors are only counted.
    boolean isFull() {
        return errors.size() >= MOST;
    }

    boolean isClean() {
        return errors.isEmpty();
    }

    List<ConfigError> errors() {
        List<ConfigError> all = new ArrayList<>(errors);
        if (more > 0) {
            all.add(new ConfigError("", more + " more errors", "the errors above corrected first"));
        }
        return List.copyOf(all);
    }

    List<String> notYetInForce() {
        return List.copyOf(notYetInForce);
    }

    /// What was expected instead of an unknown name: the nearest one, or, of few, all.
    static String nearest(String wanted, Collection<String> known) {
        return NearestName.of(wanted, known)
                .map(near -> "a known name; the nearest is `" + near + "`")
                .orElse(known.isEmpty() ? "nothing here" : "one of " + String.join(", ", known));
    }

    /// The path of a field: plain names with a dot, others in brackets and quotes.
    static String path(String within, String name) {
        if (Shown.looksSecret(name)) {
            return within + "[…]";
        }
        boolean isPlain = !name.isEmpty() && name.length() <= 64 && name.chars().allMatch(Spelling::isPlain);
        if (!isPlain) {
            return within + "[" + Shown.text(name) + "]";
        }
        return within.isEmpty() ? name : within + "." + name;
    }
}
