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

/// One thing that answers hold, as each provider's dialect says it that can.
///
/// @param wholeOnly whether no stream holds it
/// @param forms what stands in a client's body when it arrived, and what the table says of it then; the first that is there
///     counts
/// @param answers by provider, fields that are put over the least answer of its dialect
/// @param without the same answers without the feature, where they are not the least ones
record AnswerFeature(
        String name,
        boolean wholeOnly,
        List<Form> forms,
        Map<Dialect, Json.Obj> answers,
        Map<Dialect, Json.Obj> without) {
    private static final Path FILE = Path.of("src", "test", "resources", "support", "answers.json");

    record Form(String written, String word) {}

    static List<AnswerFeature> all() throws IOException {
        if (!(JsonText.parse(Files.readString(FILE)) instanceof JsonText.Parsed.Value(Json.Arr(List<Json> items)))) {
            throw new AssertionError(FILE + " is no list");
        }
        return items.stream().map(item -> of((Json.Obj) item)).toList();
    }

    private static AnswerFeature of(Json.Obj item) {
        List<Form> forms = new ArrayList<>();
        for (Json each : item.items("forms")) {
            List<Json> pair = ((Json.Arr) each).items();
            forms.add(new Form(((Json.Str) pair.getFirst()).value(), ((Json.Str) pair.getLast()).value()));
        }
        return new AnswerFeature(
                item.text("feature", ""),
                item.isTrue("whole"),
                forms,
                bodies(item, "answers"),
                bodies(item, "without"));
    }

    private static Map<Dialect, Json.Obj> bodies(Json.Obj item, String name) {
        Map<Dialect, Json.Obj> bodies = new EnumMap<>(Dialect.class);
        Json.Obj given = item.object(name);
        if (given != null) {
            given.fields()
                    .forEach((dialect, fields) ->
                            bodies.put(Dialect.parse(dialect).orElseThrow(), (Json.Obj) fields));
        }
        return bodies;
    }
}
