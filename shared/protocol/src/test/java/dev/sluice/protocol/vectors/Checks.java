package dev.sluice.protocol.vectors;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.json.JsonText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks that the harnesses of all kinds make; the first that does not hold is thrown as the vector's failure.
final class Checks {
    private Checks() {}

    static void that(boolean holds, String problem) {
        if (!holds) {
            throw new AssertionError(problem);
        }
    }

    static void matches(Patterns patterns, @Nullable Json pattern, @Nullable Json value) {
        String mismatch = patterns.mismatch(pattern, value);
        that(mismatch == null, String.valueOf(mismatch));
    }

    static void asserts(List<Json> assertions, Json root) {
        for (Json assertion : assertions) {
            String failure = Assertions.failure(root, (Json.Obj) assertion);
            that(failure == null, String.valueOf(failure));
        }
    }

    /// Every assertion, and of `asserts_any` all of one group.
    static void allAsserts(Json.Obj expect, Json root) {
        asserts(expect.items("asserts"), root);
        List<Json> groups = expect.items("asserts_any");
        boolean one = groups.stream()
                .anyMatch(group -> Assertions.items(group).stream()
                        .allMatch(assertion -> Assertions.failure(root, (Json.Obj) assertion) == null));
        that(groups.isEmpty() || one, "no group of asserts_any holds for " + Patterns.shown(root));
    }

    /// The expected body, or one of several.
    static void body(Json.Obj expect, Json actual) {
        Patterns patterns = new Patterns();
        if (expect.has("body")) {
            matches(patterns, expect.field("body"), actual);
        }
        anyOf(expect.items("any_of"), actual);
        allAsserts(expect, actual);
    }

    static void anyOf(List<Json> alternatives, Json actual) {
        String first = null;
        for (Json alternative : alternatives) {
            String mismatch = new Patterns().mismatch(alternative, actual);
            if (mismatch == null) {
                return;
            }
            first = first == null ? mismatch : first;
        }
        that(alternatives.isEmpty(), "no alternative matches: " + first);
    }

    static void headers(Json.Obj expect, Headers actual) {
        for (Map.Entry<String, Json> header :
                Vector.objectOf(expect, "headers").fields().entrySet()) {
            header(header, actual);
        }
        for (Map.Entry<String, Json> header :
                Vector.objectOf(expect, "headers_optional").fields().entrySet()) {
            if (actual.has(header.getKey())) {
                header(header, actual);
            }
        }
        for (String name : Patterns.strings(expect.items("headers_absent"))) {
            int colon = name.indexOf(':');
            String bare = colon < 0 ? name : name.substring(0, colon);
            that(!actual.has(bare), "header " + bare + " must be absent");
        }
    }

    private static void header(Map.Entry<String, Json> expected, Headers actual) {
        String value = actual.first(expected.getKey()).orElse(null);
        String mismatch = new Patterns().mismatch(expected.getValue(), value == null ? null : Json.of(value));
        that(mismatch == null, "header " + expected.getKey() + " " + mismatch);
    }

    static void error(Json.Obj expect, @Nullable Json body, ErrorAnswer answer) {
        String text = new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
        String status = new Patterns()
                .mismatch(expect.has("status") ? expect.field("status") : Json.of(400), Json.of(answer.status()));
        that(status == null, "status " + status + " " + text);
        if (body != null) {
            matches(new Patterns(), body, json(answer.body()));
        }
        headers(expect, answer.headers());
    }

    static Json json(byte[] bytes) {
        return switch (JsonText.parse(bytes)) {
            case JsonText.Parsed.Value(Json json) -> json;
            case JsonText.Parsed.Malformed(String problem) ->
                throw new AssertionError(
                        "not JSON, " + problem + ": " + new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        };
    }

    static String said(Failure failure) {
        return failure.kind() + " " + failure.message();
    }
}
