package dev.sluice.core.gateway;

import dev.sluice.core.config.AuthScheme;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.ports.Credentials;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Outcome;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Puts a provider's secret where the provider wants it.
final class AuthHeaders {
    private final Credentials credentials;

    AuthHeaders(Credentials credentials) {
        this.credentials = credentials;
    }

    /// What the secret adds to a call.
    record Addition(Headers headers, String query, String secret) {
        static final Addition NOTHING = new Addition(Headers.NONE, "", "");

        /// The body of an error without the secret: some providers repeat the key that they do not know.
        byte[] concealedIn(byte[] body) {
            String text = new String(body, StandardCharsets.ISO_8859_1);
            return secret.isEmpty() || !text.contains(secret)
                    ? body
                    : text.replace(secret, "***").getBytes(StandardCharsets.ISO_8859_1);
        }

        URI onto(URI uri) {
            if (query.isEmpty()) {
                return uri;
            }
            return URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + query);
        }
    }

    /// Bad: category `CONFIGURATION_ERROR`, naming the provider and the remedy.
    Outcome<Addition> of(Target target) {
        ProviderConfig provider = target.provider();
        AuthScheme scheme = provider.auth() != null ? provider.auth() : AuthScheme.defaultOf(target.dialect());
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

    /// Whether the vendor's default works without a secret: a server on the owner's own network.
    private static boolean isOptional(Target target) {
        return target.dialect() == Dialect.OLLAMA_CHAT || target.provider().allowPrivateNetwork();
    }

    private static Outcome<Addition> placed(AuthScheme scheme, String secret, ProviderConfig provider) {
        return switch (scheme) {
            case AuthScheme.Bearer _ -> header("authorization", "Bearer ", secret, provider);
            case AuthScheme.ApiKeyHeader _ -> header("x-api-key", "", secret, provider);
            case AuthScheme.Header(String name, String prefix) -> header(name, prefix, secret, provider);
            case AuthScheme.Query(String name) ->
                Outcome.ok(new Addition(
                        Headers.NONE, name + "=" + URLEncoder.encode(secret, StandardCharsets.UTF_8), secret));
            case AuthScheme.SigV4 _ -> missing(provider, "sigv4 is not in force in this version");
            case AuthScheme.None _ -> Outcome.ok(Addition.NOTHING);
        };
    }

    private static Outcome<Addition> header(String name, String prefix, String secret, ProviderConfig provider) {
        return secret.chars().allMatch(c -> c >= ' ' && c < 0x7f)
                ? Outcome.ok(new Addition(Headers.of(name, prefix + secret), "", secret))
                : missing(provider, "its credential holds a character that a key cannot have; set it anew");
    }

    /// What the owner is told when the provider does not take the secret.
    static String refusal(ProviderConfig provider) {
        String remedy = switch (provider.credential()) {
            case CredentialRef.Stored(String name) -> "set a valid one: sluice credential set " + name;
            case CredentialRef.Environment(String variable) ->
                "give the environment variable " + variable + " a valid one where Sluice runs";
            case null -> "set \"credential\" in its configuration";
        };
        return "Provider " + provider.id() + " did not accept the gateway's credential; " + remedy + ".";
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
