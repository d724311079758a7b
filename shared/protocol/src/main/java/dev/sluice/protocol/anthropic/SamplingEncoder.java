package dev.sluice.protocol.anthropic;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Sampling;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.PlainSampling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How tokens are drawn and where the answer stops.
final class SamplingEncoder {
    private static final double LEAST_TOP_P_WITH_THOUGHT = 0.95;

    private final ChatRequest request;
    private final Capabilities caps;
    private final Losses losses;

    SamplingEncoder(Outgoing outgoing) {
        this.request = outgoing.request();
        this.caps = outgoing.caps();
        this.losses = outgoing.losses();
    }

    /// @param thinking as it will be sent: with thought, most of sampling is fixed
    void encode(Json.Builder body, Json.@Nullable Obj thinking) {
        Sampling sampling = request.sampling();
        boolean thinks = thinking != null && !"disabled".equals(thinking.text("type"));
        if (isAllowed()) {
            temperatureOrTopP(body, sampling, thinks);
            keepIf(body, "top_k", sampling.topK(), Field.TOP_K, number -> !thinks);
        } else {
            lost(sampling.temperature(), Field.TEMPERATURE);
            lost(sampling.topP(), Field.TOP_P);
            lost(sampling.topK(), Field.TOP_K);
        }
        PlainSampling.report(request, losses::drop);
        Long choices = sampling.choices();
        if (choices != null && choices > 1) {
            throw losses.refused(request.pathOf(Field.CHOICES), "Only one choice can be given.");
        }
        List<String> stop = PlainSampling.stop(request, caps, losses::drop);
        body.when(!stop.isEmpty(), b -> b.put("stop_sequences", Json.strings(stop)));
    }

    private boolean isAllowed() {
        boolean isOldVersion = request.client() != Dialect.ANTHROPIC
                || request.apiVersion().compareTo(AnthropicHeaders.WITHOUT_SAMPLING) < 0;
        return caps.sampling() && isOldVersion;
    }

    /// Models since 2025 refuse the two together. 1 is the default of both, so leaving that one out changes nothing; else
    /// the temperature is the one that stays.
    private void temperatureOrTopP(Json.Builder body, Sampling sampling, boolean thinks) {
        Json.Num temperature = sampling.temperature();
        Json.Num topP = sampling.topP();
        if (temperature == null || topP == null) {
            temperature(body, temperature, thinks);
            keepIf(body, "top_p", topP, Field.TOP_P, number -> isTopPAllowed(number, thinks));
        } else if (temperature.asDouble() == 1 && isTopPAllowed(topP, thinks)) {
            body.put("top_p", topP);
        } else {
            temperature(body, temperature, thinks);
            if (topP.asDouble() != 1) {
                losses.drop(request.pathOf(Field.TOP_P));
            }
        }
    }

    private void temperature(Json.Builder body, Json.@Nullable Num wanted, boolean thinks) {
        if (wanted == null) {
            return;
        }
        double value = wanted.asDouble();
        if (thinks && value != 1) {
            losses.drop(request.pathOf(Field.TEMPERATURE));
        } else if (value < 0 || value > 1) {
            losses.change(request.pathOf(Field.TEMPERATURE), "clamped");
            body.put("temperature", value < 0 ? 0 : 1);
        } else {
            body.put("temperature", wanted);
        }
    }

    private static boolean isTopPAllowed(Json.Num number, boolean thinks) {
        return !thinks || number.asDouble() >= LEAST_TOP_P_WITH_THOUGHT;
    }

    private void keepIf(
            Json.Builder body,
            String name,
            Json.@Nullable Num value,
            Field field,
            java.util.function.Predicate<Json.Num> isAllowed) {
        if (value == null) {
            return;
        }
        if (isAllowed.test(value)) {
            body.put(name, value);
        } else {
            losses.drop(request.pathOf(field));
        }
    }

    private void lost(@Nullable Json value, Field field) {
        if (value != null) {
            losses.drop(request.pathOf(field));
        }
    }
}
