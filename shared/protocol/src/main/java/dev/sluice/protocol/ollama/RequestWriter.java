package dev.sluice.protocol.ollama;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ReasoningWish.Effort;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Sampling;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.Efforts;
import dev.sluice.protocol.translate.FormatInstruction;
import dev.sluice.protocol.translate.Logprobs;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.SlotlessWishes;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request to the body of `/api/chat`, by the policy table PROTOCOL 2.2. Throws `WrongShape` for what must not be lost. One
/// per request.
final class RequestWriter {
    private static final int LONGEST_NAME = 128;
    private static final List<Effort> EFFORTS = List.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH, Effort.MAX);

    private final ChatRequest request;
    private final TargetProfile target;
    private final Capabilities caps;
    private final Losses losses;
    private final ToolNames names;
    private final Json.Builder body = Json.object();

    private RequestWriter(ChatRequest request, TargetProfile target) {
        this.target = target;
        this.caps = target.capabilities();
        this.losses = new Losses(target);
        this.request = FormatInstruction.spoken(request, caps, true, losses);
        Integer longest = caps.toolNameMax();
        this.names = new ToolNames(longest == null ? LONGEST_NAME : longest);
    }

    static EncodedRequest write(ChatRequest normalised, TargetProfile target) {
        return new RequestWriter(normalised, target).write();
    }

    private EncodedRequest write() {
        Json tools = new ToolWriter(request, losses, names).tools();
        body.put("model", target.model())
                .put("messages", new MessageWriter(request, target, losses, names).messages())
                .put("stream", request.stream())
                .putIf("tools", tools);
        format();
        think();
        logprobs();
        options();
        SlotlessWishes.textOnly(request, losses);
        SlotlessWishes.settle(request, Set.of(), losses);
        if (request.client() != Dialect.OLLAMA_CHAT) {
            SlotlessWishes.dropExtras(request, losses);
        }
        return new EncodedRequest(
                Operation.CHAT.path(),
                OllamaRequests.HEADERS,
                JsonText.bytes(body.build()),
                request.stream(),
                names,
                false,
                losses.degraded());
    }

    private void format() {
        switch (request.format()) {
            case ResponseFormat.Text _ -> {}
            case ResponseFormat.JsonObject _ -> formatted(Json.of("json"));
            case ResponseFormat.JsonSchema schema ->
                formatted(schema.schema().isEmpty() ? Json.of("json") : schema.schema());
        }
    }

    private void formatted(Json format) {
        body.when(caps.structuredOutput(), b -> b.put("format", format));
    }

    private void think() {
        ReasoningWish wish = request.reasoning();
        if (!caps.reasoning()) {
            Efforts.reportUnthinking(request, losses);
            return;
        }
        Effort effort = Efforts.of(wish);
        if (effort != null) {
            body.put("think", level(effort));
        } else if (wish instanceof ReasoningWish.Adaptive) {
            body.put("think", true);
        }
    }

    private Json level(Effort effort) {
        if (effort == Effort.NONE) {
            return Json.FALSE;
        }
        List<Effort> allowed = EFFORTS.stream().filter(caps.efforts()::contains).toList();
        return allowed.isEmpty()
                ? Json.TRUE
                : Json.of(Efforts.nearest(effort, allowed, request, losses).id());
    }

    private void logprobs() {
        if (Logprobs.areAsked(request)) {
            body.put("logprobs", true).putIf("top_logprobs", Logprobs.top(request, losses));
        }
    }

    private void options() {
        Json.Builder options = Json.object();
        Sampling wish = request.sampling();
        drawn(options, "temperature", wish.temperature(), Field.TEMPERATURE);
        drawn(options, "top_p", wish.topP(), Field.TOP_P);
        drawn(options, "top_k", wish.topK(), Field.TOP_K);
        drawn(options, "min_p", wish.minP(), Field.MIN_P);
        drawn(options, "presence_penalty", wish.presencePenalty(), Field.PRESENCE_PENALTY);
        drawn(options, "frequency_penalty", wish.frequencyPenalty(), Field.FREQUENCY_PENALTY);
        options.putIf("seed", wish.seed());
        if (wish.logitBias() != null) {
            losses.drop(request.pathOf(Field.LOGIT_BIAS));
        }
        Long choices = wish.choices();
        if (choices != null && choices > 1) {
            throw losses.refused(request.pathOf(Field.CHOICES), "Only one choice can be given.");
        }
        List<String> stop = losses.firstStops(request, Integer.MAX_VALUE);
        options.when(!stop.isEmpty(), o -> o.put("stop", Json.strings(stop)));
        options.putIf("num_predict", losses.outputTokens(request));
        if (!options.isEmpty()) {
            body.put("options", options.build());
        }
    }

    private void drawn(Json.Builder options, String name, Json.@Nullable Num value, Field field) {
        if (value == null) {
            return;
        }
        if (caps.sampling()) {
            options.put(name, value);
        } else {
            losses.drop(request.pathOf(field));
        }
    }
}
