package dev.sluice.core.access;

import dev.sluice.core.ports.KeyStore;
import dev.sluice.core.ports.KeyStore.Lookup;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Kind;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Outcome;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds out who asks, by the key in the request.
///
/// Keys are compared by their HMACs only, so that the time it takes tells nothing about a key.
public final class Access {
    private static final String SCHEME = "bearer ";
    private static final List<String> KEY_HEADERS = List.of("x-api-key", "x-goog-api-key", "api-key");
    private static final int LONGEST_KEY = 4096;
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);

    private final KeyStore keys;
    private final KeyHash hash;
    private final boolean isOpen;

    public Access(KeyStore keys, KeyHash hash) {
        this(keys, hash, false);
    }

    private Access(KeyStore keys, KeyHash hash, boolean isOpen) {
        this.keys = keys;
        this.hash = hash;
        this.isOpen = isOpen;
    }

    /// Lets everyone in, as nobody in particular: for a gateway that only this machine reaches.
    public static Access open() {
        return new Access(_ -> new Lookup.Unknown(), new KeyHash(new byte[32]), true);
    }

    /// The caller. Tools send several keys at once (one of their own login, one for the gateway): the first known one
    /// counts.
    ///
    /// @param query decoded
    /// @param geminiPath whether the path is one of Gemini's, where the key may stand in the query
    public Outcome<Caller> authenticate(Headers headers, Map<String, String> query, boolean geminiPath) {
        if (isOpen) {
            return LocalOnly.allows(headers)
                    ? Outcome.ok(Caller.ANONYMOUS)
                    : Outcome.bad(Failure.Refused.of(
                            Kind.PERMISSION,
                            "Without keys (--no-auth) only programs and pages of this machine may call: the Host or Origin"
                                    + " header names another one."));
        }
        Set<String> given = given(headers, query, geminiPath);
        if (given.isEmpty()) {
            return refused(
                    "No API key was given. Send the gateway's key as `Authorization: Bearer KEY` or `x-api-key: KEY`"
                            + (geminiPath ? ", or as `x-goog-api-key: KEY` or `?key=KEY`." : "."));
        }
        boolean storeIsSilent = false;
        for (String key : given) {
            switch (lookup(key)) {
                case Lookup.Found(Caller caller) -> {
                    return Outcome.ok(caller);
                }
                case Lookup.Unknown _ -> {}
                case Lookup.Unavailable _ -> storeIsSilent = true;
            }
        }
        if (storeIsSilent) {
            return Outcome.bad(new Failure.Refused(
                    Kind.UNAVAILABLE, "The gateway's key store does not answer. Try again.", null, STORE_RETRY));
        }
        return refused("The API key is not known to this gateway, or it was revoked or has expired.");
    }

    private Lookup lookup(String key) {
        return isAbsurd(key) ? new Lookup.Unknown() : keys.lookup(hash.of(key));
    }

    private static Set<String> given(Headers headers, Map<String, String> query, boolean geminiPath) {
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

    private static Outcome<Caller> refused(String message) {
        return Outcome.bad(Failure.Refused.of(Kind.UNAUTHENTICATED, message));
    }
}
