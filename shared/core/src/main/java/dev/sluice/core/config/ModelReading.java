package dev.sluice.core.config;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.translate.CapabilityNames;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the models of one provider.
final class ModelReading {
    static final Range TOKENS = new Range(1, 1_000_000_000);
    static final String WILDCARD = "*";
    private static final String CAP_MAX_OUTPUT = "max_output_tokens";
    private static final String ID = "a model's id: at most 200 characters, no spaces, `*` only alone";

    private final Findings findings;
    private final String provider;
    private final Set<Dialect> endpoints;
    private final List<ModelConfig> models = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean wildcard;

    /// @param endpoints the dialects that the provider has endpoints for
    ModelReading(Findings findings, String provider, Set<Dialect> endpoints) {
        this.findings = findings;
        this.provider = provider;
        this.endpoints = endpoints;
    }

    boolean wildcard() {
        return wildcard;
    }

    List<ModelConfig> read(ObjectFields account) {
        List<Json> items = account.items("models");
        for (int i = 0; i < items.size(); i++) {
            String path = account.pathOf("models") + "[" + i + "]";
            switch (items.get(i)) {
                case Json.Str(String id) -> named(id, path);
                case Json.Obj object -> described(ObjectFields.of(object, path, ConfigFields.MODEL, findings));
                case Json other -> findings.wrong(path, other, "a model's id, or an object with one");
            }
        }
        return models;
    }

    private void named(String id, String path) {
        if (id.equals(WILDCARD)) {
            if (wildcard) {
                findings.say(path, "\"*\"", "each model once");
            }
            wildcard = true;
        } else if (!Spelling.isModelId(id)) {
            findings.wrong(path, Json.of(id), ID);
        } else if (isFree(id, path)) {
            models.add(ModelConfig.passedThrough(id));
        }
    }

    private boolean isFree(String name, String path) {
        boolean isFree = names.add(name);
        if (!isFree) {
            findings.say(path, Shown.text(name), "an id or alias that no other model of this provider has");
        }
        return isFree;
    }

    private void described(ObjectFields model) {
        String id = model.text("id");
        if (id == null || !Spelling.isModelId(id)) {
            if (id != null || !model.has("id")) {
                model.wrong("id", ID);
            }
        } else {
            isFree(id, model.pathOf("id"));
        }
        models.add(new ModelConfig(
                id == null ? "" : id,
                aliases(model),
                model.flag("enabled", true),
                dialects(model),
                model.wholeOrNull("contextWindow", TOKENS),
                price(model),
                capabilities(model),
                fallbacks(model, id)));
    }

    private List<String> fallbacks(ObjectFields model, @Nullable String id) {
        String by = provider + "/" + id;
        return model.strings("fallbackModels", (path, ref) -> findings.mention(new Findings.Mention(path, ref, by)));
    }

    private List<String> aliases(ObjectFields model) {
        return model.strings("aliases", (path, alias) -> {
            if (Spelling.isModelId(alias)) {
                isFree(alias, path);
            } else {
                findings.wrong(path, Json.of(alias), "another id of this model, without spaces and `*`");
            }
        });
    }

    private List<Dialect> dialects(ObjectFields model) {
        List<Dialect> dialects = new ArrayList<>();
        List<Json> items = model.items("dialects");
        for (int i = 0; i < items.size(); i++) {
            Dialect dialect = items.get(i) instanceof Json.Str(String name)
                    ? Dialect.parse(name).orElse(null)
                    : null;
            if (dialect != null && endpoints.contains(dialect) && !dialects.contains(dialect)) {
                dialects.add(dialect);
            } else {
                findings.wrong(
                        model.pathOf("dialects") + "[" + i + "]",
                        items.get(i),
                        "dialects of this provider's endpoints, each once: " + ids(endpoints));
            }
        }
        return dialects;
    }

    private static String ids(Set<Dialect> dialects) {
        return dialects.isEmpty()
                ? "it has none"
                : String.join(", ", dialects.stream().map(Dialect::id).toList());
    }

    private ModelConfig.@Nullable Price price(ObjectFields model) {
        if (model.presentOrNull("price") == null) {
            return null;
        }
        ObjectFields price = model.nested("price", ConfigFields.PRICE);
        return new ModelConfig.Price(
                Decimals.amount(price, "input"),
                Decimals.amount(price, "output"),
                Decimals.amount(price, "cacheRead"),
                Decimals.amount(price, "cacheWrite5m"),
                Decimals.amount(price, "cacheWrite1h"));
    }

    private Capabilities capabilities(ObjectFields model) {
        Json value = model.field("capabilities");
        if (value != null && !(value instanceof Json.Obj)) {
            model.wrong("capabilities", "an object");
        }
        Json.Obj caps = value instanceof Json.Obj object ? object : Json.Obj.EMPTY;
        noteEach(caps, model.pathOf("capabilities"));
        Long most = model.wholeOrNull("maxOutputTokens", TOKENS);
        Long alsoMost = caps.whole(CAP_MAX_OUTPUT);
        if (most != null && alsoMost != null && !most.equals(alsoMost)) {
            model.wrong("maxOutputTokens", "the same as capabilities." + CAP_MAX_OUTPUT + ", or only one of the two");
        }
        Json.Obj whole = most == null ? caps : caps.with(CAP_MAX_OUTPUT, Json.of(most));
        return CapabilityNames.read(whole, quirks(model)) instanceof Outcome.Ok<Capabilities>(Capabilities read)
                ? read
                : Capabilities.DEFAULT;
    }

    /// One by one, so that each wrong capability has its own path.
    private void noteEach(Json.Obj caps, String path) {
        for (Map.Entry<String, Json> cap : caps.fields().entrySet()) {
            String name = cap.getKey();
            if (!CapabilityNames.names().contains(name)) {
                findings.say(
                        Findings.path(path, name),
                        "an unknown capability",
                        Findings.nearest(name, CapabilityNames.names()));
            } else if (CapabilityNames.read(new Json.Obj(Map.of(name, cap.getValue())), Set.of())
                    instanceof Outcome.Bad<Capabilities>(Failure failure)) {
                findings.wrong(Findings.path(path, name), cap.getValue(), expected(failure));
            }
        }
    }

    private static String expected(Failure failure) {
        return failure instanceof Failure.Refused refused ? "another value: " + refused.message() : "another value";
    }

    private Set<Capabilities.Quirk> quirks(ObjectFields model) {
        Set<Capabilities.Quirk> quirks = EnumSet.noneOf(Capabilities.Quirk.class);
        List<Json> items = model.items("quirks");
        for (int i = 0; i < items.size(); i++) {
            String path = model.pathOf("quirks") + "[" + i + "]";
            String name = items.get(i) instanceof Json.Str(String text) ? text : "";
            Capabilities.Quirk quirk = quirkOrNull(name);
            if (quirk == null) {
                findings.wrong(path, items.get(i), ObjectFields.expectedChoice(name, quirkIds()));
            } else if (!quirks.add(quirk)) {
                findings.wrong(path, items.get(i), "each quirk once");
            } else if (quirk == Capabilities.Quirk.THINK_TAGS) {
                findings.notYet(path, "text in think tags is not told apart from the answer in this version.");
            }
        }
        return quirks;
    }

    private static Capabilities.@Nullable Quirk quirkOrNull(String name) {
        for (Capabilities.Quirk quirk : Capabilities.Quirk.values()) {
            if (id(quirk).equals(name)) {
                return quirk;
            }
        }
        return null;
    }

    static List<String> quirkIds() {
        List<String> ids = new ArrayList<>();
        for (Capabilities.Quirk quirk : Capabilities.Quirk.values()) {
            ids.add(id(quirk));
        }
        return ids;
    }

    private static String id(Capabilities.Quirk quirk) {
        return quirk.name().toLowerCase(Locale.ROOT);
    }
}
