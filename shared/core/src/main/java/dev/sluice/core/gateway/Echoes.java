package dev.sluice.core.gateway;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes out of a failure's words what they repeat of the request: some providers quote the prompt that they refuse, and
/// the log keeps none.
///
/// Sixteen letters in a row that any text of the body has as well count as repeated. Names that the log tells anyway stay.
final class Echoes {
    private static final int LEAST = 16;
    private static final int LONGEST = 400;
    private static final int FACTOR = 31;
    private static final int LIKELY = 8_192; // a power of two
    private static final int OLDEST = oldest();

    private final String words;
    private final boolean[] repeated;
    /// The places of all stretches of the words that were not found yet, by their hash.
    private final Map<Integer, List<Integer>> places = new HashMap<>();
    /// Those hashes by their last bits: a body has millions of stretches, and hardly one of them is among the words.
    private final boolean[] isLikely = new boolean[LIKELY];

    private Echoes(String words) {
        this.words = words;
        this.repeated = new boolean[words.length()];
    }

    /// @param body as it came; where it cannot be read, nothing of longer words is told
    /// @param names of models, as they were asked for and reached
    static String without(String failure, byte[] body, Collection<String> names) {
        String words = failure.length() <= LONGEST ? failure : failure.substring(0, LONGEST) + "\u2026";
        if (words.length() < LEAST || body.length == 0) {
            return words;
        }
        Json request = JsonText.objectOrNull(body, 0, body.length);
        if (request == null) {
            return words.substring(0, LEAST - 1) + "\u2026";
        }
        Echoes echoes = new Echoes(words);
        echoes.learn();
        echoes.look(request);
        names.forEach(echoes::keep);
        return echoes.rest();
    }

    private static int oldest() {
        int power = 1;
        for (int i = 0; i < LEAST; i++) {
            power *= FACTOR;
        }
        return power;
    }

    private void learn() {
        int hash = 0;
        for (int i = 0; i < words.length(); i++) {
            hash = rolled(hash, words, i);
            if (i >= LEAST - 1) {
                places.computeIfAbsent(hash, _ -> new ArrayList<>()).add(i - LEAST + 1);
                isLikely[hash & LIKELY - 1] = true;
            }
        }
    }

    private static int rolled(int hash, String text, int i) {
        int gone = i >= LEAST ? text.charAt(i - LEAST) * OLDEST : 0;
        return hash * FACTOR + text.charAt(i) - gone;
    }

    private void look(Json request) {
        Deque<Json> rest = new ArrayDeque<>(List.of(request));
        while (!rest.isEmpty()) {
            switch (rest.pop()) {
                case Json.Obj(Map<String, Json> fields) -> fields.values().forEach(rest::push);
                case Json.Arr(List<Json> items) -> items.forEach(rest::push);
                case Json.Str(String text) -> look(text);
                case Json.Num _, Json.Bool _, Json.Null _ -> {}
            }
        }
    }

    private void look(String text) {
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = rolled(hash, text, i);
            if (i >= LEAST - 1 && isLikely[hash & LIKELY - 1]) {
                found(hash, text, i - LEAST + 1);
            }
        }
    }

    /// A place is found once: however often a body repeats itself, nothing is compared again.
    private void found(int hash, String text, int from) {
        List<Integer> same = places.get(hash);
        if (same != null && same.removeIf(place -> isRepeated(place, text, from)) && same.isEmpty()) {
            places.remove(hash);
        }
    }

    private boolean isRepeated(int place, String text, int from) {
        boolean isRepeated = words.regionMatches(place, text, from, LEAST);
        if (isRepeated) {
            Arrays.fill(repeated, place, place + LEAST, true);
        }
        return isRepeated;
    }

    private void keep(String name) {
        if (name.isEmpty()) {
            return;
        }
        for (int at = words.indexOf(name); at >= 0; at = words.indexOf(name, at + 1)) {
            Arrays.fill(repeated, at, at + name.length(), false);
        }
    }

    private String rest() {
        StringBuilder rest = new StringBuilder(words.length());
        for (int i = 0; i < words.length(); i++) {
            if (!repeated[i]) {
                rest.append(words.charAt(i));
            } else if (i == 0 || !repeated[i - 1]) {
                rest.append('\u2026');
            }
        }
        return rest.toString();
    }
}
