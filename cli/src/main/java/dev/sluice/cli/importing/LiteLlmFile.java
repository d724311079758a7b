package dev.sluice.cli.importing;

import dev.sluice.cli.provider.ModelOffers;
import dev.sluice.cli.provider.Preset;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A `config.yaml` of LiteLLM's proxy.
///
/// Deployments with the same provider, address and key are one account here; a model group is an alias over its
/// deployments.
final class LiteLlmFile {
    private static final String UNKNOWN = "Sluice has no such setting";
    private static final String OF_THE_CLIENT = "Sluice sends what the client asks for";
    private static final String MODEL = "model";
    private static final Map<String, String> STRATEGIES = Map.of(
            "simple-shuffle", "weighted-rr",
            "least-busy", "least-used",
            "usage-based-routing", "quota-aware-weighted-rr",
            "usage-based-routing-v2", "quota-aware-weighted-rr",
            "latency-based-routing", "latency",
            "cost-based-routing", "cost");

    private final Draft draft = new Draft();
    private final Source root;
    /// By provider, address and key.
    private final Map<List<String>, Account> accounts = new HashMap<>();
    private final Map<String, List<Json>> groups = new LinkedHashMap<>();

    LiteLlmFile(Json.Obj file) {
        this.root = draft.source(file);
    }

    Imported read() {
        for (Source deployment : root.objects("model_list")) {
            deployment(deployment);
        }
        Source router = root.object("router_settings");
        Source settings = root.object("litellm_settings");
        groups(router);
        for (Source from : router == null ? List.<Source>of() : List.of(router)) {
            renamed(from);
        }
        fallbacks(router);
        fallbacks(settings);
        rest(router, settings);
        return draft.done();
    }

    private void rest(@Nullable Source router, @Nullable Source settings) {
        for (Source from : router == null ? List.<Source>of() : List.of(router)) {
            shared(from);
        }
        for (Source from : settings == null ? List.<Source>of() : List.of(settings)) {
            from.drop(
                    "drop_params", "Sluice leaves out what a provider cannot carry, and says so in x-sluice-degraded");
            shared(from);
        }
        Source general = root.object("general_settings");
        if (general != null) {
            general.drop("master_key", "Sluice keeps only a hash of its own: sluice key create, or SLUICE_MASTER_KEY");
            general.rest(UNKNOWN);
        }
        Source variables = root.object("environment_variables");
        if (variables != null) {
            variables
                    .all()
                    .forEach((name, value) -> variables.lose(
                            name, Json.of("(not shown)"), "set it where Sluice runs, or: sluice credential set"));
        }
        root.rest(UNKNOWN);
    }

    private static void shared(Source from) {
        from.drop("num_retries", "see retries.attempts in the configuration: each target gets that many");
        from.drop("timeout", "see timeouts in the configuration");
        from.drop("request_timeout", "see timeouts in the configuration");
        from.drop("cooldown_time", "see cooldowns in the configuration");
        from.drop("allowed_fails", "see breaker.failures in the configuration");
        from.drop(
                "context_window_fallbacks",
                "Sluice puts targets first whose context window fits: sluice model edit --context");
        from.rest(UNKNOWN);
    }

    private void deployment(Source from) {
        String group = from.text("model_name");
        Source params = from.object("litellm_params");
        Source about = from.object("model_info");
        if (group == null || params == null) {
            from.lose("a deployment has a model_name and litellm_params");
            return;
        }
        String mode = about == null ? null : about.text("mode");
        if (mode != null && !mode.equals("chat") && !mode.equals("responses")) {
            from.lose("it is a model for " + mode + ", and Sluice serves conversations");
            return;
        }
        String named = params.text(MODEL);
        Account account = named == null ? null : account(from, params, named);
        if (account == null || named == null) {
            if (named == null) {
                from.lose("it names no model");
            }
            return;
        }
        deployed(account, group, id(named, params), params, about);
        params.rest(UNKNOWN);
        if (about != null) {
            about.take("id", "base_model");
            about.rest("Sluice needs it not, or has no such setting");
        }
        from.rest(UNKNOWN);
    }

    private void deployed(Account account, String group, String id, Source params, @Nullable Source about) {
        Long weight = params.whole("weight");
        if (id.equals("*")) {
            account.anyModel();
            if (!group.contains("*")) {
                draft.note("the deployment " + group + " takes any model: ask for " + account.id() + "/MODEL");
            }
            return;
        }
        if (!account.hasModel(id)) {
            String refusal = account.model(model(id, params, about));
            if (refusal != null) {
                params.lose(MODEL, Json.of(id), refusal);
                return;
            }
        }
        limits(account, id, params);
        for (String name : List.of("temperature", "top_p", "stream", "seed")) {
            params.drop(name, OF_THE_CLIENT);
        }
        for (String name : List.of("timeout", "stream_timeout")) {
            params.drop(name, "see timeouts in the configuration");
        }
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(Draft.target(account.id() + "/" + id, weight));
    }

    /// `provider/model`; a model without a provider is OpenAI's, as far as the file tells.
    private static String vendor(String named, Source params) {
        String vendor = params.text("custom_llm_provider");
        int slash = named.indexOf('/');
        return vendor != null ? vendor : slash > 0 ? named.substring(0, slash) : "openai";
    }

    private static String id(String named, Source params) {
        String vendor = vendor(named, params) + "/";
        String bare = named.startsWith(vendor) ? named.substring(vendor.length()) : named;
        for (String route : List.of("converse/", "responses/")) {
            bare = bare.startsWith(route) ? bare.substring(route.length()) : bare;
        }
        return bare;
    }

    private @Nullable Account account(Source from, Source params, String named) {
        String vendor = vendor(named, params);
        String base = params.text("api_base", "base_url");
        String key = params.text("api_key");
        String region = params.text("aws_region_name");
        if (named.indexOf('/') < 0 && params.text("custom_llm_provider") == null) {
            draft.note("the model " + named + " names no provider: it is taken for OpenAI's");
        }
        List<String> same = List.of(vendor, String.valueOf(base), String.valueOf(key), String.valueOf(region));
        Account known = accounts.get(same);
        if (known != null) {
            return known;
        }
        Account made = made(from, params, vendor, base, region);
        if (made != null) {
            accounts.put(same, made);
            secret(made, params, vendor, key);
        }
        return made;
    }

    private @Nullable Account made(
            Source from, Source params, String vendor, @Nullable String base, @Nullable String region) {
        Optional<Preset> preset = Vendors.preset(vendor);
        if (base != null && Account.variable(base) != null) {
            from.lose("its address is in an environment variable: add the provider with --url");
            return null;
        }
        if (base != null) {
            return given(from, params, vendor, preset, base);
        }
        if (preset.isEmpty()) {
            from.lose("there is no preset for " + vendor + ": add the provider with --url, then sluice model add");
            return null;
        }
        Map<String, String> values = region == null ? Map.of() : Map.of("region", region);
        String missing = preset.get().variables().keySet().stream()
                .filter(name -> !values.containsKey(name))
                .findFirst()
                .orElse(null);
        if (missing != null) {
            from.lose("its address wants the " + missing + ": sluice provider add "
                    + preset.get().id() + " --set " + missing + "=...");
            return null;
        }
        return ofPreset(from, preset.get(), values);
    }

    private @Nullable Account ofPreset(Source from, Preset preset, Map<String, String> values) {
        Account account = null;
        for (Map.Entry<Dialect, String> endpoint : preset.endpoints().entrySet()) {
            String url = endpoint.getValue();
            for (Map.Entry<String, String> value : values.entrySet()) {
                url = url.replace("{" + value.getKey() + "}", value.getValue());
            }
            if (account == null) {
                account = draft.account(from, preset.id(), endpoint.getKey(), url);
                if (account == null) {
                    return null;
                }
            } else {
                account.endpoint(endpoint.getKey(), url);
            }
        }
        if (account != null && preset.auth() != null) {
            account.field(from, "auth", "auth", preset.auth());
        }
        return account;
    }

    private @Nullable Account given(Source from, Source params, String vendor, Optional<Preset> preset, String text) {
        Optional<String> base = Addresses.base(text);
        if (base.isEmpty()) {
            from.lose("api_base is no http or https URL");
            return null;
        }
        boolean isAzure = vendor.equals("azure") || vendor.equals("azure_ai");
        String version = params.text("api_version");
        Dialect dialect = preset.map(Vendors::first).orElse(Dialect.OPENAI_CHAT);
        dialect = dialect == Dialect.OPENAI_RESPONSES ? Dialect.OPENAI_CHAT : dialect;
        String url = isAzure && !base.get().contains("/openai") ? base.get() + "/openai/v1" : base.get();
        if (version != null) {
            params.lose("api_version", Json.of(version), "the address of version 1 of Azure's API wants none");
        }
        String name = vendor.equals("openai")
                ? Addresses.nameOf(url)
                : preset.map(Preset::id).orElse(vendor);
        Account account = draft.account(from, name, dialect, url);
        if (account != null
                && preset.isPresent()
                && preset.get().auth() != null
                && !preset.get().local()) {
            account.field(from, "auth", "auth", preset.get().auth());
        }
        return account;
    }

    /// Without a key LiteLLM takes the vendor's usual variable.
    private static void secret(Account account, Source params, String vendor, @Nullable String key) {
        if (key != null) {
            account.secret(params, "api_key", key);
            return;
        }
        Optional<Preset> preset = Vendors.preset(vendor);
        boolean isSigned = preset.isPresent() && preset.get().endpoints().containsKey(Dialect.BEDROCK_CONVERSE);
        if (preset.isPresent() && preset.get().credential() != null && !isSigned && !Addresses.isAtHome(url(account))) {
            account.secret(
                    params, "api_key", "os.environ/" + preset.get().credential().variable());
        }
    }

    private static String url(Account account) {
        Json.Obj endpoints = account.json().object("endpoints");
        return endpoints == null
                ? ""
                : endpoints.fields().values().iterator().next() instanceof Json.Str(String url) ? url : "";
    }

    private static Json.Obj model(String id, Source params, @Nullable Source about) {
        Json.Builder price = Json.object();
        price(price, "input", "input_cost_per_token", params, about);
        price(price, "output", "output_cost_per_token", params, about);
        price(price, "cacheRead", "cache_read_input_token_cost", params, about);
        price(price, "cacheWrite5m", "cache_creation_input_token_cost", params, about);
        Json.Builder capabilities = Json.object();
        if (about != null) {
            capability(capabilities, "vision", about.flag("supports_vision"));
            capability(capabilities, "tools", about.flag("supports_function_calling"));
        }
        Long context = about == null ? null : about.whole("max_input_tokens");
        Long most = about == null ? null : about.whole("max_output_tokens", "max_tokens");
        if (about != null) {
            about.take("max_tokens");
        }
        Json.Obj prices = price.build();
        Json.Obj caps = capabilities.build();
        return Json.object()
                .put("id", id)
                .putIf("contextWindow", context)
                .putIf("maxOutputTokens", most)
                .when(!prices.isEmpty(), fields -> fields.put("price", prices))
                .when(!caps.isEmpty(), fields -> fields.put("capabilities", caps))
                .build();
    }

    /// Only what differs from what is assumed of a model.
    private static void capability(Json.Builder capabilities, String name, @Nullable Boolean value) {
        if (Boolean.FALSE.equals(value)) {
            capabilities.put(name, false);
        }
    }

    private static void price(Json.Builder price, String ours, String theirs, Source params, @Nullable Source about) {
        for (Source from : about == null ? List.of(params) : List.of(params, about)) {
            Json value = from.take(theirs);
            String text = value instanceof Json.Num(String literal)
                    ? literal
                    : value instanceof Json.Str(String written) ? written : null;
            Optional<String> perMillion = text == null ? Optional.empty() : ModelOffers.perMillion(text);
            perMillion.ifPresent(amount -> price.put(ours, amount));
            if (value != null && perMillion.isEmpty()) {
                from.lose(theirs, value, "it is no amount of dollars per token");
            }
        }
    }

    private static void limits(Account account, String model, Source params) {
        Long requests = params.whole("rpm");
        Long tokens = params.whole("tpm");
        if (requests == null && tokens == null) {
            return;
        }
        Json.Obj limit = Json.object()
                .put("id", Draft.slug(model) + "-minute")
                .put("models", Json.strings(List.of(model)))
                .putIf("requests", requests)
                .putIf("tokens", tokens)
                .put(
                        "window",
                        Json.object().put("unit", "minute").put("size", 1).build())
                .build();
        String refusal = account.limit(limit);
        if (refusal != null) {
            params.lose(requests == null ? "tpm" : "rpm", Json.of(requests == null ? 0 : requests), refusal);
        }
    }

    private void groups(@Nullable Source router) {
        String theirs = router == null ? null : router.text("routing_strategy");
        String ours = theirs == null ? "weighted-rr" : STRATEGIES.get(theirs);
        if (ours == null && router != null) {
            router.lose("routing_strategy", Json.of(String.valueOf(theirs)), "it is not known: the aliases have auto");
        }
        String strategy = ours == null ? "auto" : ours;
        groups.forEach((group, targets) -> {
            Json.Obj alias = Json.object()
                    .put("strategy", targets.size() == 1 ? "ordered" : strategy)
                    .put("targets", Json.array(distinct(targets)))
                    .build();
            String refusal = draft.alias(group, alias);
            if (refusal != null) {
                root.lose("model_list", Json.of(group), "no alias can be called that: " + refusal);
            }
        });
    }

    private static List<Json> distinct(List<Json> targets) {
        Map<String, Json> byRef = new LinkedHashMap<>();
        for (Json target : targets) {
            byRef.putIfAbsent(target instanceof Json.Obj object ? object.text("ref", "") : "", target);
        }
        return List.copyOf(byRef.values());
    }

    /// `model_group_alias`: another name of a group.
    private void renamed(Source router) {
        Source names = router.object("model_group_alias");
        if (names == null) {
            return;
        }
        names.all().forEach((name, value) -> {
            String group = value instanceof Json.Str(String text)
                    ? text
                    : value instanceof Json.Obj object ? object.text(MODEL, "") : "";
            Json.Obj alias = Json.object()
                    .put("strategy", "ordered")
                    .put("targets", Json.Arr.of(Draft.target(group, null)))
                    .build();
            String refusal = !draft.hasAlias(group)
                    ? "it names no group of this file"
                    : draft.hasAlias(name) ? "there is a group of that name" : draft.alias(name, alias);
            if (refusal != null) {
                names.lose(name, value, refusal);
            }
        });
    }

    /// `[{group: [other, ...]}]`: a second tier of the group's alias.
    private void fallbacks(@Nullable Source from) {
        if (from == null) {
            return;
        }
        from.drop("default_fallbacks", "Sluice has fallbacks for each alias: sluice alias edit NAME --fallback REF");
        for (Source item : from.objects("fallbacks")) {
            item.all().forEach((group, value) -> {
                Json.Obj alias = draft.alias(group);
                List<Json> refs = new ArrayList<>();
                for (Json other : value instanceof Json.Arr(List<Json> items) ? items : List.<Json>of()) {
                    if (other instanceof Json.Str(String name) && draft.hasAlias(name)) {
                        refs.add(Draft.target(name, null));
                    } else {
                        item.lose(group, other, "it names no group of this file");
                    }
                }
                if (alias == null) {
                    item.lose(group, value, "it names no group of this file");
                } else if (!refs.isEmpty()) {
                    draft.alias(group, alias.with("fallbackTargets", Json.array(refs)));
                }
            });
        }
    }
}
