package dev.sluice.core.credential;

import dev.sluice.core.ports.Time;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Bearer tokens of Google service accounts: signed here, and used until five minutes before their hour is over.
///
/// They are self-signed JWTs that name a scope and no audience (AIP-4111, as Google's own client libraries for Vertex AI
/// make them): Google takes them in the place of access tokens, so that nothing is fetched and no token endpoint is known.
/// One is signed at a time. Ages go by the wall clock, which goes on while an environment is frozen. Thread-safe.
public final class ServiceAccountTokens {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration SPARE = Duration.ofMinutes(5);

    /// A clock that is a little ahead of Google's must not make a token of the future.
    private static final Duration BEHIND = Duration.ofSeconds(10);

    /// A token that is younger is not made anew when it is refused: the next would be refused, too.
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Time time;
    private final Signing signing;
    private final Map<Wanted, Kept> kept = new ConcurrentHashMap<>();
    private final ReentrantLock minting = new ReentrantLock();

    /// Signs what a token says.
    interface Signing {
        byte[] sign(ServiceAccountKey key, byte[] content);
    }

    public ServiceAccountTokens(Time time) {
        this(time, ServiceAccountKey::sign);
    }

    ServiceAccountTokens(Time time, Signing signing) {
        this.time = time;
        this.signing = signing;
    }

    /// What came of it.
    public sealed interface Minted {
        record Token(String token) implements Minted {
            @Override
            public String toString() {
                return "Token"; // not what it is
            }
        }

        /// @param why a sentence's end about the key file, as in "it has no client_email"
        record Impossible(String why) implements Minted {}
    }

    private record Wanted(String keyFile, String scope) {
        @Override
        public String toString() {
            return "Wanted[" + scope + "]"; // not the key
        }
    }

    private record Kept(String token, Instant made) {
        boolean serves(Instant now) {
            // a clock that was set back must not make a token last
            return !now.isBefore(made.minus(YOUNG))
                    && now.isBefore(made.plus(LIFE).minus(SPARE));
        }

        @Override
        public String toString() {
            return "Kept[" + made + "]"; // not the token
        }
    }

    /// @param keyFile the JSON of a service account's key
    /// @param scope one or several, with spaces between them
    public Minted of(String keyFile, String scope) {
        Wanted wanted = new Wanted(keyFile, scope);
        Kept known = kept.get(wanted);
        if (known != null && known.serves(time.now())) {
            return new Minted.Token(known.token());
        }
        minting.lock();
        try {
            return kept(wanted);
        } finally {
            minting.unlock();
        }
    }

    private Minted kept(Wanted wanted) {
        Instant now = time.now();
        kept.values().removeIf(old -> !old.serves(now));
        Kept known = kept.get(wanted); // of who was here before
        if (known != null) {
            return new Minted.Token(known.token());
        }
        return switch (ServiceAccountKey.read(wanted.keyFile())) {
            case ServiceAccountKey.Reading.Damaged(String why) -> new Minted.Impossible(why);
            case ServiceAccountKey.Reading.Good(ServiceAccountKey key) -> {
                String token = token(key, wanted.scope(), now);
                kept.put(wanted, new Kept(token, now));
                yield new Minted.Token(token);
            }
        };
    }

    /// A JSON Web Signature in the compact form (RFC 7515, 7.1).
    private String token(ServiceAccountKey key, String scope, Instant now) {
        long issued = now.minus(BEHIND).getEpochSecond();
        Json.Obj header = Json.object()
                .put("alg", "RS256")
                .put("typ", "JWT")
                .put("kid", key.id())
                .build();
        Json.Obj claims = Json.object()
                .put("iss", key.email())
                .put("sub", key.email())
                .put("scope", scope)
                .put("iat", issued)
                .put("exp", issued + LIFE.toSeconds())
                .build();
        String content =
                BASE64.encodeToString(JsonText.bytes(header)) + "." + BASE64.encodeToString(JsonText.bytes(claims));
        return content + "." + BASE64.encodeToString(signing.sign(key, content.getBytes(StandardCharsets.US_ASCII)));
    }

    /// Lets go of a token that Google has refused; the next one is made anew. False: it was made just now, and another
    /// would be refused, too.
    public boolean renew(String refused) {
        Instant now = time.now();
        Kept young = kept.values().stream()
                .filter(one ->
                        one.token().equals(refused) && now.isBefore(one.made().plus(YOUNG)))
                .findFirst()
                .orElse(null);
        if (young != null) {
            return false;
        }
        kept.values().removeIf(one -> Objects.equals(one.token(), refused));
        return true;
    }

    @Override
    public String toString() {
        return "ServiceAccountTokens"; // not what it holds
    }
}
