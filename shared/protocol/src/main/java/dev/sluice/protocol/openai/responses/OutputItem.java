package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Citation;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.TokenLogprob;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.Logprobs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An item of a response for a client, as far as it is known.
sealed interface OutputItem {
    String id();

    /// Its place in the response's output.
    int place();

    /// @param status `in_progress`, `completed` or `incomplete`, for the types that have one
    Json.Obj json(String status);

    /// The model's words: texts and refusals that follow each other.
    record Message(String id, int place, List<Part> parts) implements OutputItem {
        Message(String id, int place) {
            this(id, place, new ArrayList<>(1));
        }

        Part add(boolean refusal) {
            Part part = new Part(this, parts.size(), refusal);
            parts.add(part);
            return part;
        }

        @Override
        public Json.Obj json(String status) {
            return Json.object()
                    .put("id", id)
                    .put("type", "message")
                    .put("status", status)
                    .put("role", "assistant")
                    .put("content", Json.array(parts.stream().map(Part::json).toList()))
                    .build();
        }
    }

    /// One text or refusal of a message.
    final class Part {
        final Message message;
        final int index;
        final boolean refusal;
        final StringBuilder text = new StringBuilder();
        final List<Json> annotations = new ArrayList<>(0);

        /// The tokens of the text; a refusal has no place for them.
        final List<TokenLogprob> logprobs = new ArrayList<>(0);

        /// Sources of the whole text, whose length is not known before its end.
        final List<Citation> unplaced = new ArrayList<>(0);

        boolean closed;

        private Part(Message message, int index, boolean refusal) {
            this.message = message;
            this.index = index;
            this.refusal = refusal;
        }

        Json.Obj json() {
            return refusal
                    ? Json.object()
                            .put("type", "refusal")
                            .put("refusal", text.toString())
                            .build()
                    : Json.object()
                            .put("type", "output_text")
                            .put("annotations", Json.array(annotations))
                            .put("logprobs", Logprobs.write(logprobs, Json.Arr.of()))
                            .put("text", text.toString())
                            .build();
        }
    }

    /// The model's thoughts.
    final class Thought implements OutputItem {
        private final String id;
        private final int place;
        final StringBuilder text = new StringBuilder();

        @Nullable
        String proof;

        Thought(String id, int place) {
            this.id = id;
            this.place = place;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public int place() {
            return place;
        }

        @Override
        public Json.Obj json(String status) {
            return ReasoningItem.write(id, text.toString(), proof);
        }
    }

    /// The model's wish to run a tool.
    record Call(String id, int place, CallType type, Opening.ToolCall call, StringBuilder arguments)
            implements OutputItem {
        @Override
        public Json.Obj json(String status) {
            Json.Builder item = Json.object()
                    .put("id", id)
                    .put("type", type.item)
                    .put("status", status)
                    .put("call_id", call.id());
            return switch (type) {
                case FUNCTION ->
                    item.put("name", call.name())
                            .putIf("namespace", call.namespace())
                            .put("arguments", arguments.toString())
                            .build();
                case CUSTOM ->
                    item.put("name", call.name())
                            .putIf("namespace", call.namespace())
                            .put("input", arguments.toString())
                            .build();
                case TOOL_SEARCH -> {
                    Json.Obj object = JsonText.objectOrNull(arguments.toString());
                    yield item.put("execution", "client")
                            .put("arguments", object == null ? Json.Obj.EMPTY : object)
                            .build();
                }
            };
        }
    }

    /// How a call stands on the wire.
    enum CallType {
        FUNCTION("function_call", "fc", "response.function_call_arguments.", ",\"arguments\":"),
        CUSTOM("custom_tool_call", "ctc", "response.custom_tool_call_input.", ",\"input\":"),
        TOOL_SEARCH("tool_search_call", "tsc", "", "");

        final String item;
        final String prefix;

        /// The events of its pieces and of their whole; empty: it has none.
        final String delta;

        final String done;

        /// How the whole begins in its event.
        final String whole;

        CallType(String item, String prefix, String events, String whole) {
            this.item = item;
            this.prefix = prefix;
            this.delta = events.isEmpty() ? "" : events + "delta";
            this.done = events.isEmpty() ? "" : events + "done";
            this.whole = whole;
        }

        /// @param search whether the client knows the tool as its own search for tools
        static CallType of(Tool.Kind kind, boolean search) {
            if (search) {
                return TOOL_SEARCH;
            }
            return kind == Tool.Kind.CUSTOM ? CUSTOM : FUNCTION;
        }
    }
}
