package dev.sluice.cli.importing;

import dev.sluice.cli.provider.LimitWindow;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of `llm-router`, version 1 or 2 (`~/.llm-router.json`), names with hyphens included.
final class LlmRouterFile {
    static final String UNKNOWN = "Sluice has no such setting";
    private static final String STATE = "it is a state, not a setting: sluice provider test finds out anew";

    private final Draft draft = new Draft();
    private final Source root;
    /// Its ids may have capitals, ours do not.
    private final Map<String, String> ids = new HashMap<>();

    LlmRouterFile(Json.Obj file) {
        this.root = draft.source(file);
    }

    Imported read() {
        root.take("version", "$schema");
        for (Source provider : root.objects("providers")) {
            provider(provider);
        }
        Source aliases = root.object("modelAliases", "model-aliases");
        if (aliases != null) {
            new LlmRouterAliases(draft, this::ref).read(aliases);
        }
        String first = root.text("defaultModel", "default-model");
        if (first != null && !first.equals("smart")) {
            draft.defaultModel(ref(first));
        }
        root.drop(
                "masterKey", "Sluice keeps only a hash of its own: sluice key create, or SLUICE_MASTER_KEY for start");
        root.drop(
                "master-key", "Sluice keeps only a hash of its own: sluice key create, or SLUICE_MASTER_KEY for start");
        root.rest(UNKNOWN);
        return draft.done();
    }

    private void provider(Source from) {
        String name = from.text("name");
        String id = from.text("id");
        String wanted = id == null ? name == null ? "provider" : name : id;
        Map<Dialect, String> endpoints = endpoints(from);
        if (endpoints.isEmpty()) {
            from.lose("it has no base URL that is one");
            return;
        }
        Map.Entry<Dialect, String> first = endpoints.entrySet().iterator().next();
        Account account = draft.account(from, wanted, first.getKey(), first.getValue());
        if (account == null) {
            return;
        }
        ids.put(wanted, account.id());
        endpoints.forEach(account::endpoint);
        if (name != null && !name.equals(account.id())) {
            account.field(from, "name", "name", Json.of(name));
        }
        if (Boolean.FALSE.equals(from.flag("enabled"))) {
            account.field(from, "enabled", "enabled", Json.FALSE);
        }
        secret(account, from);
        auth(account, from);
        account.headers(from.object("headers"));
        models(account, from);
        for (Source limit : from.objects("rateLimits", "rate-limits")) {
            limit(account, limit);
        }
        from.drop("lastProbe", STATE);
        from.drop("last-probe", STATE);
        from.drop("anthropicVersion", "Sluice sends the client's, or 2023-06-01");
        from.drop("anthropicBeta", "Sluice sends the client's; others with --header anthropic-beta=...");
        from.rest(UNKNOWN);
    }

    /// In the order of the formats that it prefers.
    private Map<Dialect, String> endpoints(Source from) {
        String base = from.text("baseUrl", "base-url", "endpoint");
        Source byFormat = from.object("baseUrlByFormat", "base-url-by-format", "endpointByFormat", "endpoints");
        String openai = byFormat == null ? null : byFormat.text("openai");
        String claude = byFormat == null ? null : byFormat.text("claude", "anthropic");
        if (byFormat != null) {
            byFormat.rest("the formats are openai and claude");
        }
        List<String> formats = new ArrayList<>(from.strings("formats"));
        String format = from.text("format");
        if (format != null && !formats.contains(format)) {
            formats.add(format);
        }
        if (formats.isEmpty()) {
            formats.addAll(openai == null && claude != null ? List.of("claude") : List.of("openai"));
            if (openai != null && claude != null) {
                formats.add("claude");
            }
        }
        Map<Dialect, String> endpoints = new LinkedHashMap<>();
        for (String one : formats) {
            boolean isClaude = one.equals("claude") || one.equals("anthropic");
            String url = isClaude ? claude == null ? base : claude : openai == null ? base : openai;
            if (url != null) {
                Addresses.base(url)
                        .ifPresentOrElse(
                                found -> endpoints.put(
                                        isClaude ? Dialect.ANTHROPIC : Dialect.OPENAI_CHAT,
                                        isClaude ? found : Addresses.versioned(found)),
                                () -> from.lose("baseUrl", Json.of(url), "it is no http or https URL"));
            }
        }
        return endpoints;
    }

    private static void secret(Account account, Source from) {
        String variable = from.text("apiKeyEnv", "api-key-env");
        String value = from.text("apiKey", "api-key", "credential");
        if (variable != null && value == null) {
            account.field(
                    from,
                    "apiKeyEnv",
                    "credential",
                    Json.object().put("env", variable).build());
        } else {
            account.secret(from, "apiKey", value);
        }
    }

    private static void auth(Account account, Source from) {
        Source auth = from.object("auth");
        from.drop("authByFormat", "Sluice has one way for each provider; the dialects' own ways are taken otherwise");
        if (auth == null) {
            return;
        }
        String type = auth.text("type");
        String header = auth.text("headerName", "header-name");
        Json prefix = auth.take("prefix");
        if (type != null) {
            Json.Builder scheme = Json.object().put("type", type);
            if (type.equals("header") && header != null) {
                scheme.put("headerName", header).put("prefix", prefix instanceof Json.Str(String text) ? text : "");
            }
            account.field(from, "auth", "auth", scheme.build());
        }
        auth.rest(UNKNOWN);
    }

    private void models(Account account, Source from) {
        List<Json> models = from.items("models");
        for (int i = 0; i < models.size(); i++) {
            String at = "models[" + i + "]";
            switch (models.get(i)) {
                case Json.Str(String id) -> taken(from, at, Json.of(id), account.model(bare(id)));
                case Json.Obj object -> {
                    Source model = from.at(object, at);
                    taken(from, at, object, account.model(model(account, model)));
                    model.rest(UNKNOWN);
                }
                case Json other -> from.lose(at, other, "it is no model");
            }
        }
        if (models.isEmpty()) {
            account.anyModel();
        }
    }

    private static Json.Obj bare(String id) {
        return Json.object().put("id", id).build();
    }

    private static void taken(Source from, String at, Json value, @Nullable String refusal) {
        if (refusal != null) {
            from.lose(at, value, refusal);
        }
    }

    private Json.Obj model(Account account, Source from) {
        String id = from.text("id", "name");
        List<String> dialects = new ArrayList<>();
        for (String format : from.strings("formats")) {
            dialects.add(
                    format.equals("claude") || format.equals("anthropic")
                            ? Dialect.ANTHROPIC.id()
                            : Dialect.OPENAI_CHAT.id());
        }
        Json.Obj endpoints = account.json().object("endpoints");
        boolean areThere = endpoints != null && dialects.stream().allMatch(endpoints::has);
        List<String> fallbacks =
                from.strings("fallbackModels", "fallback-models", "silentFallbacks", "fallbacks").stream()
                        .map(this::ref)
                        .toList();
        List<String> aliases = from.strings("aliases");
        Boolean enabled = from.flag("enabled");
        from.drop("cost", "its unit is not known: sluice model edit " + account.id() + "/" + id + " --price input=...");
        return Json.object()
                .put("id", id == null ? "" : id)
                .when(!aliases.isEmpty(), fields -> fields.put("aliases", Json.strings(aliases)))
                .when(Boolean.FALSE.equals(enabled), fields -> fields.put("enabled", false))
                .when(!dialects.isEmpty() && areThere, fields -> fields.put("dialects", Json.strings(dialects)))
                .putIf("contextWindow", from.whole("contextWindow", "context-window"))
                .when(!fallbacks.isEmpty(), fields -> fields.put("fallbackModels", Json.strings(fallbacks)))
                .build();
    }

    private static void limit(Account account, Source from) {
        String name = from.text("name");
        String id = from.text("id");
        List<String> models = from.strings("models");
        Json.Obj window = window(from);
        Json.Obj limit = Json.object()
                .put("id", id == null ? name == null ? "limit" : Draft.slug(name) : id)
                .putIf("name", name)
                .put("models", Json.strings(models.isEmpty() ? List.of("all") : models))
                .putIf("requests", from.whole("requests"))
                .putIf("window", window)
                .build();
        String refusal = account.limit(limit);
        if (refusal != null) {
            from.lose(refusal);
        }
        from.rest(UNKNOWN);
    }

    private static Json.@Nullable Obj window(Source from) {
        Json window = from.take("window");
        return switch (window) {
            case Json.Obj object -> object;
            case Json.Str(String text) ->
                LimitWindow.parse(text).map(LimitWindow::json).orElse(null);
            case null, default -> null;
        };
    }

    /// With the provider's id as it is here.
    private String ref(String foreign) {
        String bare = foreign.startsWith("alias:") ? foreign.substring("alias:".length()) : foreign;
        int slash = bare.indexOf('/');
        String provider = slash > 0 ? ids.get(bare.substring(0, slash)) : null;
        return provider == null ? bare : provider + bare.substring(slash);
    }
}
