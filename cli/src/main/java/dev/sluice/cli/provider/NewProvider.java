package dev.sluice.cli.provider;

import dev.sluice.cli.CommandFailure;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A provider's object as a preset and its owner describe it.
///
/// @param values of the preset's variables, by name
/// @param urls the owner's own base URLs, which stand for the preset's
/// @param models ids; none: any model id passes through
public record NewProvider(
        String id,
        @Nullable Preset preset,
        Map<String, String> values,
        Map<Dialect, String> urls,
        List<String> models) {
    /// Of the variable that stands as `{name-}` before a host: a place that has no label there.
    private static final String GLOBAL = "global";

    public NewProvider {
        models = List.copyOf(models);
    }

    /// Whether it wants a secret of its own, as far as can be told.
    public boolean wantsSecret(boolean privateNetwork) {
        if (preset == null) {
            return !privateNetwork;
        }
        return preset.credential() != null && !preset.endpoints().containsKey(Dialect.BEDROCK_CONVERSE);
    }

    /// Whether its secret is the key file of a Google service account.
    ///
    /// @param provider its object in a configuration
    public static boolean wantsKeyFile(Json.Obj provider) {
        Json.Obj auth = provider.object("auth");
        return auth != null && auth.text("type", "").equals("google-service-account");
    }

    /// Refuses a variable that has no value, or one that the preset does not have.
    public Json.Obj json() {
        checkValues();
        Json.Builder provider = Json.object().put("id", id);
        if (preset != null) {
            provider.when(!preset.id().equals(id), fields -> fields.put("name", preset.name() + " (" + id + ")"));
        }
        provider.put("endpoints", endpoints());
        if (preset != null) {
            provider.putIf("auth", preset.auth());
            provider.when(preset.local(), fields -> fields.put("allowPrivateNetwork", true));
        }
        return provider.put("models", modelList()).build();
    }

    private Json modelList() {
        List<Json> list = new ArrayList<>();
        for (String model : models) {
            list.add(preset == null || preset.capabilities().isEmpty() ? Json.of(model) : described(model, preset));
        }
        return list.isEmpty() ? Json.strings(List.of(ProviderModels.ANY)) : Json.array(list);
    }

    private static Json described(String model, Preset preset) {
        return Json.object()
                .put("id", model)
                .put("capabilities", preset.capabilities())
                .build();
    }

    private Json.Obj endpoints() {
        Map<Dialect, String> all = new LinkedHashMap<>();
        if (preset != null) {
            preset.endpoints().forEach((dialect, url) -> {
                if (!urls.containsKey(dialect)) {
                    all.put(dialect, filled(url, preset));
                }
            });
        }
        all.putAll(urls);
        Json.Builder endpoints = Json.object();
        all.forEach((dialect, url) -> endpoints.put(dialect.id(), url));
        return endpoints.build();
    }

    private String filled(String url, Preset of) {
        String filled = url;
        for (String variable : of.variables().keySet()) {
            String place = "{" + variable + "}";
            String label = "{" + variable + "-}";
            if (filled.contains(place) || filled.contains(label)) {
                String value = values.get(variable);
                if (value == null) {
                    throw CommandFailure.usage("the preset " + of.id() + " wants --set " + variable + "=...: "
                            + of.variables().get(variable));
                }
                filled = filled.replace(place, value).replace(label, value.equals(GLOBAL) ? "" : value + "-");
            }
        }
        return filled;
    }

    private void checkValues() {
        for (String name : values.keySet()) {
            if (preset == null || !preset.variables().containsKey(name)) {
                throw WorkingCopy.unknown(
                        "variable",
                        name,
                        preset == null ? List.of() : preset.variables().keySet(),
                        "sluice provider presets");
            }
        }
    }
}
