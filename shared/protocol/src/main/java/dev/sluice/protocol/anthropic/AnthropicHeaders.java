package dev.sluice.protocol.anthropic;

import dev.sluice.model.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The dialect's headers: which of a client's go on to a provider, and what they say.
final class AnthropicHeaders {
    static final String VERSION = "anthropic-version";
    static final String BETA = "anthropic-beta";
    static final String DEFAULT_VERSION = "2023-06-01";

    /// The first version without sampling parameters.
    static final String WITHOUT_SAMPLING = "2026-10-21";

    private static final Set<String> FORWARDED =
            Set.of("user-agent", "x-app", "x-session-id", "x-session-affinity", "session-id", "session_id");

    /// Open lists: new capabilities of the dialect come with new headers (Claude Code's gateway protocol reference).
    private static final List<String> FORWARDED_PREFIXES = List.of("anthropic-", "x-stainless-", "x-claude-code-");

    private AnthropicHeaders() {}

    static Headers forwarded(Headers client) {
        return new Headers(client.fields().stream()
                .filter(field -> isForwarded(field.name()))
                .toList());
    }

    private static boolean isForwarded(String name) {
        return FORWARDED.contains(name) || FORWARDED_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /// The beta features of all `anthropic-beta` lines.
    static List<String> betas(Headers headers) {
        List<String> betas = new ArrayList<>();
        for (String line : headers.all(BETA)) {
            int from = 0;
            for (int comma = line.indexOf(','); from <= line.length(); comma = line.indexOf(',', from)) {
                int to = comma < 0 ? line.length() : comma;
                String beta = line.substring(from, to).strip();
                if (!beta.isEmpty()) {
                    betas.add(beta);
                }
                from = to + 1;
            }
        }
        return betas;
    }

    /// The dialect's own headers of a request.
    static Headers of(String version, List<String> betas) {
        Headers headers = Headers.of(VERSION, version.isEmpty() ? DEFAULT_VERSION : version);
        return betas.isEmpty() ? headers : headers.with(BETA, String.join(",", betas));
    }
}
