package dev.sluice.core.gateway;

import dev.sluice.model.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A request's path, freed of all that is forgiven: prefix, version (doubled or missing), empty segments.
///
/// @param prefix the dialect of a leading `/openai`, `/anthropic`, `/gemini` or `/ollama`
/// @param beta whether `v1beta` was among the versions
/// @param rest the segments after that, still encoded
record RequestPath(@Nullable Dialect prefix, boolean beta, List<String> rest) {
    private static final Map<String, Dialect> PREFIXES = Map.of(
            "openai", Dialect.OPENAI_CHAT,
            "anthropic", Dialect.ANTHROPIC,
            "gemini", Dialect.GEMINI,
            "ollama", Dialect.OLLAMA_CHAT);
    private static final String BETA = "v1beta";

    static RequestPath of(String rawPath) {
        List<String> segments = segments(rawPath);
        Dialect prefix = segments.isEmpty() ? null : PREFIXES.get(segments.getFirst());
        int from = prefix == null ? 0 : 1;
        boolean beta = false;
        while (from < segments.size() && isVersion(segments.get(from))) {
            beta |= segments.get(from).equals(BETA);
            from++;
        }
        return new RequestPath(prefix, beta, List.copyOf(segments.subList(from, segments.size())));
    }

    /// The path as its dialect's documents have it, encoded as it came.
    String canonical() {
        if (rest.isEmpty() || rest.equals(List.of("route"))) {
            return "/" + String.join("/", rest);
        }
        String version = starts("api") ? "/" : beta ? "/" + BETA + "/" : "/v1/";
        return version + String.join("/", rest);
    }

    /// The path of a Gemini operation, as in `/v1beta/models/a/b:generateContent`.
    ///
    /// @param id model, colon and operation, decoded
    String operation(String id) {
        return (beta ? "/" + BETA : "/v1") + "/models/" + QueryString.encodedPath(id);
    }

    boolean is(String... segments) {
        return rest.equals(List.of(segments));
    }

    boolean starts(String segment) {
        return !rest.isEmpty() && rest.getFirst().equals(segment);
    }

    /// All after the first segment, decoded: an id, which may hold slashes of its own, encoded or not.
    Optional<String> id() {
        return rest.size() < 2
                ? Optional.empty()
                : Optional.of(rest.stream().skip(1).map(QueryString::decode).collect(Collectors.joining("/")));
    }

    private static boolean isVersion(String segment) {
        return segment.equals("v1") || segment.equals(BETA);
    }

    private static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        int from = 0;
        while (from < rawPath.length()) {
            int slash = rawPath.indexOf('/', from);
            int to = slash < 0 ? rawPath.length() : slash;
            if (to > from) {
                segments.add(rawPath.substring(from, to));
            }
            from = to + 1;
        }
        return segments;
    }
}
