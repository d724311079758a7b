package dev.sluice.protocol.gemini;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Sampling;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.translate.Logprobs;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.OwnExtras;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request's wishes as `generationConfig`.
final class ConfigWriter {
    private static final int USUAL_MAX_STOP = 5;
    private static final Set<String> MODALITIES = Set.of("text", "image");

    private final ChatRequest request;
    private final TargetProfile target;
    private final Capabilities caps;
    private final Losses losses;
    private final OwnExtras extras;

    ConfigWriter(ChatRequest request, TargetProfile target, Losses losses, OwnExtras extras) {
        this.extras = extras;
        this.request = request;
        this.target = target;
        this.caps = target.capabilities();
        this.losses = losses;
    }

    void write(Json.Builder config) {
        sampling(config);
        limits(config);
        choices(config);
        format(config);
        modalities(config);
        Json.Obj thinking = new ThinkingWriter(request, target, losses).write();
        Json.Builder thought = Json.object().putAll(thinking == null ? Json.Obj.EMPTY : thinking);
        extras.addTo(thought, "generationConfig.thinkingConfig");
        config.putIf("thinkingConfig", thought.isEmpty() ? null : thought.build());
    }

    private void sampling(Json.Builder config) {
        Sampling wish = request.sampling();
        drawn(config, "temperature", wish.temperature(), Field.TEMPERATURE);
        drawn(config, "topP", wish.topP(), Field.TOP_P);
        drawn(config, "topK", wish.topK(), Field.TOP_K);
        drawn(config, "presencePenalty", wish.presencePenalty(), Field.PRESENCE_PENALTY);
        drawn(config, "frequencyPenalty", wish.frequencyPenalty(), Field.FREQUENCY_PENALTY);
        config.putIf("seed", wish.seed());
        if (wish.minP() != null) {
            losses.drop(request.pathOf(Field.MIN_P));
        }
        if (wish.logitBias() != null && !wish.logitBias().isEmpty()) {
            losses.drop(request.pathOf(Field.LOGIT_BIAS));
        }
    }

    private void drawn(Json.Builder config, String name, @Nullable Json value, Field field) {
        if (value == null) {
            return;
        }
        if (caps.sampling()) {
            config.put(name, value);
        } else {
            losses.drop(request.pathOf(field));
        }
    }

    private void limits(Json.Builder config) {
        config.putIf("maxOutputTokens", losses.outputTokens(request));
        List<String> stop = losses.firstStops(request, USUAL_MAX_STOP);
        config.when(!stop.isEmpty(), c -> c.put("stopSequences", Json.strings(stop)));
    }

    private void choices(Json.Builder config) {
        Sampling wish = request.sampling();
        Long choices = wish.choices();
        if (choices != null && choices > 1 && request.stream() && request.client() != Dialect.GEMINI) {
            throw losses.refused(request.pathOf(Field.CHOICES), "Only one choice can be streamed.");
        }
        if (choices != null && choices != 1) {
            config.put("candidateCount", choices);
        }
        if (Logprobs.areAsked(request)) {
            Long top = Logprobs.top(request, losses);
            config.put("responseLogprobs", true).putIf("logprobs", top == null || top == 0 ? null : top);
        }
    }

    private void format(Json.Builder config) {
        if (request.format() instanceof ResponseFormat.Text || !caps.structuredOutput()) {
            return;
        }
        config.put("responseMimeType", "application/json");
        if (request.format() instanceof ResponseFormat.JsonSchema schema
                && !schema.schema().isEmpty()) {
            if (ToolWriter.knowsSubsetOnly(target)) {
                config.put("responseSchema", SubsetSchema.of(schema.schema()));
            } else {
                config.put("responseJsonSchema", schema.schema());
            }
        }
    }

    /// Text is what a model gives by itself. Sound is not translated: its forms and its voices are others in each dialect.
    private void modalities(Json.Builder config) {
        List<String> wanted = request.modalities();
        boolean isOwn = request.client() == Dialect.GEMINI;
        if (!isOwn && !MODALITIES.containsAll(wanted)) {
            throw losses.refused(
                    request.pathOf(Field.MODALITIES),
                    "Only text and images can be given by the model " + target.model() + ".");
        }
        if (isOwn && !wanted.isEmpty() || wanted.contains("image")) {
            config.put(
                    "responseModalities",
                    Json.strings(wanted.stream()
                            .map(name -> name.toUpperCase(Locale.ROOT))
                            .toList()));
        }
        if (isOwn) {
            config.putIf("speechConfig", request.fields().get(Field.AUDIO_OUT));
        }
    }
}
