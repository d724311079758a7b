package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.UpstreamCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// An upstream's stream on its way to a client.
final class StreamKind {
    private StreamKind() {}

    static void run(Vector vector, UpstreamCodec upstream, DialectCodec client) {
        vector.expectOnly(
                "outcome",
                "status",
                "body",
                "content_type",
                "framing",
                "events",
                "any_of_events",
                "events_prefix",
                "final",
                "final_optional",
                "facts_must_include",
                "lines_final",
                "asserts",
                "asserts_any",
                "alt_outcome");
        StreamRun whole = StreamRun.translated(vector, upstream, client, StreamRun.Cuts.WHOLE);
        sameInAnyCut(vector, upstream, client, whole);
        if (whole.refusal() != null) {
            refused(vector.expect(), client.failures().encode(whole.refusal(), "req_1"), Checks.said(whole.refusal()));
        } else {
            streamed(vector, whole);
        }
    }

    private static void sameInAnyCut(Vector vector, UpstreamCodec upstream, DialectCodec client, StreamRun whole) {
        List<StreamRun.Cuts> cuts = List.of(
                StreamRun.Cuts.BYTES, StreamRun.Cuts.random(1), StreamRun.Cuts.random(2), StreamRun.Cuts.random(3));
        for (StreamRun.Cuts cut : cuts) {
            StreamRun other = StreamRun.translated(vector, upstream, client, cut);
            Checks.that(other.heard().equals(whole.heard()), "other cuts of the bytes give other events");
            Checks.that(Arrays.equals(other.written(), whole.written()), "other cuts of the bytes give another stream");
        }
    }

    private static void refused(Json.Obj expect, ErrorAnswer answer, String said) {
        Json.Obj other = Vector.objectOf(expect, "alt_outcome");
        boolean asExpected = "error".equals(expect.text("outcome"));
        boolean orElse = "error".equals(other.text("outcome")) || expect.has("asserts_any");
        Checks.that(asExpected || orElse, "it failed before any content: " + said);
        if (asExpected && !isOnlyOfTheStream(expect)) {
            Checks.error(expect, expect.field("body"), answer);
        }
        Checks.allAsserts(expect, Checks.json(answer.body()));
    }

    /// Where an answer in error is one of two alternatives, status 200 is that of the other: of the error in the stream.
    private static boolean isOnlyOfTheStream(Json.Obj expect) {
        return Json.of(200).equals(expect.field("status"))
                && expect.items("asserts_any").stream()
                        .flatMap(group -> Assertions.items(group).stream())
                        .anyMatch(one -> one instanceof Json.Obj assertion
                                && assertion.text("path", "").startsWith("$."));
    }

    private static void streamed(Vector vector, StreamRun run) {
        Json.Obj expect = vector.expect();
        boolean fails = "error".equals(expect.text("outcome"));
        String status = new Patterns().mismatch(expect.field("status"), Json.of(200));
        Checks.that(!expect.has("status") || status == null, "it was streamed, but status " + status);
        List<Json> events = run.events(expect.text("framing", "sse"));
        try {
            content(vector, events);
            List<String> problems = Grammar.problems(vector.target(), events, !fails);
            Checks.that(problems.isEmpty(), "grammar: " + String.join(", ", problems));
        } catch (AssertionError failure) {
            Json.Obj other = Vector.objectOf(expect, "alt_outcome");
            boolean endsAsAllowed = other.has("last_event")
                    && !events.isEmpty()
                    && events.getLast() instanceof Json.Obj last
                    && Patterns.equal(last.field("event"), other.field("last_event"));
            Checks.that(endsAsAllowed, failure.getMessage() + "\n" + new String(run.written(), StandardCharsets.UTF_8));
        }
        if (expect.has("content_type")) {
            Checks.matches(new Patterns(), expect.field("content_type"), Json.of(run.contentType()));
        }
    }

    private static void content(Vector vector, List<Json> events) {
        Json.Obj expect = vector.expect();
        String dialect = vector.target();
        Json.Arr canonical = StreamCanon.of(dialect, events);
        if (expect.has("events")) {
            Checks.matches(new Patterns(), StreamCanon.of(dialect, expect.items("events")), canonical);
        }
        List<Json> alternatives = expect.items("any_of_events").stream()
                .map(list -> (Json) StreamCanon.of(dialect, Assertions.items(list)))
                .toList();
        Checks.anyOf(alternatives, canonical);
        if (expect.has("events_prefix")) {
            Json.Arr prefix = StreamCanon.of(dialect, expect.items("events_prefix"));
            int length = Math.min(prefix.items().size(), canonical.items().size());
            Checks.matches(
                    new Patterns(), prefix, new Json.Arr(canonical.items().subList(0, length)));
        }
        for (Json fact : expect.items("facts_must_include")) {
            boolean there = canonical.items().stream().anyMatch(item -> new Patterns().matches(fact, item));
            Checks.that(there, "no fact " + Patterns.shown(fact) + " in " + canonical);
        }
        finals(expect, dialect, events);
        Checks.allAsserts(expect, new Json.Arr(events));
    }

    private static void finals(Json.Obj expect, String dialect, List<Json> events) {
        if (expect.has("final")) {
            Checks.matches(new Patterns(), subset(expect.field("final")), Accumulated.of(dialect, events));
        }
        if (expect.has("final_optional")) {
            Json.Obj message = Accumulated.of(dialect, events);
            Vector.objectOf(expect, "final_optional").fields().forEach((key, pattern) -> {
                if (message.has(key)) {
                    Checks.matches(new Patterns(), pattern, message.field(key));
                }
            });
        }
        if (expect.has("lines_final")) {
            Checks.matches(new Patterns(), subset(expect.field("lines_final")), Accumulated.ollama(events));
        }
    }

    private static Json subset(@org.jspecify.annotations.Nullable Json value) {
        return Json.object().put("$m", "subset").putIf("v", value).build();
    }
}
