package dev.sluice.protocol.support;

import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One thing that clients ask for, with the fields that ask for it in each dialect that can.
///
/// @param carries of these at least one is in the provider's body when the feature arrived; empty: the body only differs from
///     that of a request without the feature
/// @param natives of these one is in the provider's body when its own dialect's form is used; empty: there is one form only
/// @param otherwise what the table says where the form is another
/// @param requests by client, fields that are put over the least request of its dialect
record Feature(
        String name, List<String> carries, List<String> natives, String otherwise, Map<Dialect, Json.Obj> requests) {
    private static final Path FILE = Path.of("src", "test", "resources", "support", "features.json");

    static List<Feature> all() throws IOException {
        if (!(JsonText.parse(Files.readString(FILE)) instanceof JsonText.Parsed.Value(Json.Arr(List<Json> items)))) {
            throw new AssertionError(FILE + " is no list");
        }
        List<Feature> features = new ArrayList<>();
        items.forEach(item -> features.add(of((Json.Obj) item)));
        return features;
    }

    private static Feature of(Json.Obj item) {
        Map<Dialect, Json.Obj> requests = new EnumMap<>(Dialect.class);
        Json.Obj given = Objects.requireNonNull(item.object("requests"));
        given.fields()
                .forEach(
                        (dialect, fields) -> requests.put(Dialect.parse(dialect).orElseThrow(), (Json.Obj) fields));
        return new Feature(
                item.text("feature", ""),
                texts(item, "carries"),
                texts(item, "native"),
                item.text("otherwise", "emulated"),
                requests);
    }

    private static List<String> texts(Json.Obj item, String name) {
        return item.items(name).stream().map(one -> ((Json.Str) one).value()).toList();
    }
}
