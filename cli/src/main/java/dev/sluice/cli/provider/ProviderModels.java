package dev.sluice.cli.provider;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The models of one provider's object: each an id alone or an object with one, and `*` for all.
public final class ProviderModels {
    public static final String ANY = "*";

    private static final String MODELS = "models";

    private ProviderModels() {}

    /// The ids in their order, without `*`.
    public static List<String> ids(Json.Obj provider) {
        List<String> ids = new ArrayList<>();
        for (Json item : provider.items(MODELS)) {
            String id = idOf(item);
            if (!id.isEmpty() && !id.equals(ANY)) {
                ids.add(id);
            }
        }
        return ids;
    }

    /// Whether any id passes through.
    public static boolean isAny(Json.Obj provider) {
        return provider.items(MODELS).contains(Json.of(ANY));
    }

    /// The model as an object, also when it is written as an id alone.
    public static Optional<Json.Obj> find(Json.Obj provider, String id) {
        return provider.items(MODELS).stream()
                .filter(item -> idOf(item).equals(id))
                .map(item -> item instanceof Json.Obj object
                        ? object
                        : Json.object().put("id", id).build())
                .findFirst();
    }

    /// The provider with that model in the place of the one of its id, or as the last; one that is only an id is written
    /// as one.
    public static Json.Obj with(Json.Obj provider, Json.Obj model) {
        String id = model.text("id", "");
        Json written = model.fields().size() == 1 ? Json.of(id) : model;
        return provider.with(
                MODELS,
                WorkingCopy.put(
                        provider.items(MODELS), written, item -> idOf(item).equals(id)));
    }

    public static Json.Obj without(Json.Obj provider, String id) {
        return provider.with(
                MODELS,
                Json.array(WorkingCopy.without(
                        provider.items(MODELS), item -> idOf(item).equals(id))));
    }

    /// Empty: it has none.
    public static String idOf(Json model) {
        return switch (model) {
            case Json.Str(String id) -> id;
            case Json.Obj object -> object.text("id", "");
            case Json.Num _, Json.Bool _, Json.Null _, Json.Arr _ -> "";
        };
    }
}
