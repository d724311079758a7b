package dev.sluice.cli.importing;

import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file of `claude-code-router` (`~/.claude-code-router/config.json`).
///
/// It routes by the kind of request; Sluice routes by the model's name. Each of its routes becomes an alias, and Claude
/// Code's own model names lead to those of `default` and `background`.
final class ClaudeCodeRouterFile {
    private static final String UNKNOWN = "Sluice has no such setting";
    private static final String OF_THE_SERVER = "it is an option of sluice start, or of no use there";
    private static final String TRANSLATED =
            "Sluice translates by itself; what a model lacks is said in its capabilities";
    private static final String EVERY_NAME = "claude-*";
    private static final String SMALL_NAME = "claude-*haiku*";
    private static final Map<String, String> ROUTES = routes();

    private final Draft draft = new Draft();
    private final Source root;
    private final Map<String, String> ids = new HashMap<>();

    ClaudeCodeRouterFile(Json.Obj file) {
        this.root = draft.source(file);
    }

    /// Its routes, and what they are called here.
    private static Map<String, String> routes() {
        Map<String, String> routes = new LinkedHashMap<>();
        routes.put("background", "background");
        routes.put("default", "default");
        routes.put("think", "think");
        routes.put("longContext", "long-context");
        routes.put("webSearch", "web-search");
        routes.put("image", "image");
        return routes;
    }

    Imported read() {
        for (Source provider : root.objects("Providers", "providers")) {
            provider(provider);
        }
        Source router = root.object("Router");
        if (router != null) {
            routes(router);
        }
        root.drop("APIKEY", "Sluice keeps only a hash of its own: sluice key create, or SLUICE_MASTER_KEY for start");
        for (String name :
                List.of("HOST", "PORT", "LOG", "LOG_LEVEL", "NON_INTERACTIVE_MODE", "CLAUDE_PATH", "StatusLine")) {
            root.drop(name, OF_THE_SERVER);
        }
        root.drop("API_TIMEOUT_MS", "see timeouts in the configuration");
        root.drop("PROXY_URL", "start Sluice with the proxy in its environment, or give the provider another --url");
        root.rest(UNKNOWN);
        return draft.done();
    }

    private void provider(Source from) {
        String name = from.text("name");
        String url = from.text("api_base_url", "api_base", "baseUrl");
        Optional<String> base = url == null ? Optional.empty() : Addresses.base(url);
        if (base.isEmpty()) {
            from.lose("it has no base URL that is one");
            return;
        }
        Source transformer = from.object("transformer");
        List<Json> uses = transformer == null ? List.of() : transformer.items("use");
        Dialect dialect = Addresses.dialect(url == null ? "" : url).orElseGet(() -> dialect(uses));
        Account account = draft.account(from, name == null ? "provider" : name, dialect, base.get());
        if (account == null) {
            return;
        }
        ids.put(name == null ? "" : name, account.id());
        account.secret(from, "api_key", from.text("api_key", "apiKey"));
        Json.Obj common = described(transformer, "use", uses);
        for (String model : from.strings("models")) {
            String refusal = account.model(model(model, common, transformer));
            if (refusal != null) {
                from.lose("models", Json.of(model), refusal);
            }
        }
        if (account.json().items("models").isEmpty()) {
            account.anyModel();
        }
        if (transformer != null) {
            transformer.rest(TRANSLATED);
        }
        from.rest(UNKNOWN);
    }

    /// What a transformer says of the API behind the address.
    private static Dialect dialect(List<Json> uses) {
        for (Json use : uses) {
            if (use instanceof Json.Str(String name)) {
                Dialect dialect = switch (name) {
                    case "Anthropic", "anthropic" -> Dialect.ANTHROPIC;
                    case "gemini" -> Dialect.GEMINI;
                    case "openai-responses", "OpenAI-Responses" -> Dialect.OPENAI_RESPONSES;
                    default -> null;
                };
                if (dialect != null) {
                    return dialect;
                }
            }
        }
        return Dialect.OPENAI_CHAT;
    }

    private static Json.Obj model(String id, Json.Obj common, @Nullable Source transformer) {
        Source own = transformer == null ? null : transformer.object(id);
        Json.Obj more = own == null ? Json.Obj.EMPTY : described(own, "use", own.items("use"));
        if (own != null) {
            own.rest(TRANSLATED);
        }
        return Json.object().put("id", id).putAll(common).putAll(more).build();
    }

    /// What the known transformers say of a model: how much it writes, and by which name it is told so.
    private static Json.Obj described(@Nullable Source from, String field, List<Json> uses) {
        Json.Builder known = Json.object();
        for (int i = 0; i < uses.size(); i++) {
            Json use = uses.get(i);
            String name = use instanceof Json.Arr(List<Json> pair)
                            && !pair.isEmpty()
                            && pair.getFirst() instanceof Json.Str(String first)
                    ? first
                    : use instanceof Json.Str(String alone) ? alone : "";
            Json.Obj options = use instanceof Json.Arr(List<Json> pair)
                            && pair.size() > 1
                            && pair.get(1) instanceof Json.Obj object
                    ? object
                    : Json.Obj.EMPTY;
            Long most = options.whole("max_tokens");
            if (name.equals("maxtoken") && most != null) {
                known.put("maxOutputTokens", most);
            } else if (name.equals("maxcompletiontokens")) {
                known.put(
                        "capabilities",
                        Json.object()
                                .put("max_tokens_param", "max_completion_tokens")
                                .build());
            } else if (from != null && !name.equalsIgnoreCase("anthropic") && !name.equals("gemini")) {
                from.lose(field + "[" + i + "]", Json.of(name), TRANSLATED);
            }
        }
        return known.build();
    }

    private void routes(Source router) {
        Map<String, String> refs = new LinkedHashMap<>();
        ROUTES.forEach((route, alias) -> {
            String target = router.text(route);
            String ref = target == null || target.isEmpty() ? null : ref(target);
            if (ref != null && leads(ref)) {
                refs.put(alias, ref);
            } else if (target != null) {
                router.lose(route, Json.of(target), "it names no provider and model of this file");
            }
        });
        if (refs.containsKey("background")) {
            alias(router, SMALL_NAME, refs.get("background"));
        }
        if (refs.containsKey("default")) {
            alias(router, EVERY_NAME, refs.get("default"));
            draft.defaultModel("default");
        }
        refs.forEach((alias, ref) -> alias(router, alias, ref));
        if (refs.size() > 1) {
            draft.note("claude-code-router chooses by the kind of a request, Sluice by the model's name: ask for "
                    + String.join(", ", refs.keySet()) + " by these names; " + EVERY_NAME
                    + " covers Claude Code's own");
        }
        router.drop("longContextThreshold", "Sluice looks at each model's context window: sluice model edit --context");
        router.rest("it is an alias: sluice alias add NAME --target PROVIDER/MODEL");
    }

    private void alias(Source router, String id, @Nullable String ref) {
        Json.Obj alias = Json.object()
                .put("strategy", "ordered")
                .put("targets", Json.Arr.of(Draft.target(ref == null ? "" : ref, null)))
                .build();
        String refusal = draft.alias(id, alias);
        if (refusal != null) {
            router.lose(id, Json.of(ref == null ? "" : ref), refusal);
        }
    }

    /// `provider,model`.
    private @Nullable String ref(String route) {
        int comma = route.indexOf(',');
        String provider = comma > 0 ? ids.get(route.substring(0, comma).strip()) : null;
        return provider == null
                ? null
                : provider + "/" + route.substring(comma + 1).strip();
    }

    private boolean leads(String ref) {
        int slash = ref.indexOf('/');
        Account account = draft.account(ref.substring(0, slash));
        String model = ref.substring(slash + 1);
        if (account == null || model.isEmpty()) {
            return false;
        }
        return account.hasModel(model)
                || ProviderModels.isAny(account.json())
                || account.model(Json.object().put("id", model).build()) == null;
    }
}
