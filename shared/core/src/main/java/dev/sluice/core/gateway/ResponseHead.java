package dev.sluice.core.gateway;

import dev.sluice.model.Degradation;
import dev.sluice.model.Headers;
import dev.sluice.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The headers of every answer: what was known when they left.
final class ResponseHead {
    static final int DEGRADED_BYTES = 1024;
    private static final Set<String> RELAYED = Set.of(
            "retry-after", "retry-after-ms", "x-should-retry", "x-request-id", "request-id", "openai-processing-ms");
    private static final List<String> RELAYED_PREFIXES = List.of("anthropic-ratelimit-", "x-ratelimit-");

    private ResponseHead() {}

    /// Of an upstream's headers those that a same-dialect client gets: never cookies or organisation names.
    static Headers relayed(Headers upstream) {
        List<Headers.Field> fields = new ArrayList<>();
        for (Headers.Field field : upstream.fields()) {
            if (isRelayed(field.name())) {
                fields.add(field);
            }
        }
        return new Headers(fields);
    }

    private static boolean isRelayed(String name) {
        if (RELAYED.contains(name)) {
            return true;
        }
        for (String prefix : RELAYED_PREFIXES) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /// The gateway's own headers for a call, over those relayed from the upstream.
    static Headers of(ChatCall call, Headers relayed) {
        List<Headers.Field> fields = new ArrayList<>(own(call.id, relayed).fields());
        if (call.target != null) {
            fields.add(new Headers.Field("x-sluice-model", ascii(call.target.ref())));
        }
        fields.add(new Headers.Field("x-sluice-route", ascii(call.route.label())));
        list(fields, "x-sluice-attempts", call.attempts);
        list(fields, "x-sluice-skipped", call.skipped);
        if (!call.degraded.isEmpty()) {
            fields.add(new Headers.Field("x-sluice-degraded", degraded(call.degraded)));
        }
        list(fields, "x-sluice-state", call.state());
        return new Headers(fields);
    }

    /// Of a count of tokens.
    static Headers of(Counting.Counted counted) {
        Headers headers =
                Headers.of("x-sluice-model", ascii(counted.by().ref())).with("x-sluice-route", ascii(counted.route()));
        return counted.isEstimate() ? headers.with("x-sluice-estimated", "tokens") : headers;
    }

    /// The headers of any answer, also of those before there is a call.
    static Headers own(RequestId id, Headers relayed) {
        String ours = id.toString();
        String theirs = relayed.first("request-id")
                .or(() -> relayed.first("x-request-id"))
                .orElse(ours);
        Headers headers = relayed.has("request-id") ? relayed : relayed.with("request-id", theirs);
        return (headers.has("x-request-id") ? headers : headers.with("x-request-id", theirs))
                .with("x-sluice-request-id", ours);
    }

    /// Tokens on whole answers; a kind that was not reported is left out.
    static Headers usage(Usage usage) {
        StringJoiner text = new StringJoiner(", ");
        count(text, "input", usage.inputUncached());
        count(text, "cache-read", usage.cacheRead());
        count(text, "cache-write-5m", usage.cacheWrite5m());
        count(text, "cache-write-1h", usage.cacheWrite1h());
        count(text, "output", usage.output());
        count(text, "reasoning", usage.reasoning());
        return text.length() == 0 ? Headers.NONE : Headers.of("x-sluice-tokens", text.toString());
    }

    private static void count(StringJoiner text, String kind, @Nullable Long tokens) {
        if (tokens != null) {
            text.add(kind + "=" + tokens);
        }
    }

    private static void list(List<Headers.Field> fields, String name, List<String> values) {
        if (!values.isEmpty()) {
            fields.add(new Headers.Field(name, ascii(String.join(", ", values))));
        }
    }

    /// `dropped:tools[0];unsupported, ...`, cut at 1 KB with `;more`; a single path that is longer than that is cut, too.
    static String degraded(List<Degradation> degraded) {
        StringBuilder text = new StringBuilder();
        for (Degradation one : degraded) {
            String item = ascii("dropped:" + one.path() + ";" + one.reason());
            if (text.length() + item.length() + 8 > DEGRADED_BYTES) {
                String begun = text.isEmpty() ? item.substring(0, DEGRADED_BYTES - 8) : "";
                return text.append(begun).append(";more").toString();
            }
            text.append(text.isEmpty() ? "" : ", ").append(item);
        }
        return text.toString();
    }

    /// Header values hold visible ASCII only; anything else a name may hold becomes `?`.
    private static String ascii(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(c >= 0x20 && c < 0x7f ? c : '?');
        }
        return clean.toString();
    }
}
