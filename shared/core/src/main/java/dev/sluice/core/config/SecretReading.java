package dev.sluice.core.config;

import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what touches a provider's secret: where it is found, how it is sent, and the headers that must not hold it.
///
/// No error of this class repeats a value.
final class SecretReading {
    private static final int LONGEST_VALUE = 1000;
    private static final int MOST_HEADERS = 64;
    private static final int LONGEST_PREFIX = 32;
    private static final List<String> AUTH_TYPES =
            List.of("bearer", "x-api-key", "header", "query", "sigv4", "google-service-account", "none");
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "expect",
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "accept-encoding");
    private static final Set<String> OF_SECRETS = Set.of(
            "authorization", "x-api-key", "api-key", "x-goog-api-key", "cookie", "set-cookie", "x-amz-security-token");

    private final ObjectFields provider;
    private final Findings findings;

    SecretReading(ObjectFields provider) {
        this.provider = provider;
        this.findings = provider.findings();
    }

    @Nullable
    CredentialRef credential() {
        String path = provider.pathOf("credential");
        return switch (provider.presentOrNull("credential")) {
            case null -> null;
            case Json.Str(String name) -> stored(name, path);
            case Json.Obj object -> environment(ObjectFields.of(object, path, ConfigFields.CREDENTIAL, findings));
            case Json other -> {
                findings.say(path, Shown.kind(other), "a name in the credential store, or {\"env\": \"NAME\"}");
                yield null;
            }
        };
    }

    private @Nullable CredentialRef stored(String name, String path) {
        if (Shown.looksSecret(name) || name.length() > Spelling.LONGEST_ID) {
            findings.say(
                    path,
                    Shown.HIDDEN,
                    "the name of a credential: put the secret itself into the store with `sluice credential set NAME`");
            return null;
        }
        if (!Spelling.isCredentialName(name)) {
            findings.say(path, "another text", "a name of letters, digits and ._- in the credential store");
            return null;
        }
        return new CredentialRef.Stored(name);
    }

    private @Nullable CredentialRef environment(ObjectFields fields) {
        Json variable = fields.field("env");
        if (!(variable instanceof Json.Str(String name))) {
            findings.say(
                    fields.pathOf("env"),
                    variable == null ? "nothing" : Shown.kind(variable),
                    "the name of an environment variable");
            return null;
        }
        if (!Spelling.isVariable(name) || Shown.looksSecret(name)) {
            findings.say(
                    fields.pathOf("env"),
                    Shown.looksSecret(name) ? Shown.HIDDEN : "another text",
                    "the name of an environment variable: letters, digits and underscores");
            return null;
        }
        return new CredentialRef.Environment(name);
    }

    @Nullable
    AuthScheme auth() {
        Json value = provider.presentOrNull("auth");
        if (value == null) {
            return null;
        }
        String path = provider.pathOf("auth");
        if (!(value instanceof Json.Obj object)) {
            findings.say(path, Shown.kind(value), "an object such as {\"type\": \"bearer\"}");
            return null;
        }
        String type = object.text("type", "");
        if (!AUTH_TYPES.contains(type)) {
            findings.say(
                    Findings.path(path, "type"),
                    object.has("type") ? "another value" : "nothing",
                    ObjectFields.expectedChoice(type, AUTH_TYPES));
            return null;
        }
        return scheme(type, ObjectFields.of(object, path, fieldsOf(type), findings));
    }

    private static List<String> fieldsOf(String type) {
        return switch (type) {
            case "header" -> ConfigFields.AUTH_HEADER;
            case "query" -> ConfigFields.AUTH_QUERY;
            case "sigv4" -> ConfigFields.AUTH_SIGV4;
            case "google-service-account" -> ConfigFields.AUTH_GOOGLE;
            default -> ConfigFields.AUTH_PLAIN;
        };
    }

    private @Nullable AuthScheme scheme(String type, ObjectFields auth) {
        return switch (type) {
            case "bearer" -> new AuthScheme.Bearer();
            case "x-api-key" -> new AuthScheme.ApiKeyHeader();
            case "header" -> header(auth);
            case "query" -> query(auth);
            case "sigv4" -> sigv4(auth);
            case "google-service-account" -> google(auth);
            default -> new AuthScheme.None();
        };
    }

    private @Nullable AuthScheme header(ObjectFields auth) {
        String name = quietText(auth, "headerName", null);
        String prefix = quietText(auth, "prefix", "");
        if (prefix == null || !isPrefix(prefix)) {
            findings.say(
                    auth.pathOf("prefix"),
                    "another value",
                    "at most " + LONGEST_PREFIX + " visible characters before the secret, not the secret itself");
        }
        if (name == null || !Spelling.isHeaderName(name) || isOfTheConnection(name)) {
            findings.say(
                    auth.pathOf("headerName"),
                    auth.has("headerName") ? "another value" : "nothing",
                    "the name of a header that is not the connection's own");
            return null;
        }
        return prefix == null ? null : new AuthScheme.Header(name.toLowerCase(Locale.ROOT), prefix);
    }

    /// `Bearer ` alone is a prefix; with something after it, it is a secret's beginning.
    private static boolean isPrefix(String prefix) {
        return prefix.length() <= LONGEST_PREFIX
                && Spelling.isHeaderValue(prefix)
                && (!Shown.looksSecret(prefix) || prefix.indexOf(' ') == prefix.length() - 1);
    }

    private @Nullable AuthScheme query(ObjectFields auth) {
        String name = quietText(auth, "name", null);
        if (name == null || !Spelling.isHeaderName(name) || Shown.looksSecret(name)) {
            findings.say(
                    auth.pathOf("name"),
                    auth.has("name") ? "another value" : "nothing",
                    "the name of the query parameter that carries the secret");
            return null;
        }
        return new AuthScheme.Query(name);
    }

    private AuthScheme sigv4(ObjectFields auth) {
        return new AuthScheme.SigV4(awsName(auth, "region", ""), awsName(auth, "service", "bedrock"));
    }

    private @Nullable AuthScheme google(ObjectFields auth) {
        String scope = quietText(auth, "scope", AuthScheme.GoogleServiceAccount.CLOUD_PLATFORM);
        if (scope == null || !isScope(scope)) {
            findings.say(
                    auth.pathOf("scope"),
                    "another value",
                    "scopes such as https://www.googleapis.com/auth/cloud-platform, with one space between two");
            return null;
        }
        return new AuthScheme.GoogleServiceAccount(scope);
    }

    /// URLs, of which none can be a secret.
    private static boolean isScope(String text) {
        return text.length() <= LONGEST_VALUE
                && Spelling.isHeaderValue(text)
                && !Shown.looksSecret(text)
                && areAddresses(text);
    }

    private static boolean areAddresses(String text) {
        int from = 0;
        while (from <= text.length()) {
            int space = text.indexOf(' ', from);
            String scope = text.substring(from, space < 0 ? text.length() : space);
            if (!scope.startsWith("https://") || scope.indexOf(',') >= 0) {
                return false;
            }
            from += scope.length() + 1;
        }
        return true;
    }

    private String awsName(ObjectFields auth, String field, String otherwise) {
        String name = quietText(auth, field, otherwise);
        if (name == null || !name.isEmpty() && !Spelling.isProviderId(name)) {
            findings.say(auth.pathOf(field), "another value", "lower-case letters, digits and hyphens");
            return otherwise;
        }
        return name;
    }

    /// Null: a value of another type.
    private static @Nullable String quietText(ObjectFields fields, String name, @Nullable String otherwise) {
        return switch (fields.field(name)) {
            case null -> otherwise;
            case Json.Str(String text) -> text;
            case Json _ -> null;
        };
    }

    Headers headers(@Nullable AuthScheme auth) {
        Json value = provider.field("headers");
        if (value == null) {
            return Headers.NONE;
        }
        String path = provider.pathOf("headers");
        if (!(value instanceof Json.Obj object)) {
            findings.say(path, Shown.kind(value), "an object of header names and values");
            return Headers.NONE;
        }
        if (object.fields().size() > MOST_HEADERS) {
            findings.say(path, object.fields().size() + " headers", "at most " + MOST_HEADERS + " headers");
            return Headers.NONE;
        }
        List<Headers.Field> fields = new ArrayList<>();
        for (Map.Entry<String, Json> entry : object.fields().entrySet()) {
            Headers.Field field = headerField(entry.getKey(), entry.getValue(), Findings.path(path, entry.getKey()));
            if (field != null && isNew(field, fields, auth, path)) {
                fields.add(field);
            }
        }
        return new Headers(fields);
    }

    private Headers.@Nullable Field headerField(String name, Json value, String path) {
        String expected = wrongName(name);
        String found = "a header of that name";
        if (expected == null && !(value instanceof Json.Str)) {
            found = Shown.kind(value);
            expected = "a string";
        } else if (expected == null && value instanceof Json.Str(String text)) {
            found = "a value that is not shown";
            expected = wrongValue(text);
        }
        if (expected != null) {
            findings.say(path, found, expected);
            return null;
        }
        return value instanceof Json.Str(String text) ? new Headers.Field(name, text) : null;
    }

    private static @Nullable String wrongName(String name) {
        if (!Spelling.isHeaderName(name)) {
            return "a header's name: letters, digits and hyphens";
        }
        if (isOfTheConnection(name)) {
            return "no header that belongs to the connection or to the body";
        }
        return OF_SECRETS.contains(name.toLowerCase(Locale.ROOT))
                ? "no header that carries a secret: name the secret in `credential` and its way in `auth`"
                : null;
    }

    private static @Nullable String wrongValue(String text) {
        if (text.length() > LONGEST_VALUE || !Spelling.isHeaderValue(text)) {
            return "at most " + LONGEST_VALUE + " visible ASCII characters, spaces and tabs";
        }
        return Shown.looksSecret(text) ? "no secret: name it in `credential` and its way in `auth`" : null;
    }

    private boolean isNew(Headers.Field field, List<Headers.Field> before, @Nullable AuthScheme auth, String path) {
        boolean isAuth =
                auth instanceof AuthScheme.Header(String headerName, String prefix) && headerName.equals(field.name());
        boolean isThere = before.stream().anyMatch(other -> other.name().equals(field.name()));
        if (isAuth || isThere) {
            findings.say(
                    Findings.path(path, field.name()),
                    isAuth ? "the header that carries the secret" : "the same header twice",
                    "each header once, in any case, and not the one of `auth`");
        }
        return !isAuth && !isThere;
    }

    private static boolean isOfTheConnection(String name) {
        return OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
    }
}
