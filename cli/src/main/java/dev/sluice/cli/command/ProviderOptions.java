package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Meant;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What may be said of a provider, when it is added and later.
final class ProviderOptions {
    private static final String KEY_FILE = "google-service-account";
    private static final List<String> AUTHS =
            List.of("bearer", "x-api-key", "none", "header", "query", "sigv4", KEY_FILE);

    @Option(names = "--name", paramLabel = "TEXT", description = "Its name for people.")
    private @Nullable String name;

    @Option(
            names = "--url",
            paramLabel = "DIALECT=URL",
            description =
                    "A base URL of it, such as openai-chat=https://api.example.com/v1. Once for each dialect that it"
                            + " speaks: openai-chat, openai-responses, anthropic, gemini, bedrock-converse, ollama-chat.")
    private List<String> urls = List.of();

    @Option(
            names = "--auth",
            paramLabel = "HOW",
            description =
                    "How it wants its secret: bearer, x-api-key, none, header:NAME[:PREFIX], query:NAME,"
                            + " sigv4[:REGION] or google-service-account (the secret is a key file); default: as each dialect's own vendor does.")
    private @Nullable String auth;

    @Option(
            names = "--credential",
            paramLabel = "NAME",
            description = "Its secret's name in the credential store (sluice credential set NAME).")
    private @Nullable String credential;

    @Option(
            names = "--credential-env",
            paramLabel = "VARIABLE",
            description = "The environment variable that holds its secret where Sluice runs.")
    private @Nullable String variable;

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "A header to send with every request.")
    private List<String> headers = List.of();

    @Option(names = "--priority", paramLabel = "N", description = "Lower comes first for a bare model id (default: 1).")
    private @Nullable Long priority;

    @Option(
            names = "--allow-private-network",
            description = "Let it be on your own network or this machine; plain http is allowed then.")
    private boolean privateNetwork;

    @Nullable
    String credential() {
        return credential;
    }

    boolean namesSecret() {
        return credential != null || variable != null;
    }

    /// The base URLs that were given, by dialect; refuses an unknown dialect with the nearest.
    Map<Dialect, String> urls() {
        Map<Dialect, String> given = new LinkedHashMap<>();
        Pairs.read(urls, "--url", "DIALECT=URL").forEach((dialect, url) -> given.put(dialect(dialect, "--url"), url));
        return given;
    }

    static Dialect dialect(String name, String option) {
        List<String> known = Arrays.stream(Dialect.values()).map(Dialect::id).toList();
        return Dialect.parse(name)
                .orElseThrow(() -> CommandFailure.usage(option + ": " + name + " is no dialect"
                        + Meant.of(name, known).orElse(": they are " + String.join(", ", known))));
    }

    /// The provider with all that was given.
    Json.Obj applied(Json.Obj provider) {
        if (credential != null && variable != null) {
            throw CommandFailure.usage("--credential and --credential-env name two places for one secret: give one");
        }
        Json.Obj changed = provider;
        changed = name == null ? changed : changed.with("name", Json.of(name));
        changed = merged(changed, "endpoints", endpoints());
        changed = auth == null ? changed : changed.with("auth", auth(auth));
        changed = credential == null ? changed : changed.with("credential", Json.of(credential));
        changed = variable == null
                ? changed
                : changed.with("credential", Json.object().put("env", variable).build());
        changed = merged(changed, "headers", Pairs.read(headers, "--header", "NAME=VALUE"));
        changed = priority == null ? changed : changed.with("priority", Json.of(priority));
        return privateNetwork ? changed.with("allowPrivateNetwork", Json.TRUE) : changed;
    }

    private Map<String, String> endpoints() {
        Map<String, String> endpoints = new LinkedHashMap<>();
        urls().forEach((dialect, url) -> endpoints.put(dialect.id(), url));
        return endpoints;
    }

    private static Json.Obj merged(Json.Obj provider, String field, Map<String, String> given) {
        if (given.isEmpty()) {
            return provider;
        }
        Json.Obj known = provider.object(field);
        Json.Builder merged = Json.object().putAll(known == null ? Json.Obj.EMPTY : known);
        given.forEach(merged::put);
        return provider.with(field, merged.build());
    }

    private static Json.Obj auth(String how) {
        String[] words = how.split(":", 3);
        Json.Builder auth = Json.object().put("type", words[0]);
        String second = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "bearer", "x-api-key", "none", KEY_FILE -> refuseMore(how, words);
            case "header" -> {
                auth.put("headerName", needed(how, second, "header:NAME or header:NAME:PREFIX"));
                auth.put("prefix", words.length > 2 ? words[2] : "");
            }
            case "query" -> auth.put("name", needed(how, second, "query:NAME"));
            case "sigv4" -> auth.when(!second.isEmpty(), fields -> fields.put("region", second));
            default ->
                throw CommandFailure.usage("--auth: " + words[0] + " is not known"
                        + Meant.of(words[0], AUTHS).orElse(": it is one of " + String.join(", ", AUTHS)));
        }
        return auth.build();
    }

    private static void refuseMore(String how, String[] words) {
        if (words.length > 1) {
            throw CommandFailure.usage("--auth: " + words[0] + " stands alone, not " + how);
        }
    }

    private static String needed(String how, String name, String form) {
        if (name.isEmpty()) {
            throw CommandFailure.usage("--auth " + how + " names no name: write " + form);
        }
        return name;
    }
}
