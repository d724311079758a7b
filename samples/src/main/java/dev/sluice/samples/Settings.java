package dev.sluice.samples;

import java.util.Map;

/// Where Sluice is and what to ask it for.
record Settings(String url, String key, String model) {
    static Settings from(Map<String, String> environment) {
        String key = environment.get("SLUICE_KEY");
        if (key == null || key.isEmpty()) {
            throw new IllegalArgumentException("Put your key into SLUICE_KEY.");
        }
        return new Settings(
                environment.getOrDefault("SLUICE_URL", "http://127.0.0.1:8787"),
                key,
                environment.getOrDefault("SLUICE_MODEL", "demo/demo"));
    }
}
