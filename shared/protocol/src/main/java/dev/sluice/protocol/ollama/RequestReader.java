package dev.sluice.protocol.ollama;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Sampling;
import dev.sluice.protocol.translate.Shape;
import dev.sluice.protocol.translate.WrongShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A client's body to a request. Throws `WrongShape`.
///
/// What only steers how Ollama loads and keeps a model (`keep_alive`, `num_ctx`, threads) means nothing elsewhere and goes
/// without a word; what would have changed the answer is kept as an extra, so that its loss is told.
final class RequestReader {
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "prompt",
            "system",
            "images",
            "stream",
            "format",
            "options",
            "tools",
            "think",
            "logprobs",
            "top_logprobs",
            "keep_alive",
            "truncate",
            "shift");
    private static final Set<String> OPTIONS = Set.of(
            "num_predict",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "seed",
            "stop",
            "presence_penalty",
            "frequency_penalty");

    /// Options of the runner, not of the answer.
    private static final Set<String> LOADING = Set.of(
            "num_ctx",
            "num_keep",
            "num_batch",
            "num_gpu",
            "main_gpu",
            "num_thread",
            "use_mmap",
            "use_mlock",
            "numa",
            "low_vram",
            "vocab_only",
            "f16_kv",
            "logits_all");

    private final Shape body;
    private final Operation operation;
    private final ChatRequest.Builder request = new ChatRequest.Builder(Dialect.OLLAMA_CHAT);
    private final Map<String, Json> unmodelled = new LinkedHashMap<>();

    private RequestReader(Json.Obj body, Operation operation) {
        this.body = new Shape(body, "");
        this.operation = operation;
        this.unmodelled.putAll(this.body.rest(KNOWN).fields());
    }

    static ChatRequest read(Json.Obj body, Operation operation) {
        return new RequestReader(body, operation).read();
    }

    private ChatRequest read() {
        String model = body.text("model");
        request.model(model == null ? "" : model).stream(!Boolean.FALSE.equals(body.bool("stream")));
        switch (operation) {
            case CHAT -> new MessageReader().read(body, request);
            case GENERATE -> prompt();
        }
        ToolReader.read(body, request);
        Shape options = body.object("options");
        options(options == null ? new Shape(Json.Obj.EMPTY, "options") : options);
        format();
        think();
        return request.extras(new Extras(Dialect.OLLAMA_CHAT, new Json.Obj(unmodelled)))
                .build();
    }

    private void prompt() {
        if (body.json().present("suffix") instanceof Json.Str(String suffix) && !suffix.isEmpty()) {
            throw WrongShape.at("suffix", "'suffix' (filling in the middle) cannot be translated for this model.");
        }
        String system = body.text("system");
        if (system != null && !system.isEmpty()) {
            request.system(List.of(new Block.Text(system, Mark.at("system")))).path(Field.SYSTEM, "system");
        }
        List<Block> blocks = new ArrayList<>();
        String prompt = body.text("prompt");
        if (prompt != null && !prompt.isEmpty()) {
            blocks.add(new Block.Text(prompt, Mark.at("prompt")));
        }
        blocks.addAll(MessageReader.images(body));
        request.messages(List.of(new Message(Message.Role.USER, blocks, null, "prompt")))
                .path(Field.MESSAGES, "prompt");
    }

    private void options(Shape options) {
        Long most = options.whole("num_predict");
        if (most != null && most > 0) {
            // negative: until the model stops, or until the context is full; neither is a number elsewhere
            request.maxOutputTokens(most).path(Field.MAX_OUTPUT_TOKENS, "options.num_predict");
        }
        Json stop = options.json().present("stop");
        if (stop != null) {
            request.stop(stop instanceof Json.Str(String one) ? List.of(one) : options.texts("stop"))
                    .path(Field.STOP, "options.stop");
        }
        request.sampling(new Sampling(
                number(options, "temperature", Field.TEMPERATURE),
                number(options, "top_p", Field.TOP_P),
                number(options, "top_k", Field.TOP_K),
                number(options, "min_p", Field.MIN_P),
                number(options, "seed", Field.SEED),
                number(options, "presence_penalty", Field.PRESENCE_PENALTY),
                number(options, "frequency_penalty", Field.FREQUENCY_PENALTY),
                null,
                null,
                body.bool("logprobs"),
                body.whole("top_logprobs")));
        request.path(Field.LOGPROBS, "logprobs").path(Field.TOP_LOGPROBS, "top_logprobs");
        options.rest(OPTIONS).fields().forEach((name, value) -> {
            if (!LOADING.contains(name) && !isOllamasDefault(name, value)) {
                unmodelled.put(options.at(name), value);
            }
        });
    }

    private Json.@Nullable Num number(Shape options, String name, Field field) {
        Json.Num number = options.number(name);
        if (number != null) {
            request.path(field, options.at(name));
        }
        return number;
    }

    /// Tools send the server's own defaults along: they ask for nothing.
    private static boolean isOllamasDefault(String name, Json value) {
        double number = value instanceof Json.Num num ? num.asDouble() : Double.NaN;
        return switch (name) {
            case "repeat_penalty" -> number == 1.1 || number == 1;
            case "typical_p" -> number == 1;
            case "repeat_last_n" -> number == 64;
            case "mirostat" -> number == 0;
            default -> false;
        };
    }

    private void format() {
        Json format = body.json().present("format");
        switch (format) {
            case null -> {}
            case Json.Str(String word) when word.isEmpty() -> {}
            case Json.Str(String word) when word.equals("json") -> request.format(new ResponseFormat.JsonObject());
            case Json.Obj schema -> request.format(new ResponseFormat.JsonSchema(null, null, schema, null));
            default -> throw body.wrong("format", "\"json\" or a JSON schema");
        }
        request.path(Field.RESPONSE_FORMAT, "format");
    }

    private void think() {
        Json think = body.json().present("think");
        if (think == null) {
            return;
        }
        request.path(Field.REASONING, "think");
        request.reasoning(
                switch (think) {
                    case Json.Bool wish when wish == Json.Bool.FALSE -> new ReasoningWish.Off();
                    case Json.Bool _ -> new ReasoningWish.Adaptive(null, null);
                    case Json.Str(String word) -> new ReasoningWish.ByEffort(effort(word));
                    default -> throw body.wrong("think", "a boolean or one of low, medium, high, max");
                });
    }

    private ReasoningWish.Effort effort(String word) {
        ReasoningWish.Effort effort = ReasoningWish.Effort.parse(word);
        if (effort == null) {
            throw body.wrong("think", "a boolean or one of low, medium, high, max");
        }
        return effort;
    }
}
