package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The message that a client's SDK would hold at the end of a stream.
final class Accumulated {
    private Accumulated() {}

    static Json.Obj of(String dialect, List<Json> events) {
        return switch (dialect) {
            case "anthropic" -> anthropic(events);
            case "openai-chat" -> chat(events);
            case "openai-responses" -> responses(events);
            case "gemini" -> gemini(events);
            case "ollama-chat" -> ollama(events);
            default -> throw new IllegalArgumentException("no final message for " + dialect);
        };
    }

    private static Json.Obj anthropic(List<Json> events) {
        Json.Obj message = Json.Obj.EMPTY;
        List<Json.Obj> blocks = new ArrayList<>();
        StringBuilder input = new StringBuilder();
        for (Json item : StreamCanon.anthropic(events)) {
            Json.Obj data = StreamCanon.data((Json.Obj) item);
            switch (data.text("type", "")) {
                case "message_start" -> message = objectOf(data, "message");
                case "content_block_start" -> {
                    blocks.add(objectOf(data, "content_block"));
                    input.setLength(0);
                }
                case "content_block_delta" -> delta(blocks, objectOf(data, "delta"), input);
                case "content_block_stop" -> {
                    if (!input.isEmpty()) {
                        Json.Obj parsed = JsonText.objectOrNull(input.toString());
                        blocks.set(
                                blocks.size() - 1,
                                blocks.getLast().with("input", parsed == null ? Json.of(input.toString()) : parsed));
                    }
                }
                case "message_delta" -> {
                    for (Map.Entry<String, Json> field :
                            objectOf(data, "delta").fields().entrySet()) {
                        message = message.with(field.getKey(), field.getValue());
                    }
                    message = message.with("usage", merged(objectOf(message, "usage"), objectOf(data, "usage")));
                }
                default -> {}
            }
        }
        return message.with("content", Json.array(blocks));
    }

    private static void delta(List<Json.Obj> blocks, Json.Obj delta, StringBuilder input) {
        Json.Obj block = blocks.getLast();
        switch (delta.text("type", "")) {
            case "text_delta" -> block = appended(block, "text", delta.text("text", ""));
            case "thinking_delta" -> block = appended(block, "thinking", delta.text("thinking", ""));
            case "signature_delta" -> block = appended(block, "signature", delta.text("signature", ""));
            case "input_json_delta" -> input.append(delta.text("partial_json", ""));
            case "citations_delta" -> {
                List<Json> citations = new ArrayList<>(block.items("citations"));
                citations.add(objectOf(delta, "citation"));
                block = block.with("citations", new Json.Arr(citations));
            }
            default -> {}
        }
        blocks.set(blocks.size() - 1, block);
    }

    private static Json.Obj chat(List<Json> events) {
        Json.Obj message = Json.Obj.EMPTY;
        Map<Long, Json.Obj> calls = new TreeMap<>();
        for (Json item : events) {
            if (!(Paths.first(item, "$.data.choices[0].delta") instanceof Json.Obj delta)) {
                continue;
            }
            for (Map.Entry<String, Json> field : delta.fields().entrySet()) {
                message = switch (field.getKey()) {
                    case "tool_calls" -> message;
                    case "role" -> message.with("role", field.getValue());
                    default -> grown(message, field.getKey(), field.getValue());
                };
            }
            if (Paths.first(item, "$.data.choices[0].logprobs") instanceof Json.Obj tokens) {
                message = message.with("logprobs", lists(objectOf(message, "logprobs"), tokens));
            }
            delta.items("tool_calls").forEach(call -> call((Json.Obj) call, calls));
        }
        return calls.isEmpty() ? message : message.with("tool_calls", Json.array(List.copyOf(calls.values())));
    }

    /// Lists of two objects behind each other.
    private static Json.Obj lists(Json.Obj first, Json.Obj second) {
        for (Map.Entry<String, Json> field : second.fields().entrySet()) {
            first = grown(first, field.getKey(), field.getValue());
        }
        return first;
    }

    private static void call(Json.Obj piece, Map<Long, Json.Obj> calls) {
        Long index = piece.whole("index");
        Json.Obj call = calls.getOrDefault(index == null ? 0L : index, Json.Obj.EMPTY);
        for (Map.Entry<String, Json> field : piece.without("index").fields().entrySet()) {
            if (field.getValue() instanceof Json.Obj part && call.object(field.getKey()) != null) {
                Json.Obj grown = objectOf(call, field.getKey());
                for (Map.Entry<String, Json> inner : part.fields().entrySet()) {
                    grown = inner.getKey().equals("name") && grown.has("name")
                            ? grown
                            : grown(grown, inner.getKey(), inner.getValue());
                }
                call = call.with(field.getKey(), grown);
            } else if (!call.has(field.getKey())) {
                call = call.with(field.getKey(), field.getValue());
            }
        }
        calls.put(index == null ? 0L : index, call);
    }

    private static Json.Obj grown(Json.Obj object, String key, Json value) {
        if (value instanceof Json.Str(String text)) {
            return appended(object, key, text);
        }
        if (value instanceof Json.Arr(List<Json> items)) {
            List<Json> all = new ArrayList<>(object.items(key));
            all.addAll(items);
            return object.with(key, new Json.Arr(all));
        }
        return object.present(key) == null ? object.with(key, value) : object;
    }

    private static Json.Obj responses(List<Json> events) {
        for (Json item : events.reversed()) {
            Json.Obj response = StreamCanon.data((Json.Obj) item).object("response");
            if (response != null) {
                return response;
            }
        }
        return Json.Obj.EMPTY;
    }

    /// Neighbouring texts of one kind joined, all else in order; the last values of everything beside the parts.
    private static Json.Obj gemini(List<Json> events) {
        Json.Obj whole = Json.Obj.EMPTY;
        Json.Obj candidate = Json.Obj.EMPTY;
        List<Json> parts = new ArrayList<>();
        for (Json item : events) {
            whole = merged(whole, StreamCanon.data((Json.Obj) item));
            if (Paths.first(item, "$.data.candidates[0]") instanceof Json.Obj piece) {
                Json.Obj tokens = lists(objectOf(candidate, "logprobsResult"), objectOf(piece, "logprobsResult"));
                candidate = merged(candidate, piece);
                candidate = tokens.isEmpty() ? candidate : candidate.with("logprobsResult", tokens);
                Paths.all(piece, "$.content.parts[*]").forEach(part -> part(parts, (Json.Obj) part));
            }
        }
        Json.Obj content = Json.object()
                .put("role", "model")
                .put("parts", Json.array(parts))
                .build();
        return whole.with("candidates", Json.Arr.of(candidate.with("content", content)));
    }

    private static void part(List<Json> parts, Json.Obj part) {
        Json.Obj last = parts.isEmpty() ? null : (Json.Obj) parts.getLast();
        boolean joins = last != null
                && last.text("text") != null
                && part.text("text") != null
                && Patterns.equal(last.without("text"), part.without("text"));
        if (joins) {
            parts.set(parts.size() - 1, appended(last, "text", part.text("text", "")));
        } else if (!"".equals(part.text("text")) || part.has("thoughtSignature")) {
            parts.add(part);
        }
    }

    /// The one message of Ollama's lines, with the fields of the last line beside its own.
    static Json.Obj ollama(List<Json> lines) {
        Json.Obj merged = Json.object().put("content", "").build();
        for (Json line : lines) {
            Json.Obj object = (Json.Obj) line;
            for (Map.Entry<String, Json> field :
                    objectOf(object, "message").fields().entrySet()) {
                merged = field.getKey().equals("role") ? merged : grown(merged, field.getKey(), field.getValue());
            }
            merged =
                    object.has("logprobs") ? grown(merged, "logprobs", new Json.Arr(object.items("logprobs"))) : merged;
            for (String key : List.of("done_reason", "prompt_eval_count", "eval_count")) {
                Json value = object.present(key);
                merged = value == null ? merged : merged.with(key, value);
            }
        }
        return merged;
    }

    private static Json.Obj appended(Json.Obj object, String key, String text) {
        return object.with(key, Json.of(object.text(key, "") + text));
    }

    private static Json.Obj merged(Json.Obj first, Json.Obj second) {
        Map<String, Json> fields = new LinkedHashMap<>(first.fields());
        second.fields().forEach((key, value) -> {
            if (value != Json.NULL || !fields.containsKey(key)) {
                fields.put(key, value);
            }
        });
        return new Json.Obj(fields);
    }

    private static Json.Obj objectOf(Json.Obj object, String key) {
        Json.Obj inner = object.object(key);
        return inner == null ? Json.Obj.EMPTY : inner;
    }
}
