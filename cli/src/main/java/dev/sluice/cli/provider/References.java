package dev.sluice.cli.provider;

import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What of a document leads nowhere, once something was taken out of it; and the document without that.
///
/// Whether a ref leads somewhere is asked of the reader of configurations: there are no second rules here.
public final class References {
    private static final String TARGETS = "targets";
    private static final String FALLBACKS = "fallbackTargets";
    private static final String FALLBACK_MODELS = "fallbackModels";

    private final WorkingCopy copy;
    private final List<String> gone = new ArrayList<>();

    private References(WorkingCopy copy) {
        this.copy = copy;
    }

    /// A document without what led nowhere.
    ///
    /// @param gone what was taken out for that, in words
    public record Pruned(WorkingCopy copy, List<String> gone) {
        public Pruned {
            gone = List.copyOf(gone);
        }
    }

    /// Takes out what leads nowhere, and then what led to that, until all refs lead somewhere.
    public static Pruned prune(WorkingCopy copy) {
        List<String> gone = new ArrayList<>();
        WorkingCopy now = copy;
        for (boolean isClean = false; !isClean; ) {
            References round = new References(now);
            now = round.pruned();
            gone.addAll(round.gone);
            isClean = round.gone.isEmpty();
        }
        return new Pruned(now, gone);
    }

    /// Whether a ref, or an alias's name, is one that leads somewhere.
    public static boolean leads(WorkingCopy copy, String ref) {
        return new References(copy).leads(ref, null);
    }

    private WorkingCopy pruned() {
        WorkingCopy now = copy;
        String first = now.document().text("defaultModel");
        if (first != null && !leads(first, null)) {
            gone.add("defaultModel: " + first);
            now = now.without("defaultModel");
        }
        for (Map.Entry<String, Json> alias : copy.aliases().entrySet()) {
            now = alias.getValue() instanceof Json.Obj object ? withAlias(now, alias.getKey(), object) : now;
        }
        for (Json.Obj provider : copy.providers()) {
            now = now.withProvider(provider(provider));
        }
        return now;
    }

    private WorkingCopy withAlias(WorkingCopy now, String id, Json.Obj alias) {
        Json.Obj left = tier(tier(alias, id, TARGETS), id, FALLBACKS);
        if (left.items(TARGETS).isEmpty() && !alias.items(TARGETS).isEmpty()) {
            gone.add("alias " + id + ": no target is left");
            return now.withoutAlias(id);
        }
        return left.equals(alias) ? now : now.withAlias(id, left);
    }

    private Json.Obj tier(Json.Obj alias, String id, String name) {
        List<Json> left = new ArrayList<>();
        for (Json target : alias.items(name)) {
            String ref = target instanceof Json.Obj object ? object.text("ref", "") : "";
            if (ref.isEmpty() || leads(ref, id)) {
                left.add(target);
            } else {
                gone.add("alias " + id + ": " + ref);
            }
        }
        if (left.size() == alias.items(name).size()) {
            return alias;
        }
        return left.isEmpty() && name.equals(FALLBACKS) ? alias.without(name) : alias.with(name, Json.array(left));
    }

    private Json.Obj provider(Json.Obj provider) {
        List<Json> models = new ArrayList<>();
        for (Json model : provider.items("models")) {
            models.add(model instanceof Json.Obj object ? model(provider.text("id", ""), object) : model);
        }
        Json.Obj changed =
                models.equals(provider.items("models")) ? provider : provider.with("models", Json.array(models));
        return limits(changed);
    }

    private Json.Obj model(String provider, Json.Obj model) {
        List<Json> left = new ArrayList<>();
        for (Json fallback : model.items(FALLBACK_MODELS)) {
            if (!(fallback instanceof Json.Str(String ref)) || leads(ref, null)) {
                left.add(fallback);
            } else {
                gone.add("fallback of " + provider + "/" + model.text("id", "") + ": " + ref);
            }
        }
        if (left.size() == model.items(FALLBACK_MODELS).size()) {
            return model;
        }
        return left.isEmpty() ? model.without(FALLBACK_MODELS) : model.with(FALLBACK_MODELS, Json.array(left));
    }

    private Json.Obj limits(Json.Obj provider) {
        List<Json> left = new ArrayList<>();
        for (Json limit : provider.items("rateLimits")) {
            Json kept = limit instanceof Json.Obj object ? limit(provider, object) : limit;
            if (kept != null) {
                left.add(kept);
            }
        }
        return left.equals(provider.items("rateLimits")) ? provider : provider.with("rateLimits", Json.array(left));
    }

    /// Null: no model is left that it is for.
    private @Nullable Json limit(Json.Obj provider, Json.Obj limit) {
        List<String> known = ProviderModels.ids(provider);
        List<Json> left = new ArrayList<>();
        for (Json model : limit.items("models")) {
            if (ProviderModels.isAny(provider)
                    || !(model instanceof Json.Str(String id))
                    || id.equals("all")
                    || known.contains(id)) {
                left.add(model);
            } else {
                gone.add("limit " + limit.text("id", "") + " of " + provider.text("id", "") + ": " + id);
            }
        }
        if (left.size() == limit.items("models").size()) {
            return limit;
        }
        return left.isEmpty() ? null : limit.with("models", Json.array(left));
    }

    /// @param within the alias that the ref stands in, whose own name means what comes after it there
    private boolean leads(String ref, @Nullable String within) {
        Map<String, Json> aliases = new LinkedHashMap<>();
        for (String id : copy.aliases().keySet()) {
            if (!id.equals(within)) {
                aliases.put(id, anywhere());
            }
        }
        Json.Obj question = Json.object()
                .put("version", 1)
                .put("defaultModel", ref)
                .put(
                        "providers",
                        Json.array(
                                copy.providers().stream().map(References::bare).toList()))
                .put("modelAliases", new Json.Obj(aliases))
                .build();
        return ConfigReader.read(JsonText.bytes(question), 1) instanceof ConfigReading.Good;
    }

    private static Json.Obj anywhere() {
        return Json.object()
                .put(
                        "targets",
                        Json.Arr.of(Json.object().put("ref", "demo/demo").build()))
                .build();
    }

    /// Only what refs are about.
    private static Json.Obj bare(Json.Obj provider) {
        List<Json> models = new ArrayList<>();
        for (Json model : provider.items("models")) {
            if (model instanceof Json.Obj object) {
                models.add(Json.object()
                        .put("id", object.text("id", ""))
                        .putIf("aliases", object.present("aliases"))
                        .build());
            } else {
                models.add(model);
            }
        }
        return Json.object()
                .put("id", provider.text("id", ""))
                .put(
                        "endpoints",
                        Json.object().put("openai-chat", "https://example.com").build())
                .put("models", Json.array(models))
                .build();
    }
}
