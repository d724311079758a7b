package dev.sluice.core.access;

import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Kind;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out who asks, by the key in the request.
///
/// Keys are compared by their HMACs only, so that the time it takes tells nothing about a key.
public final class Access {
    private static final String SCHEME = "bearer ";
    private static final List<String> KEY_HEADERS = List.of("x-api-key", "x-goog-api-key", "api-key");
    private static final int LONGEST_KEY = 4096;
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);

    private final KeyHash hash;
    private final boolean isOpen;
    private final Edge edge;

    public Access(KeyHash hash) {
        this(hash, false, Edge.NONE);
    }

    private Access(KeyHash hash, boolean isOpen, Edge edge) {
        this.hash = hash;
        this.isOpen = isOpen;
        this.edge = edge;
    }

    /// The same, for those who come that way.
    public Access behind(Edge way) {
        return new Access(hash, isOpen, way);
    }

    /// The way that callers have to come.
    public Edge edge() {
        return edge;
    }

    /// Lets everyone in, as nobody in particular: for a gateway that only this machine reaches.
    public static Access open() {
        return new Access(new KeyHash(new byte[32]), true, Edge.NONE);
    }

    /// What a request brings to be known by.
    ///
    /// @param hashes of its keys, in the order in which they count
    /// @param refusal what can be said without knowing any key: that there is none, or that keys do not matter here
    public record Given(Set<String> hashes, Failure.@Nullable Refused refusal) {
        public Given {
            hashes = Collections.unmodifiableSet(new LinkedHashSet<>(hashes));
        }
    }

    /// The keys of a request. Tools send several at once: one of their own login, one for the gateway.
    ///
    /// @param query decoded
    /// @param geminiPath whether the path is one of Gemini's, where the key may stand in the query
    public Given given(Headers headers, Map<String, String> query, boolean geminiPath) {
        if (isOpen) {
            return new Given(Set.of(), LocalOnly.allows(headers) ? null : foreign());
        }
        Set<String> keys = keys(headers, query, geminiPath);
        if (keys.isEmpty()) {
            return new Given(
                    Set.of(),
                    refused("No API key was given. Send the gateway's key as `Authorization: Bearer KEY` or"
                            + " `x-api-key: KEY`"
                            + (geminiPath ? ", or as `x-goog-api-key: KEY` or `?key=KEY`." : ".")));
        }
        Set<String> hashes = new LinkedHashSet<>();
        keys.stream().filter(key -> !isAbsurd(key)).map(hash::of).forEach(hashes::add);
        return new Given(hashes, null);
    }

    /// The caller: of several keys the first known one counts.
    ///
    /// @param look at the hashes given
    public Outcome<Caller> authenticate(Given given, Look look) {
        if (given.refusal() != null) {
            return Outcome.bad(given.refusal());
        }
        if (isOpen) {
            return Outcome.ok(Caller.ANONYMOUS);
        }
        boolean storeIsSilent = false;
        for (String key : given.hashes()) {
            switch (look.key(key)) {
                case Look.Key.Found(Caller caller) -> {
                    return Outcome.ok(caller);
                }
                case Look.Key.Unknown _ -> {}
                case Look.Key.Unavailable _ -> storeIsSilent = true;
            }
        }
        return Outcome.bad(
                storeIsSilent
                        ? new Failure.Refused(
                                Kind.UNAVAILABLE,
                                "The gateway's key store does not answer. Try again.",
                                null,
                                STORE_RETRY)
                        : refused("The API key is not known to this gateway, or it was revoked or has expired."));
    }

    private static Set<String> keys(Headers headers, Map<String, String> query, boolean geminiPath) {
        Set<String> given = new LinkedHashSet<>();
        headers.first("authorization").flatMap(Access::bearer).ifPresent(given::add);
        for (String header : KEY_HEADERS) {
            headers.first(header).ifPresent(value -> given.add(value.strip()));
        }
        if (geminiPath && query.containsKey("key")) {
            given.add(query.get("key").strip());
        }
        given.remove("");
        return given;
    }

    private static Optional<String> bearer(String value) {
        String trimmed = value.strip();
        return trimmed.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(trimmed.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private static boolean isAbsurd(String key) {
        return key.length() > LONGEST_KEY || key.chars().anyMatch(Character::isISOControl);
    }

    private static Failure.Refused refused(String message) {
        return Failure.Refused.of(Kind.UNAUTHENTICATED, message);
    }

    private static Failure.Refused foreign() {
        return Failure.Refused.of(
                Kind.PERMISSION,
                "Without keys (--no-auth) only programs and pages of this machine may call: the Host or Origin"
                        + " header names another one.");
    }
}
