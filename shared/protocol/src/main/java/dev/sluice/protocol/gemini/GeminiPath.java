package dev.sluice.protocol.gemini;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a path of the dialect names: a model, and the operation behind its last colon.
record GeminiPath(String model, String operation) {
    static final String GENERATE = "generateContent";
    static final String STREAM = "streamGenerateContent";
    static final String COUNT = "countTokens";

    private static final String COLLECTION = "models/";
    private static final String VERSION = "/v1beta/";

    /// @param path encoded, as it came; one that names no model has an empty model
    static GeminiPath of(String path) {
        int at = path.indexOf("/" + COLLECTION);
        String rest = at < 0 ? "" : path.substring(at + 1 + COLLECTION.length());
        int colon = rest.lastIndexOf(':');
        return new GeminiPath(
                bare(decoded(colon < 0 ? rest : rest.substring(0, colon))), colon < 0 ? "" : rest.substring(colon + 1));
    }

    boolean isStream() {
        return operation.equals(STREAM);
    }

    /// The path and query for a provider; streams are always asked for as server-sent events.
    static String to(String model, String operation) {
        List<String> segments = new ArrayList<>();
        for (String segment : Pieces.of(named(model), '/')) {
            segments.add(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        String query = operation.equals(STREAM) ? "?alt=sse" : "";
        return VERSION + String.join("/", segments) + ":" + operation + query;
    }

    /// The model with its collection, as bodies name it.
    static String named(String model) {
        return model.contains(COLLECTION) || model.startsWith("tunedModels/") ? model : COLLECTION + model;
    }

    private static String bare(String model) {
        return model.startsWith(COLLECTION) ? bare(model.substring(COLLECTION.length())) : model;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
