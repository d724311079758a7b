package dev.sluice.protocol.bedrock;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ReasoningWish.Effort;
import dev.sluice.model.Sampling;
import dev.sluice.protocol.translate.Efforts;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.PlainSampling;
import dev.sluice.protocol.translate.ThinkingField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the model draws tokens, how many, and how much it thinks: `inferenceConfig`, what only some models take
/// (`additionalModelRequestFields`), and the effort.
final class InferenceEncoder {
    private static final double LEAST_TOP_P_WITH_THOUGHT = 0.95;
    /// What room is assumed for a thought by budget when nobody said how long the answer may be.
    private static final long USUAL_MAX_TOKENS = 32_000;

    private final ChatRequest request;
    private final Capabilities caps;
    private final Losses losses;
    private final Json.Builder config = Json.object();
    private final Json.Builder additional = Json.object();
    private @Nullable String effort;

    InferenceEncoder(Converse converse) {
        this.request = converse.request();
        this.caps = converse.caps();
        this.losses = converse.losses();
    }

    /// Null: nothing of it is wished for.
    Json.@Nullable Obj config() {
        return config.isEmpty() ? null : config.build();
    }

    Json.@Nullable Obj additional() {
        return additional.isEmpty() ? null : additional.build();
    }

    @Nullable
    String effort() {
        return effort;
    }

    /// Fills all three.
    ///
    /// @param isForced whether a tool must be called, which a model cannot do while it thinks by budget
    void encode(boolean isForced) {
        Long most = losses.outputTokens(request);
        Json.Obj thinking = thinking(most == null ? USUAL_MAX_TOKENS : most, isForced);
        boolean thinks = thinking != null && !"disabled".equals(thinking.text("type"));
        if (most == null && thinking != null && thinking.has("budget_tokens")) {
            most = USUAL_MAX_TOKENS; // a budget must be less than this, whatever the model's own default is
        }
        config.putIf("maxTokens", most);
        additional.putIf("thinking", thinking);
        sampling(thinks);
        List<String> stop = PlainSampling.stop(request, caps, losses::drop);
        config.when(!stop.isEmpty(), b -> b.put("stopSequences", Json.strings(stop)));
    }

    /// Models of Anthropic's take their own field `thinking`; an effort alone is a field of Converse.
    private Json.@Nullable Obj thinking(long maxTokens, boolean isForced) {
        ReasoningWish wish = request.reasoning();
        ThinkingField field = new ThinkingField(request, caps, losses);
        boolean isAboutThinking = wish instanceof ReasoningWish.Budget || wish instanceof ReasoningWish.Adaptive;
        if (caps.reasoning() && !isAboutThinking && caps.thinking() == Capabilities.Thinking.ADAPTIVE) {
            effort = level(Efforts.of(wish), field);
            return null;
        }
        Json.Obj thinking = wish instanceof ReasoningWish.Off ? null : field.thinking(maxTokens, isForced);
        effort = field.effort();
        return thinking;
    }

    private @Nullable String level(@Nullable Effort wanted, ThinkingField field) {
        // the least effort here is low; a Messages client's word for no thought is the same as none, in both APIs
        if (wanted == Effort.NONE && request.client() != Dialect.ANTHROPIC) {
            losses.drop(request.pathOf(Field.REASONING));
        }
        return wanted == null || wanted == Effort.NONE
                ? null
                : field.level(wanted).id();
    }

    private void sampling(boolean thinks) {
        Sampling wish = request.sampling();
        boolean onlyOne = caps.quirks().contains(Capabilities.Quirk.TEMPERATURE_OR_TOP_P);
        if (onlyOne && wish.temperature() != null && wish.topP() != null) {
            // 1 is the default of both, so leaving that one out changes nothing
            boolean keepsTopP = wish.temperature().asDouble() == 1;
            if (!keepsTopP && wish.topP().asDouble() != 1) {
                losses.drop(request.pathOf(Field.TOP_P));
            }
            temperature(keepsTopP ? null : wish.temperature(), thinks);
            topP(keepsTopP ? wish.topP() : null, thinks);
        } else {
            temperature(wish.temperature(), thinks);
            topP(wish.topP(), thinks);
        }
        if (wish.topK() != null && caps.sampling() && !thinks) {
            additional.put("top_k", wish.topK());
        } else if (wish.topK() != null) {
            losses.drop(request.pathOf(Field.TOP_K));
        }
        PlainSampling.report(request, losses::drop);
        Long choices = wish.choices();
        if (choices != null && choices > 1) {
            String path = request.pathOf(Field.CHOICES);
            throw losses.refused(path, path + ": the target gives one answer only");
        }
    }

    private void temperature(Json.@Nullable Num wanted, boolean thinks) {
        share("temperature", wanted, Field.TEMPERATURE, thinks ? 1 : 0);
    }

    private void topP(Json.@Nullable Num wanted, boolean thinks) {
        share("topP", wanted, Field.TOP_P, thinks ? LEAST_TOP_P_WITH_THOUGHT : 0);
    }

    /// A number from 0 to 1.
    ///
    /// @param least what thought asks for at least
    private void share(String name, Json.@Nullable Num wanted, Field field, double least) {
        if (wanted == null) {
            return;
        }
        double value = wanted.asDouble();
        if (!caps.sampling() || value < least && least > 0) {
            losses.drop(request.pathOf(field));
        } else if (value < 0 || value > 1) {
            losses.change(request.pathOf(field), "clamped");
            config.put(name, value < 0 ? 0 : 1);
        } else {
            config.put(name, wanted);
        }
    }
}
