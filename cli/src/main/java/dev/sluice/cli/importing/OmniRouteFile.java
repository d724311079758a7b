package dev.sluice.cli.importing;

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

/// An export of OmniRoute (Settings, export as JSON): connections with keys, nodes of one's own, and combos.
///
/// Logins of subscriptions are not carried over: a connection has an API key, or it is none for Sluice.
final class OmniRouteFile {
    private static final String UNKNOWN = "Sluice has no such setting";
    private static final String STATE = "it is a state or a label, not a setting";
    private static final Map<String, String> STRATEGIES = Map.ofEntries(
            Map.entry("priority", "ordered"),
            Map.entry("fill-first", "ordered"),
            Map.entry("weighted", "weighted-rr"),
            Map.entry("round-robin", "round-robin"),
            Map.entry("random", "random"),
            Map.entry("strict-random", "random"),
            Map.entry("least-used", "least-used"),
            Map.entry("cost-optimized", "cost"),
            Map.entry("auto", "auto"));
    private static final List<String> STATES = List.of(
            "id",
            "email",
            "displayName",
            "testStatus",
            "lastTested",
            "errorCode",
            "lastError",
            "lastErrorAt",
            "lastErrorType",
            "lastErrorSource",
            "backoffLevel",
            "rateLimitedUntil",
            "healthCheckInterval",
            "lastHealthCheckAt",
            "consecutiveUseCount",
            "lastUsedAt",
            "createdAt",
            "updatedAt",
            "expiresIn",
            "tokenType");

    private final Draft draft = new Draft();
    private final Source root;
    private final Map<String, Source> nodes = new HashMap<>();
    /// Accounts by what combos call their provider.
    private final Map<String, List<Account>> byPrefix = new LinkedHashMap<>();

    OmniRouteFile(Json.Obj file) {
        this.root = draft.source(file);
    }

    Imported read() {
        for (Source node : root.objects("providerNodes")) {
            String id = node.text("id");
            if (id == null) {
                node.lose("it has no id");
            } else {
                nodes.put(id, node);
            }
        }
        for (Source connection : root.objects("providerConnections")) {
            connection(connection);
        }
        nodes.values().forEach(OmniRouteFile::finish);
        List<Source> combos = root.objects("combos");
        combos.forEach(combo -> combo(combo, names(combos)));
        lose("settings", UNKNOWN);
        lose("apiKeys", "keys of clients: sluice key create NAME");
        for (String history : List.of("usageHistory", "domainCostHistory", "domainBudgets", "callLogs")) {
            root.drop(history, "it is history");
        }
        root.take("_meta");
        root.rest(UNKNOWN);
        return draft.done();
    }

    private static List<String> names(List<Source> combos) {
        return combos.stream()
                .map(combo -> combo.text("name"))
                .filter(name -> name != null)
                .map(String::valueOf)
                .toList();
    }

    /// Each entry of a part that Sluice has no place for.
    private void lose(String part, String why) {
        switch (root.take(part)) {
            case Json.Obj object -> root.at(object, part).rest(why);
            case Json.Arr(List<Json> items) -> {
                for (int i = 0; i < items.size(); i++) {
                    root.lose(part + "[" + i + "]", items.get(i), why);
                }
            }
            case null -> {}
            case Json other -> root.lose(part, other, why);
        }
    }

    private static void finish(Source node) {
        node.take("id", "name", "createdAt", "updatedAt");
        for (String name : List.of("type", "prefix", "apiType", "baseUrl", "name", "createdAt", "updatedAt")) {
            node.take(name);
        }
        node.rest(UNKNOWN);
    }

    private void connection(Source from) {
        String provider = from.text("provider");
        String key = from.text("apiKey");
        String kind = from.text("authType");
        if (provider == null) {
            from.lose("it names no provider");
            return;
        }
        boolean isAtHome = nodes.containsKey(provider) || "none".equals(kind);
        if (key == null && !isAtHome || kind != null && !kind.equals("apikey") && !kind.equals("none")) {
            from.lose("it is the login of a subscription; Sluice takes API keys: sluice provider add " + provider);
            return;
        }
        Account account = nodes.containsKey(provider) ? ofNode(from, nodes.get(provider)) : ofPreset(from, provider);
        if (account == null) {
            return;
        }
        if (key != null && key.startsWith("enc:")) {
            from.lose("apiKey", Json.of("(not shown)"), "it is encrypted: sluice credential set " + account.id());
            account.field(from, "apiKey", "credential", Json.of(account.id()));
        } else {
            account.secret(from, "apiKey", key);
        }
        Long priority = from.whole("priority");
        if (priority != null && priority > 0) {
            account.field(from, "priority", "priority", Json.of(priority));
        }
        if (isOff(from)) {
            account.field(from, "isActive", "enabled", Json.FALSE);
        }
        account.anyModel();
        STATES.forEach(from::take);
        from.take("name");
        from.drop("defaultModel", "any model passes through: sluice model default REF");
        from.drop("globalPriority", "see priority");
        from.rest(UNKNOWN);
    }

    /// SQLite's 0 is a false.
    private static boolean isOff(Source from) {
        Json active = from.take("isActive");
        return active == Json.FALSE
                || active instanceof Json.Num number && Long.valueOf(0).equals(number.asLong());
    }

    private @Nullable Account ofNode(Source from, @Nullable Source node) {
        String url = node == null ? null : node.text("baseUrl");
        Optional<String> base = url == null ? Optional.empty() : Addresses.base(url);
        if (node == null || base.isEmpty()) {
            from.lose("its node has no base URL that is one");
            return null;
        }
        String prefix = node.text("prefix");
        String name = node.text("name");
        boolean isMessages = String.valueOf(node.text("type")).startsWith("anthropic");
        boolean isResponses = "responses".equals(node.text("apiType"));
        Dialect dialect = isMessages ? Dialect.ANTHROPIC : isResponses ? Dialect.OPENAI_RESPONSES : Dialect.OPENAI_CHAT;
        String wanted = prefix == null ? name == null ? "provider" : name : prefix;
        Account account = draft.account(from, wanted, dialect, base.get());
        if (account != null) {
            called(account, prefix, String.valueOf(from.text("provider")));
        }
        return account;
    }

    private @Nullable Account ofPreset(Source from, String provider) {
        Optional<Preset> preset = Vendors.preset(provider);
        if (preset.isEmpty() || !preset.get().variables().isEmpty()) {
            from.lose("no address of it is known here: sluice provider add " + Draft.slug(provider)
                    + " --url DIALECT=URL");
            return null;
        }
        Account account = draft.account(from, preset.get(), Map.of());
        if (account != null) {
            called(account, provider, preset.get().id());
        }
        return account;
    }

    private void called(Account account, @Nullable String... names) {
        for (String name : names) {
            if (name != null) {
                List<Account> known = byPrefix.computeIfAbsent(name, _ -> new ArrayList<>());
                if (!known.contains(account)) {
                    known.add(account);
                }
            }
        }
    }

    private void combo(Source from, List<String> names) {
        String name = from.text("name");
        String theirs = from.text("strategy");
        String ours = theirs == null ? "ordered" : STRATEGIES.get(theirs);
        if (ours == null) {
            from.lose("strategy", Json.of(String.valueOf(theirs)), "Sluice has no such one: the alias has ordered");
        }
        Map<String, Json> targets = new LinkedHashMap<>();
        List<Json> steps = from.items("models");
        for (int i = 0; i < steps.size(); i++) {
            step(from, "models[" + i + "]", steps.get(i), names, targets);
        }
        Json.Obj alias = Json.object()
                .put("strategy", ours == null ? "ordered" : ours)
                .put("targets", Json.array(List.copyOf(targets.values())))
                .build();
        String refusal = targets.isEmpty() ? "no target of it is left" : draft.alias(String.valueOf(name), alias);
        if (refusal != null) {
            from.lose(refusal);
            return;
        }
        STATES.forEach(from::take);
        for (String label : List.of("version", "description", "sortOrder", "isHidden")) {
            from.drop(label, STATE);
        }
        from.rest(UNKNOWN);
    }

    private void step(Source from, String at, Json step, List<String> names, Map<String, Json> targets) {
        String model = "";
        Long weight = null;
        if (step instanceof Json.Str(String text)) {
            model = text;
        } else if (step instanceof Json.Obj object) {
            String provider = object.text("providerId", object.text("provider", ""));
            String named = object.text("comboName", object.text("model", ""));
            model = named.contains("/") || provider.isEmpty() || object.has("comboName")
                    ? named
                    : provider + "/" + named;
            Long share = object.whole("weight");
            weight = share == null || share < 1 ? null : share;
        }
        List<String> refs = names.contains(model) ? List.of(model) : refs(model);
        if (refs.isEmpty()) {
            from.lose(at, step instanceof Json.Str ? step : Json.of(model), "its provider was not carried over");
        }
        for (String ref : refs) {
            targets.putIfAbsent(ref, Draft.target(ref, weight));
        }
    }

    /// One for each account of that provider.
    private List<String> refs(String model) {
        int slash = model.indexOf('/');
        List<Account> accounts = slash > 0 ? byPrefix.getOrDefault(model.substring(0, slash), List.of()) : List.of();
        return accounts.stream()
                .map(account -> account.id() + model.substring(slash))
                .toList();
    }
}
