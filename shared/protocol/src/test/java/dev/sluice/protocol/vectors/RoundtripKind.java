package dev.sluice.protocol.vectors;

import dev.sluice.model.Answer;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Several requests and answers in a row, where a later one holds what an earlier one gave.
final class RoundtripKind {
    private final Codecs codecs;
    private final Map<String, Json> captured = new HashMap<>();
    private @Nullable ToolNames names;

    private RoundtripKind(Codecs codecs) {
        this.codecs = codecs;
    }

    static boolean isSpoken(Vector vector, Codecs codecs) {
        return vector.steps().stream()
                .allMatch(
                        step -> isSpoken(step.text("source", ""), codecs) && isSpoken(step.text("target", ""), codecs));
    }

    private static boolean isSpoken(String dialect, Codecs codecs) {
        return Dialect.parse(dialect).flatMap(codecs::of).isPresent();
    }

    static void run(Vector vector, Codecs codecs) {
        vector.expectOnly("outcome");
        RoundtripKind roundtrip = new RoundtripKind(codecs);
        vector.steps().forEach(roundtrip::step);
    }

    private void step(Json.Obj step) {
        Json body = step.has("body_template")
                ? filled(step.fields().get("body_template"))
                : step.fields().get("body");
        DialectCodec source = codec(step.text("source", ""));
        DialectCodec target = codec(step.text("target", ""));
        Setup setup = new Setup(Vector.objectOf(step, "context"));
        byte[] bytes = JsonText.bytes(body == null ? Json.Obj.EMPTY : body);
        Json output = step.text("do", "").equals("request")
                ? request(bytes, setup, source, target)
                : response(bytes, setup, source, target);
        Vector.objectOf(step, "capture").fields().forEach((name, path) -> {
            Json value = Paths.first(output, Assertions.written(path));
            Checks.that(value != null, "nothing to capture at " + path + " in " + JsonText.print(output));
            captured.put(name, value == null ? Json.NULL : value);
        });
        Checks.asserts(step.items("asserts"), output);
    }

    private Json request(byte[] body, Setup setup, DialectCodec source, DialectCodec target) {
        RequestHead head = new RequestHead(Setup.path(source.dialect(), false), Map.of(), Headers.NONE);
        return switch (RequestKind.encode(body, head, setup, source, target)) {
            case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) -> {
                names = encoded.names();
                Json json = Checks.json(encoded.body());
                List<String> problems = BaseRules.problems(target.dialect().id(), (Json.Obj) json);
                Checks.that(problems.isEmpty(), "base rules: " + String.join(", ", problems));
                yield json;
            }
            case Outcome.Bad<EncodedRequest>(Failure failure) -> throw new AssertionError(Checks.said(failure));
        };
    }

    private Json response(byte[] body, Setup setup, DialectCodec source, DialectCodec target) {
        return switch (source.answers().decode(body, names == null ? setup.names() : names)) {
            case Outcome.Ok<Answer>(Answer answer) ->
                Checks.json(target.answers().encode(answer, setup.client(target, false)));
            case Outcome.Bad<Answer>(Failure failure) -> throw new AssertionError(Checks.said(failure));
        };
    }

    /// The template with `${name}` replaced by the captured value, and `${...name}` by the items of a captured array.
    private Json filled(Json template) {
        return switch (template) {
            case Json.Str(String text) when text.startsWith("${") -> value(text.substring(2, text.length() - 1));
            case Json.Arr(List<Json> items) -> {
                List<Json> all = new ArrayList<>();
                for (Json item : items) {
                    if (item instanceof Json.Str(String text) && text.startsWith("${...")) {
                        all.addAll(Assertions.items(value(text.substring(5, text.length() - 1))));
                    } else {
                        all.add(filled(item));
                    }
                }
                yield new Json.Arr(all);
            }
            case Json.Obj(Map<String, Json> fields) -> {
                Map<String, Json> all = new LinkedHashMap<>();
                fields.forEach((key, value) -> all.put(key, filled(value)));
                yield new Json.Obj(all);
            }
            default -> template;
        };
    }

    private Json value(String name) {
        Json value = captured.get(name);
        Checks.that(value != null, "nothing was captured as " + name);
        return value == null ? Json.NULL : value;
    }

    private DialectCodec codec(String dialect) {
        return Dialect.parse(dialect).flatMap(codecs::of).orElseThrow();
    }
}
