package dev.sluice.core.gateway;

import dev.sluice.core.config.AuthScheme;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.credential.ServiceAccountKey;
import dev.sluice.core.credential.ServiceAccountTokens;
import dev.sluice.core.credential.ServiceAccountTokens.Minted;
import dev.sluice.core.ports.Credentials;
import dev.sluice.core.ports.RequestSigning;
import dev.sluice.core.ports.Time;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts a provider's secret where the provider wants it.
final class AuthHeaders {
    private final Credentials credentials;
    private final RequestSigning signing;
    private final Time time;
    private final ServiceAccountTokens tokens;

    AuthHeaders(Credentials credentials, RequestSigning signing, Time time) {
        this.credentials = credentials;
        this.signing = signing;
        this.time = time;
        this.tokens = new ServiceAccountTokens(time);
    }

    /// What the secret adds to a call.
    ///
    /// @param secrets what may stand in no message
    /// @param minted the token that was made of the secret; null: it was sent as it is
    record Addition(
            Headers headers,
            String query,
            List<String> secrets,
            @Nullable String minted) {
        static final Addition NOTHING = new Addition(Headers.NONE, "", List.of());

        Addition(Headers headers, String query, List<String> secrets) {
            this(headers, query, secrets, null);
        }

        @Override
        public String toString() {
            return "Addition"; // not what it holds
        }

        /// The body of an error without the secret: some providers repeat the key that they do not know.
        byte[] concealedIn(byte[] body) {
            String text = new String(body, StandardCharsets.ISO_8859_1);
            String clean = text;
            for (String secret : secrets) {
                clean = secret.isEmpty() ? clean : clean.replace(secret, "***");
            }
            return clean.equals(text) ? body : clean.getBytes(StandardCharsets.ISO_8859_1);
        }

        URI onto(URI uri) {
            if (query.isEmpty()) {
                return uri;
            }
            return URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + query);
        }
    }

    /// Bad: category `CONFIGURATION_ERROR`, naming the provider and the remedy.
    Outcome<Addition> of(Target target, EncodedRequest encoded) {
        ProviderConfig provider = target.provider();
        AuthScheme scheme = provider.auth() != null ? provider.auth() : AuthScheme.defaultOf(target.dialect());
        if (scheme instanceof AuthScheme.SigV4 signed) {
            return signed(signed, target, encoded);
        }
        if (provider.credential() == null) {
            return scheme instanceof AuthScheme.None || provider.auth() == null && isOptional(target)
                    ? Outcome.ok(Addition.NOTHING)
                    : missing(provider, "it names no credential; set \"credential\" in its configuration");
        }
        Optional<String> secret = credentials.secret(provider.credential());
        return secret.isPresent()
                ? placed(scheme, secret.get().strip(), provider)
                : missing(provider, remedy(provider));
    }

    /// Without a credential, requests are signed with the identity that this process runs with.
    private Outcome<Addition> signed(AuthScheme.SigV4 scheme, Target target, EncodedRequest encoded) {
        ProviderConfig provider = target.provider();
        CredentialRef credential = provider.credential();
        Optional<String> secret = credential == null ? Optional.empty() : credentials.secret(credential);
        if (credential != null && secret.isEmpty()) {
            return missing(provider, remedy(provider));
        }
        RequestSigning.Request request = new RequestSigning.Request(
                TargetUri.of(target.base(), encoded.path()),
                scheme.region(),
                scheme.service(),
                Headers.of("content-type", Outbound.JSON),
                encoded.body());
        String accessKey = secret.map(String::strip).orElse(null);
        return switch (signing.sign(request, accessKey, time.now())) {
            case RequestSigning.Result.Signed(Headers headers, List<String> secrets) ->
                Outcome.ok(new Addition(headers, "", secrets));
            case RequestSigning.Result.Impossible(String why) ->
                credential == null && provider.auth() == null && isOptional(target)
                        ? Outcome.ok(Addition.NOTHING)
                        : missing(provider, why);
        };
    }

    /// Lets go of what that request was refused with, where another can be had: the identity that this process signs with,
    /// or a token that was made a while ago.
    boolean renew(Target target, Addition refused) {
        if (refused.minted() != null) {
            return tokens.renew(refused.minted());
        }
        return target.provider().credential() == null && isSigned(target.provider()) && signing.renew();
    }

    /// Whether the vendor's default works without a secret: a server on the owner's own network.
    private static boolean isOptional(Target target) {
        return target.dialect() == Dialect.OLLAMA_CHAT || target.provider().allowPrivateNetwork();
    }

    private Outcome<Addition> placed(AuthScheme scheme, String secret, ProviderConfig provider) {
        if (!(scheme instanceof AuthScheme.GoogleServiceAccount) && ServiceAccountKey.isMeant(secret)) {
            return missing(
                    provider,
                    "its credential is a Google service account's key file, which is not sent; set \"auth\" to"
                            + " {\"type\": \"google-service-account\"} in its configuration");
        }
        return switch (scheme) {
            case AuthScheme.Bearer _ -> header("authorization", "Bearer ", secret, provider);
            case AuthScheme.ApiKeyHeader _ -> header("x-api-key", "", secret, provider);
            case AuthScheme.Header(String name, String prefix) -> header(name, prefix, secret, provider);
            case AuthScheme.Query(String name) ->
                Outcome.ok(new Addition(
                        Headers.NONE, name + "=" + URLEncoder.encode(secret, StandardCharsets.UTF_8), List.of(secret)));
            case AuthScheme.GoogleServiceAccount(String scope) -> minted(scope, secret, provider);
            case AuthScheme.SigV4 _, AuthScheme.None _ -> Outcome.ok(Addition.NOTHING);
        };
    }

    private Outcome<Addition> minted(String scope, String keyFile, ProviderConfig provider) {
        return switch (tokens.of(keyFile, scope)) {
            case Minted.Token(String token) ->
                Outcome.ok(new Addition(Headers.of("authorization", "Bearer " + token), "", List.of(token), token));
            case Minted.Impossible(String why) ->
                missing(
                        provider,
                        "its credential is no key file of a Google service account: " + why + "; "
                                + fileRemedy(provider));
        };
    }

    private static String fileRemedy(ProviderConfig provider) {
        return provider.credential() instanceof CredentialRef.Stored(String name)
                ? "set it anew: sluice credential set " + name + " --from-file FILE"
                : "give the variable another";
    }

    private static Outcome<Addition> header(String name, String prefix, String secret, ProviderConfig provider) {
        return secret.chars().allMatch(c -> c >= ' ' && c < 0x7f)
                ? Outcome.ok(new Addition(Headers.of(name, prefix + secret), "", List.of(secret)))
                : missing(provider, "its credential holds a character that a key cannot have; set it anew");
    }

    /// What the owner is told when the provider does not take the secret.
    static String refusal(ProviderConfig provider) {
        String remedy = switch (provider.credential()) {
            case CredentialRef.Stored(String name) -> "set a valid one: sluice credential set " + name;
            case CredentialRef.Environment(String variable) ->
                "give the environment variable " + variable + " a valid one where Sluice runs";
            case null ->
                isSigned(provider)
                        ? "allow the AWS identity that Sluice runs with to call it, or set \"credential\" in its configuration"
                        : "set \"credential\" in its configuration";
        };
        return "Provider " + provider.id() + " did not accept the gateway's credential; " + remedy + ".";
    }

    private static boolean isSigned(ProviderConfig provider) {
        return provider.auth() == null
                ? provider.endpoints().containsKey(Dialect.BEDROCK_CONVERSE)
                : provider.auth() instanceof AuthScheme.SigV4;
    }

    private static String remedy(ProviderConfig provider) {
        return switch (provider.credential()) {
            case CredentialRef.Stored(String name) -> "its credential is not set; run: sluice credential set " + name;
            case CredentialRef.Environment(String variable) ->
                "the environment variable " + variable + " is not set where Sluice runs";
            case null -> "it names no credential";
        };
    }

    private static <T> Outcome<T> missing(ProviderConfig provider, String why) {
        return Outcome.bad(Failure.Upstream.of(
                Failure.Category.CONFIGURATION_ERROR, "Provider " + provider.id() + " cannot be used: " + why + "."));
    }
}
