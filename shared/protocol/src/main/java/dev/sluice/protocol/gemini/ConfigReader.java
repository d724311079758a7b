package dev.sluice.protocol.gemini;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ReasoningWish.Effort;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Sampling;
import dev.sluice.protocol.translate.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The client's `generationConfig`.
final class ConfigReader {
    private static final Set<String> KNOWN = Set.of(
            "temperature",
            "topP",
            "topK",
            "seed",
            "presencePenalty",
            "frequencyPenalty",
            "candidateCount",
            "responseLogprobs",
            "logprobs",
            "maxOutputTokens",
            "stopSequences",
            "responseMimeType",
            "responseSchema",
            "responseJsonSchema",
            "responseModalities",
            "speechConfig",
            "thinkingConfig");
    private static final Set<String> THINKING = Set.of("includeThoughts", "thinkingBudget", "thinkingLevel");
    private static final String SHOWN = "summarized";
    private static final String HIDDEN = "omitted";

    private final RequestReader.Unmodelled unmodelled;

    ConfigReader(RequestReader.Unmodelled unmodelled) {
        this.unmodelled = unmodelled;
    }

    void read(Shape body, ChatRequest.Builder request) {
        Shape config = ProtoJson.object(body, "generationConfig");
        if (config == null) {
            return;
        }
        sampling(config, request);
        request.maxOutputTokens(config.whole("maxOutputTokens"))
                .path(Field.MAX_OUTPUT_TOKENS, config.at("maxOutputTokens"))
                .stop(config.texts("stopSequences"))
                .path(Field.STOP, config.at("stopSequences"));
        format(config, request);
        List<String> modalities = config.texts("responseModalities").stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        request.modalities(modalities).path(Field.MODALITIES, config.at("responseModalities"));
        Json speech = config.json().present("speechConfig");
        if (speech != null) {
            request.field(Field.AUDIO_OUT, config.at("speechConfig"), speech);
        }
        Shape thinking = ProtoJson.object(config, "thinkingConfig");
        if (thinking != null) {
            unmodelled.keepRest(thinking, THINKING);
            request.reasoning(reasoning(thinking)).path(Field.REASONING, thinking.path());
        }
        unmodelled.keepRest(config, KNOWN);
    }

    private static void sampling(Shape config, ChatRequest.Builder request) {
        request.sampling(new Sampling(
                        config.number("temperature"),
                        config.number("topP"),
                        config.number("topK"),
                        null,
                        config.number("seed"),
                        config.number("presencePenalty"),
                        config.number("frequencyPenalty"),
                        null,
                        config.whole("candidateCount"),
                        config.bool("responseLogprobs"),
                        config.whole("logprobs")))
                .path(Field.TEMPERATURE, config.at("temperature"))
                .path(Field.TOP_P, config.at("topP"))
                .path(Field.TOP_K, config.at("topK"))
                .path(Field.SEED, config.at("seed"))
                .path(Field.PRESENCE_PENALTY, config.at("presencePenalty"))
                .path(Field.FREQUENCY_PENALTY, config.at("frequencyPenalty"))
                .path(Field.CHOICES, config.at("candidateCount"))
                .path(Field.LOGPROBS, config.at("responseLogprobs"))
                .path(Field.TOP_LOGPROBS, config.at("logprobs"));
    }

    private void format(Shape config, ChatRequest.Builder request) {
        String mime = config.text("responseMimeType");
        Shape schema = config.object("responseJsonSchema");
        Shape own = config.object("responseSchema");
        String name = schema != null ? "responseJsonSchema" : own != null ? "responseSchema" : "responseMimeType";
        request.path(Field.RESPONSE_FORMAT, config.at(name));
        if (mime != null && !mime.equals("application/json") && !mime.equals("text/plain")) {
            unmodelled.keep(config.at("responseMimeType"), Json.of(mime)); // an enum's bare word, XML, YAML
        } else if (schema != null) {
            request.format(new ResponseFormat.JsonSchema(null, null, schema.json(), null));
        } else if (own != null) {
            request.format(new ResponseFormat.JsonSchema(null, null, OpenApiSchema.toJsonSchema(own.json()), null));
        } else if (mime != null && mime.equals("application/json")) {
            request.format(new ResponseFormat.JsonObject());
        }
    }

    /// Thought that the client says nothing of is left to the model, and shown when it asks to see it.
    private static ReasoningWish reasoning(Shape thinking) {
        Boolean include = thinking.bool("includeThoughts");
        String display = include == null ? null : include ? SHOWN : HIDDEN;
        Long budget = thinking.whole("thinkingBudget");
        if (budget != null && budget >= 0) {
            return budget == 0 ? new ReasoningWish.Off() : new ReasoningWish.Budget(budget, null, shown(display));
        }
        Effort effort = effort(thinking);
        if (budget == null && effort == null && !SHOWN.equals(display)) {
            return ReasoningWish.UNSET;
        }
        return new ReasoningWish.Adaptive(effort, shown(display));
    }

    private static String shown(@Nullable String display) {
        return display == null ? HIDDEN : display;
    }

    private static @Nullable Effort effort(Shape thinking) {
        String level = thinking.text("thinkingLevel");
        if (level == null || level.equals("THINKING_LEVEL_UNSPECIFIED")) {
            return null;
        }
        Effort effort = Effort.parse(level.toLowerCase(Locale.ROOT));
        if (effort == null) {
            throw thinking.wrong("thinkingLevel", "one of MINIMAL, LOW, MEDIUM, HIGH");
        }
        return effort;
    }
}
