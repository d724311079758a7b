package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The grammars of the dialects' streams: every stream the gateway writes must keep its own.
final class Grammar {
    private static final Set<String> RESPONSES_ENDS =
            Set.of("response.completed", "response.incomplete", "response.failed", "error");

    private final List<String> problems = new ArrayList<>();

    private Grammar() {}

    /// What is wrong with the stream.
    ///
    /// @param complete whether the stream must have the dialect's own end
    static List<String> problems(String dialect, List<Json> events, boolean complete) {
        Grammar grammar = new Grammar();
        switch (dialect) {
            case "anthropic" -> grammar.anthropic(events, complete);
            case "openai-responses" -> grammar.responses(events);
            case "openai-chat" -> grammar.chat(events, complete);
            case "gemini" -> grammar.gemini(events, complete);
            case "ollama-chat" -> grammar.ollama(events, complete);
            default -> {}
        }
        return grammar.problems;
    }

    private void anthropic(List<Json> events, boolean complete) {
        AnthropicState state = new AnthropicState();
        for (Json item : events) {
            Json.Obj event = (Json.Obj) item;
            String name = event.text("event", "");
            if (name.equals("ping")) {
                continue;
            }
            check(name.equals(StreamCanon.data(event).text("type")), "event name is not data.type: " + name);
            if (name.equals("error")) {
                check(item == events.getLast(), "events after the error");
                return;
            }
            state.step(name, StreamCanon.data(event).whole("index"));
        }
        check(!complete || state.stage == 3, "incomplete");
    }

    /// Stages: 0 nothing, 1 started, 2 message_delta seen, 3 stopped.
    private final class AnthropicState {
        private int stage;
        private long next;
        private @Nullable Long open;

        void step(String name, @Nullable Long index) {
            check(stage != 0 || name.equals("message_start"), name + " before message_start");
            check(stage != 3, name + " after message_stop");
            switch (name) {
                case "message_start" -> {
                    check(stage == 0, "message_start twice or late");
                    stage = 1;
                }
                case "content_block_start" -> {
                    check(open == null, "block opened while " + open + " is open");
                    check(index != null && index == next, "index " + index + " != " + next);
                    check(stage == 1, "block after message_delta");
                    open = index;
                    next++;
                }
                case "content_block_delta" -> check(Objects.equals(open, index), "delta for a closed block");
                case "content_block_stop" -> {
                    check(Objects.equals(open, index), "stop for a closed block");
                    open = null;
                }
                case "message_delta" -> {
                    check(open == null, "message_delta with an open block");
                    check(stage == 1, "second message_delta");
                    stage = 2;
                }
                case "message_stop" -> {
                    check(stage == 2, "message_stop without message_delta");
                    stage = 3;
                }
                default -> check(false, "foreign event " + name);
            }
        }
    }

    private void responses(List<Json> events) {
        boolean created = false;
        boolean ended = false;
        Map<Long, Json.Obj> items = new HashMap<>();
        Map<Long, Json.Obj> done = new HashMap<>();
        for (Json each : events) {
            Json.Obj event = (Json.Obj) each;
            if (StreamCanon.isDone(event)) {
                continue;
            }
            Json.Obj data = StreamCanon.data(event);
            String type = data.text("type", "");
            check(type.equals(event.text("event")), "event name is not type: " + type);
            check(!ended, type + " after the end");
            check(created || type.equals("response.created") || type.equals("error"), type + " before created");
            check(!created || !type.equals("response.created"), "created twice");
            created |= type.equals("response.created");
            item(type, data, items, done);
            if (RESPONSES_ENDS.contains(type)) {
                ended = true;
                if (type.equals("response.completed")) {
                    check(done.keySet().containsAll(items.keySet()), "item not done");
                    Json.Obj response = data.object("response");
                    check(response != null && response.items("output").size() == done.size(), "final output length");
                }
            }
        }
        check(ended, "no terminal event");
    }

    private void item(String type, Json.Obj data, Map<Long, Json.Obj> items, Map<Long, Json.Obj> done) {
        Long index = data.whole("output_index");
        Json.Obj item = data.object("item");
        Json.Obj known = index == null ? null : items.get(index);
        if (type.equals("response.output_item.added") && index != null && item != null) {
            check(known == null, "output_index reused");
            items.put(index, item);
        } else if (type.equals("response.output_item.done") && index != null && item != null) {
            done.put(index, item);
            check(known == null || Patterns.equal(known.field("id"), item.field("id")), "item id changed");
        } else if (data.has("item_id") && known != null) {
            check(Patterns.equal(known.field("id"), data.field("item_id")), "item_id mismatch at " + type);
        }
    }

    private void chat(List<Json> events, boolean complete) {
        boolean done = false;
        boolean failed = false;
        Json id = null;
        Set<Json> finished = new HashSet<>();
        for (Json each : events) {
            Json.Obj event = (Json.Obj) each;
            check(!done, "data after [DONE]");
            if (StreamCanon.isDone(event)) {
                done = true;
                continue;
            }
            Json.Obj data = StreamCanon.data(event);
            if (data.has("error")) {
                failed = true;
                continue;
            }
            check("chat.completion.chunk".equals(data.text("object")), "object");
            id = id == null ? data.field("id") : id;
            check(Patterns.equal(id, data.field("id")), "id changed");
            data.items("choices").forEach(choice -> choice((Json.Obj) choice, finished));
            check(!data.items("choices").isEmpty() || data.object("usage") != null, "empty choices without usage");
        }
        check(!complete || (done && !failed && !finished.isEmpty()), "incomplete");
    }

    private void choice(Json.Obj choice, Set<Json> finished) {
        Json index = choice.has("index") ? choice.fields().get("index") : Json.NULL;
        Json.Obj delta = choice.object("delta");
        boolean says = delta != null && !delta.isEmpty();
        check(!finished.contains(index) || !says, "delta after finish");
        if (choice.present("finish_reason") != null) {
            check(finished.add(index), "finish twice");
        }
    }

    private void gemini(List<Json> events, boolean complete) {
        Set<Json> finished = new HashSet<>();
        boolean blocked = false;
        Json id = null;
        for (Json each : events) {
            Json.Obj data = StreamCanon.data((Json.Obj) each);
            if (data.has("error")) {
                check(each == events.getLast(), "chunks after the error");
                return;
            }
            id = id == null ? data.field("responseId") : id;
            check(Patterns.equal(id, data.field("responseId")), "responseId changed");
            data.items("candidates").forEach(candidate -> candidate((Json.Obj) candidate, finished));
            Json.Obj feedback = data.object("promptFeedback");
            blocked |= feedback != null && feedback.present("blockReason") != null;
        }
        check(!complete || blocked || !finished.isEmpty(), "incomplete");
    }

    private void candidate(Json.Obj candidate, Set<Json> finished) {
        Json index = candidate.has("index") ? candidate.fields().get("index") : Json.of(0);
        Json.Obj content = candidate.object("content");
        if (content != null) {
            check("model".equals(content.text("role")), "role of a candidate");
            check(content.items("parts").isEmpty() || !finished.contains(index), "parts after finishReason");
            content.items("parts").forEach(part -> part((Json.Obj) part));
        }
        if (candidate.present("finishReason") != null) {
            check(finished.add(index), "finishReason twice");
        }
    }

    private void part(Json.Obj part) {
        Json.Obj call = part.object("functionCall");
        check(call == null || !call.text("name", "").isEmpty() && call.object("args") != null, "a call in pieces");
        long forms = Stream.of("text", "functionCall", "inlineData", "executableCode", "codeExecutionResult")
                .filter(part::has)
                .count();
        check(forms <= 1, "two forms in one part");
    }

    private void ollama(List<Json> events, boolean complete) {
        for (Json each : events) {
            Json.Obj line = (Json.Obj) each;
            boolean isLast = each == events.getLast();
            if (line.has("error")) {
                check(isLast, "lines after the error");
                return;
            }
            check(
                    !line.text("model", "").isEmpty()
                            && !line.text("created_at", "").isEmpty(),
                    "no model or time");
            check(line.isTrue("done") == (isLast && complete), "done at " + (isLast ? "the end" : "a line before it"));
            Json.Obj message = line.object("message");
            check(message != null && "assistant".equals(message.text("role")), "no message of the assistant's");
            check(!line.isTrue("done") || line.has("done_reason"), "no reason at the end");
        }
    }

    private void check(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
