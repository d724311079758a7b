package dev.sluice.protocol.openai.chat;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Sampling;
import dev.sluice.protocol.openai.SharedWishes;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.Shape;
import dev.sluice.protocol.translate.WrongShape;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A client's body to a request. Throws `WrongShape`; what is not modelled stays in fields and extras.
final class RequestReader {
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "max_tokens",
            "max_completion_tokens",
            "tools",
            "functions",
            "tool_choice",
            "function_call",
            "parallel_tool_calls",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "logit_bias",
            "n",
            "logprobs",
            "top_logprobs",
            "stop",
            "response_format",
            "reasoning_effort",
            "reasoning",
            "modalities",
            "audio",
            "metadata",
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_options",
            "service_tier",
            "verbosity",
            "store",
            "prediction",
            "web_search_options");

    private final Shape body;
    private final Seal seal;
    private final ChatRequest.Builder request = new ChatRequest.Builder(Dialect.OPENAI_CHAT);
    private Json.Obj unmodelled;

    private RequestReader(Json.Obj body, Seal seal) {
        this.body = new Shape(body, "");
        this.seal = seal;
        this.unmodelled = this.body.rest(KNOWN);
    }

    static ChatRequest read(Json.Obj body, Seal seal) {
        return new RequestReader(body, seal).read();
    }

    private ChatRequest read() {
        Boolean stream = body.bool("stream");
        Shape options = body.object("stream_options");
        request.model(body.text("model") == null ? "" : body.neededText("model")).stream(Boolean.TRUE.equals(stream))
                .includeUsage(options != null && Boolean.TRUE.equals(options.bool("include_usage")));
        if (options != null) {
            Json.Obj rest = options.rest(Set.of("include_usage"));
            keepIf("stream_options", rest.isEmpty() ? null : rest);
        }
        new MessageReader(seal).read(body, request);
        ToolReader.read(body, request);
        limits();
        sampling();
        format();
        reasoning();
        keepIf("user", SharedWishes.read(body, request));
        wishes();
        return request.extras(new Extras(Dialect.OPENAI_CHAT, unmodelled)).build();
    }

    private void limits() {
        Long older = body.whole("max_tokens");
        Long newer = body.whole("max_completion_tokens");
        if (newer != null) {
            request.maxOutputTokens(newer).path(Field.MAX_OUTPUT_TOKENS, "max_completion_tokens");
        } else if (older != null) {
            request.maxOutputTokens(older).path(Field.MAX_OUTPUT_TOKENS, "max_tokens");
        }
        Json stop = body.json().present("stop");
        if (stop != null) {
            request.stop(stop instanceof Json.Str(String one) ? List.of(one) : body.texts("stop"))
                    .path(Field.STOP, "stop");
        }
    }

    private void sampling() {
        Shape bias = body.object("logit_bias");
        request.sampling(new Sampling(
                number("temperature", Field.TEMPERATURE),
                number("top_p", Field.TOP_P),
                number("top_k", Field.TOP_K),
                number("min_p", Field.MIN_P),
                number("seed", Field.SEED),
                number("presence_penalty", Field.PRESENCE_PENALTY),
                number("frequency_penalty", Field.FREQUENCY_PENALTY),
                bias == null ? null : bias.json(),
                body.whole("n"),
                body.bool("logprobs"),
                body.whole("top_logprobs")));
        request.path(Field.LOGIT_BIAS, "logit_bias")
                .path(Field.CHOICES, "n")
                .path(Field.LOGPROBS, "logprobs")
                .path(Field.TOP_LOGPROBS, "top_logprobs");
    }

    private Json.@Nullable Num number(String name, Field field) {
        Json.Num number = body.number(name);
        if (number != null) {
            request.path(field, name);
        }
        return number;
    }

    private void format() {
        Shape format = body.object("response_format");
        if (format == null) {
            return;
        }
        request.path(Field.RESPONSE_FORMAT, "response_format");
        switch (format.neededText("type")) {
            case "text" -> request.format(ResponseFormat.TEXT);
            case "json_object" -> request.format(new ResponseFormat.JsonObject());
            case "json_schema" -> {
                Shape schema = format.neededObject("json_schema");
                Shape inner = schema.object("schema");
                request.format(new ResponseFormat.JsonSchema(
                        schema.text("name"),
                        schema.text("description"),
                        inner == null ? Json.Obj.EMPTY : inner.json(),
                        schema.bool("strict")));
            }
            default -> keepIf("response_format", format.json());
        }
    }

    private void reasoning() {
        Shape nested = body.json().present("reasoning") instanceof Json.Obj ? body.object("reasoning") : null;
        String effort = body.text("reasoning_effort");
        String path = "reasoning_effort";
        if (effort == null && nested != null) {
            effort = nested.text("effort");
            path = "reasoning.effort";
        }
        Long budget = nested == null ? null : nested.whole("max_tokens");
        if (effort != null) {
            ReasoningWish.Effort known = ReasoningWish.Effort.parse(effort);
            if (known == null) {
                throw WrongShape.at(
                        path, "'" + path + "' must be one of none, minimal, low, medium, high, xhigh, max.");
            }
            request.path(Field.REASONING, path)
                    .reasoning(
                            known == ReasoningWish.Effort.NONE
                                    ? new ReasoningWish.Off()
                                    : new ReasoningWish.ByEffort(known));
        } else if (budget != null) {
            request.path(Field.REASONING, "reasoning.max_tokens")
                    .reasoning(new ReasoningWish.Budget(budget, null, null));
        } else {
            keepIf("reasoning", body.json().present("reasoning"));
        }
    }

    private void wishes() {
        request.modalities(body.texts("modalities"));
        if (!body.array("modalities").isEmpty()) {
            request.path(Field.MODALITIES, "modalities");
        }
        String verbosity = body.text("verbosity");
        if (verbosity != null) {
            request.verbosity(verbosity).path(Field.VERBOSITY, "verbosity");
        }
        field("audio", Field.AUDIO_OUT);
        field("store", Field.STORE);
        field("prediction", Field.PREDICTION);
    }

    private void field(String name, Field field) {
        Json value = body.json().present(name);
        if (value != null) {
            request.field(field, name, value);
        }
    }

    private void keepIf(String name, @Nullable Json value) {
        if (value != null) {
            unmodelled = unmodelled.with(name, value);
        }
    }
}
