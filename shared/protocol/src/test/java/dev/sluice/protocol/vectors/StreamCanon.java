package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Streams in a form that does not depend on how an upstream cut its text: keep-alives gone, neighbouring deltas joined.
final class StreamCanon {
    private static final Map<String, String> ANTHROPIC_DELTAS = Map.of(
            "text_delta", "text",
            "thinking_delta", "thinking",
            "signature_delta", "signature",
            "input_json_delta", "partial_json");

    private static final Set<String> MAY_BE_ABSENT = Set.of("opt", "nullish", "absent");

    private StreamCanon() {}

    /// The canonical list for a client's dialect; for `openai-chat` a list of facts.
    static Json.Arr of(String dialect, List<Json> events) {
        return new Json.Arr(
                switch (dialect) {
                    case "anthropic" -> anthropic(events);
                    case "openai-responses" -> responses(events);
                    case "openai-chat" -> chatFacts(events);
                    default -> events;
                });
    }

    static List<Json> anthropic(List<Json> events) {
        List<Json> out = new ArrayList<>();
        for (Json item : events) {
            Json.Obj event = (Json.Obj) item;
            if ("ping".equals(event.text("event"))) {
                continue;
            }
            Json.Obj delta = delta(event);
            String key = delta == null ? null : ANTHROPIC_DELTAS.get(delta.text("type", ""));
            String text = key == null ? null : delta.text(key);
            if ("".equals(text)) {
                continue;
            }
            Json.Obj last = out.isEmpty() ? null : (Json.Obj) out.getLast();
            Json.Obj lastDelta = last == null ? null : delta(last);
            boolean joins = text != null
                    && lastDelta != null
                    && lastDelta.text(key) != null
                    && Patterns.equal(lastDelta.field("type"), delta.field("type"))
                    && Patterns.equal(data(last).field("index"), data(event).field("index"));
            if (joins) {
                Json.Obj joined = lastDelta.with(key, Json.of(lastDelta.text(key) + text));
                out.set(out.size() - 1, last.with("data", data(last).with("delta", joined)));
            } else {
                out.add(event);
            }
        }
        return out;
    }

    static List<Json> responses(List<Json> events) {
        List<Json> out = new ArrayList<>();
        for (Json item : events) {
            Json.Obj event = (Json.Obj) item;
            if (isDone(event) || "keepalive".equals(event.text("event"))) {
                continue;
            }
            String delta =
                    event.text("event", "").endsWith(".delta") ? data(event).text("delta") : null;
            if ("".equals(delta)) {
                continue;
            }
            Json.Obj last = out.isEmpty() ? null : (Json.Obj) out.getLast();
            if (delta != null
                    && last != null
                    && isOfSamePart(last, event)
                    && data(last).text("delta") != null) {
                Json.Obj joined = data(last).with("delta", Json.of(data(last).text("delta") + delta));
                out.set(out.size() - 1, last.with("data", joined));
            } else {
                out.add(event);
            }
        }
        return out;
    }

    private static boolean isOfSamePart(Json.Obj last, Json.Obj event) {
        return Patterns.equal(last.field("event"), event.field("event"))
                && List.of("item_id", "content_index", "summary_index").stream()
                        .allMatch(key -> Patterns.equal(
                                data(last).field(key), data(event).field(key)));
    }

    static List<Json> chatFacts(List<Json> events) {
        Facts facts = new Facts();
        for (Json item : events) {
            Json.Obj event = (Json.Obj) item;
            Json.Obj optional = event.object("$optional");
            if (optional != null) {
                chatFacts(List.of(optional))
                        .forEach(fact -> facts.list.add(
                                Json.object().put("$optional", fact).build()));
                continue;
            }
            if (isDone(event)) {
                facts.add("DONE", Json.TRUE);
                continue;
            }
            Json.Obj data = data(event);
            if (data.has("error")) {
                facts.add("error", data.fields().get("error"));
                continue;
            }
            data.items("choices").forEach(choice -> choice((Json.Obj) choice, facts));
            facts.addPresent("usage", data.present("usage"));
        }
        return facts.list;
    }

    private static void choice(Json.Obj choice, Facts facts) {
        String prefix = "c" + Assertions.written(choice.field("index"));
        Json.Obj delta = choice.object("delta");
        if (delta != null) {
            facts.addPresent(prefix + ".role", delta.present("role"));
            for (String key : List.of("reasoning_content", "content", "refusal")) {
                facts.addPresent(prefix + "." + key, delta.present(key));
            }
            delta.items("tool_calls").forEach(call -> toolCall(prefix, (Json.Obj) call, facts));
        }
        facts.addPresent(prefix + ".finish", choice.present("finish_reason"));
    }

    private static void toolCall(String choice, Json.Obj call, Facts facts) {
        String prefix = choice + ".tool" + Assertions.written(call.field("index"));
        Json.Obj function = call.object("function");
        Json.Obj custom = call.object("custom");
        Json id = call.present("id");
        if (id != null && !id.equals(Json.of(""))) {
            Json.Obj named = function != null ? function : custom;
            facts.add(
                    prefix + ".start",
                    Json.object()
                            .put("id", id)
                            .put("type", call.has("type") ? call.fields().get("type") : Json.of("function"))
                            .putIf("name", named == null ? null : named.field("name"))
                            .build());
        }
        facts.addPresent(prefix + ".args", function == null ? null : function.present("arguments"));
        facts.addPresent(prefix + ".input", custom == null ? null : custom.present("input"));
    }

    static boolean isDone(Json.Obj event) {
        return Json.of("[DONE]").equals(event.field("data"));
    }

    static Json.Obj data(Json.Obj event) {
        Json.Obj data = event.object("data");
        return data == null ? Json.Obj.EMPTY : data;
    }

    private static Json.@Nullable Obj delta(Json.Obj event) {
        return data(event).object("delta");
    }

    /// Pairs of a name and a value; neighbouring texts of one name are joined.
    private static final class Facts {
        private final List<Json> list = new ArrayList<>();

        void addPresent(String name, @Nullable Json value) {
            if (value != null && !value.equals(Json.of("")) && !mayBeAbsent(value)) {
                add(name, value);
            }
        }

        /// An expected value that need not be there, as the empty text beside a role, is no fact.
        private static boolean mayBeAbsent(Json value) {
            return value instanceof Json.Obj object && MAY_BE_ABSENT.contains(object.text("$m", ""));
        }

        void add(String name, Json value) {
            boolean joins = name.endsWith("content")
                    || name.endsWith("args")
                    || name.endsWith("refusal")
                    || name.endsWith("input");
            if (joins
                    && value instanceof Json.Str(String text)
                    && !list.isEmpty()
                    && list.getLast() instanceof Json.Arr(List<Json> last)
                    && last.getFirst().equals(Json.of(name))
                    && last.getLast() instanceof Json.Str(String before)) {
                list.set(list.size() - 1, Json.Arr.of(Json.of(name), Json.of(before + text)));
            } else {
                list.add(Json.Arr.of(Json.of(name), value));
            }
        }
    }
}
