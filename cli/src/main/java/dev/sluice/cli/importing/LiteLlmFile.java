package dev.sluice.cli.importing;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final LiteLlmAccounts accounts = new LiteLlmAccounts(draft);
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
        Account account = named == null ? null : accounts.of(from, params, named);
        if (account == null || named == null) {
            if (named == null) {
                from.lose("it names no model");
            }
            return;
        }
        deployed(account, group, LiteLlmAccounts.id(named, params), params, about);
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
            String refusal = account.model(LiteLlmModel.of(id, params, about));
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
