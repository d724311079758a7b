package dev.sluice.cli.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps secrets out of what is told: whoever comes by one says so, and it is struck out of every text from then on.
final class Shade {
    private static final int SHORTEST = 6;
    private static final String STRUCK = "***";

    private final List<String> secrets = new CopyOnWriteArrayList<>();

    void hide(String secret) {
        if (secret.length() >= SHORTEST && !secrets.contains(secret)) {
            secrets.add(secret);
        }
    }

    String over(String text) {
        String clean = text;
        // the longest first: one may be a part of another
        for (String secret : secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            clean = clean.replace(secret, STRUCK);
        }
        return clean;
    }
}
