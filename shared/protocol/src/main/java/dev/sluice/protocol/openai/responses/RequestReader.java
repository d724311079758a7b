package dev.sluice.protocol.openai.responses;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ReasoningWish.Effort;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Sampling;
import dev.sluice.protocol.openai.SharedWishes;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.Shape;
import dev.sluice.protocol.translate.WrongShape;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A client's body to a request. Throws `WrongShape`; what is not modelled stays in fields, extras and hints.
final class RequestReader {
    static final String LOGPROBS = "message.output_text.logprobs";

    private static final Set<String> KNOWN = Set.of(
            "model",
            "input",
            "instructions",
            "stream",
            "max_output_tokens",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "temperature",
            "top_p",
            "top_logprobs",
            "include",
            "text",
            "reasoning",
            "metadata",
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_options",
            "service_tier",
            "store",
            "previous_response_id",
            "conversation",
            "background",
            "prompt",
            "context_management",
            "truncation");

    /// What changes nothing that another provider could give.
    private static final List<String> HINTS =
            List.of("client_metadata", "include", "prompt_cache_retention", "stream_options");

    private final Shape body;
    private final Seal seal;
    private final Hints hints = new Hints();
    private final ChatRequest.Builder request = new ChatRequest.Builder(Dialect.OPENAI_RESPONSES);
    private Json.Obj unmodelled;

    private RequestReader(Json.Obj body, Seal seal) {
        this.body = new Shape(body, "");
        this.seal = seal;
        this.unmodelled = this.body.rest(KNOWN).without(HINTS.toArray(String[]::new));
    }

    static ChatRequest read(Json.Obj body, Seal seal) {
        return new RequestReader(body, seal).read();
    }

    private ChatRequest read() {
        if (body.json().present("prompt") != null) {
            throw WrongShape.at("prompt", "'prompt': a stored prompt is known to its own provider only.");
        }
        String model = body.text("model");
        request.model(model == null ? "" : model).stream(Boolean.TRUE.equals(body.bool("stream")));
        for (String name : HINTS) {
            Json value = body.json().field(name);
            if (value != null) {
                hints.keep("", name, value);
            }
        }
        tools();
        limits();
        text();
        reasoning();
        hint("user", SharedWishes.read(body, request));
        state();
        return request.extras(new Extras(Dialect.OPENAI_RESPONSES, unmodelled))
                .hints(hints.extras())
                .build();
    }

    private void tools() {
        ToolReader reader = new ToolReader(hints);
        LoadedTools tools = new LoadedTools(reader.tools(body));
        new ItemReader(seal, hints, tools).read(body, request);
        request.tools(tools.all()).path(Field.TOOLS, "tools");
        reader.choice(body, request);
        request.parallelTools(body.bool("parallel_tool_calls")).path(Field.PARALLEL_TOOLS, "parallel_tool_calls");
    }

    private void limits() {
        Long most = body.whole("max_output_tokens");
        if (most != null) {
            request.maxOutputTokens(most).path(Field.MAX_OUTPUT_TOKENS, "max_output_tokens");
        }
        boolean logprobs = body.texts("include").contains(LOGPROBS);
        request.sampling(new Sampling(
                        body.number("temperature"),
                        body.number("top_p"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        logprobs ? Boolean.TRUE : null,
                        body.whole("top_logprobs")))
                .path(Field.TEMPERATURE, "temperature")
                .path(Field.TOP_P, "top_p")
                .path(Field.LOGPROBS, "include")
                .path(Field.TOP_LOGPROBS, "top_logprobs");
    }

    private void text() {
        Shape text = body.object("text");
        if (text == null) {
            return;
        }
        String verbosity = text.text("verbosity");
        if (verbosity != null) {
            request.verbosity(verbosity).path(Field.VERBOSITY, "text.verbosity");
        }
        Shape format = text.object("format");
        if (format != null) {
            format(format);
        }
        hints.keepRest(text, Set.of("verbosity", "format"));
    }

    private void format(Shape format) {
        request.path(Field.RESPONSE_FORMAT, "text.format");
        switch (format.neededText("type")) {
            case "text" -> hints.keep("text", "format", format.json());
            case "json_object" -> request.format(new ResponseFormat.JsonObject());
            case "json_schema" -> {
                Shape schema = format.object("schema");
                request.format(new ResponseFormat.JsonSchema(
                        format.text("name"),
                        format.text("description"),
                        schema == null ? Json.Obj.EMPTY : schema.json(),
                        format.bool("strict")));
            }
            default -> throw format.wrong("type", "one of text, json_object, json_schema");
        }
    }

    private void reasoning() {
        Shape wish = body.object("reasoning");
        if (wish == null) {
            return;
        }
        String word = wish.text("effort");
        Effort effort = Effort.parse(word);
        if (word != null && effort == null) {
            throw wish.wrong("effort", "one of none, minimal, low, medium, high, xhigh, max");
        }
        String summary = wish.text("summary");
        request.path(Field.REASONING, word == null ? "reasoning" : "reasoning.effort");
        if (effort == Effort.NONE) {
            request.reasoning(new ReasoningWish.Off());
        } else if (summary != null) {
            request.reasoning(new ReasoningWish.Adaptive(effort, summary));
        } else if (effort != null) {
            request.reasoning(new ReasoningWish.ByEffort(effort));
        }
        hints.keepRest(wish, Set.of("effort"));
    }

    private void hint(String name, @Nullable Json value) {
        if (value != null) {
            hints.keep("", name, value);
        }
    }

    /// What the provider shall remember, and what of it shall be left out.
    private void state() {
        field("store", Field.STORE);
        field("previous_response_id", Field.PREVIOUS_RESPONSE);
        field("conversation", Field.CONVERSATION);
        field("background", Field.BACKGROUND);
        field("context_management", Field.CONTEXT_MANAGEMENT);
        Json truncation = body.json().present("truncation");
        if ("auto".equals(body.text("truncation"))) {
            unmodelled = unmodelled.with("truncation", Json.of("auto"));
        } else {
            hint("truncation", truncation);
        }
    }

    private void field(String name, Field field) {
        Json value = body.json().present(name);
        if (value != null) {
            request.field(field, name, value);
        }
    }
}
