package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Block;
import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Message;
import dev.sluice.model.ReasoningWish.Effort;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Sampling;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.StrictSchema;
import dev.sluice.protocol.translate.Efforts;
import dev.sluice.protocol.translate.FormatInstruction;
import dev.sluice.protocol.translate.Logprobs;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request to a Chat body, by the policy table PROTOCOL 2.2. Throws `WrongShape` for what must not be lost. One per
/// request.
final class RequestWriter {
    private static final int USUAL_MAX_STOP = 4;

    private final ChatRequest request;
    private final TargetProfile target;
    private final Capabilities caps;
    private final Losses losses;
    private final ToolNames names;
    private final Json.Builder body = Json.object();
    private boolean usageAdded;

    private RequestWriter(ChatRequest request, TargetProfile target) {
        this.target = target;
        this.caps = target.capabilities();
        this.losses = new Losses(target);
        this.request = FormatInstruction.spoken(request, caps, true, losses);
        Integer longest = caps.toolNameMax();
        this.names = new ToolNames(longest == null ? 64 : longest);
    }

    static EncodedRequest write(ChatRequest normalised, TargetProfile target) {
        return new RequestWriter(normalised, target).write();
    }

    private EncodedRequest write() {
        body.put("model", target.model());
        ToolWriter tools = new ToolWriter(request, target, losses, names);
        tools.write(body);
        body.put("messages", new MessageWriter(request, target, losses, names).messages());
        prefill();
        stream();
        limits();
        sampling();
        format();
        reasoning();
        new WishWriter(request, losses).write(body);
        return new EncodedRequest(
                ChatRequests.PATH,
                ChatRequests.HEADERS,
                JsonText.bytes(body.build()),
                request.stream(),
                names,
                usageAdded,
                losses.degraded());
    }

    private void prefill() {
        if (request.messages().isEmpty() || caps.prefill()) {
            return;
        }
        Message last = request.messages().getLast();
        boolean calls = last.blocks().stream().anyMatch(Block.ToolCall.class::isInstance);
        if (last.role() == Message.Role.ASSISTANT && !calls) {
            losses.drop(last.path());
        }
    }

    private void stream() {
        if (!request.stream()) {
            return;
        }
        body.put("stream", true);
        Json.Builder options = Json.object();
        boolean chatClient = request.client() == Dialect.OPENAI_CHAT;
        if (caps.streamOptions()) {
            options.put("include_usage", true);
            usageAdded = chatClient && !request.includeUsage();
        }
        Json.Obj more = request.extras().fields().object("stream_options");
        if (chatClient && more != null) {
            options.putAll(more);
        }
        if (!options.isEmpty()) {
            body.put("stream_options", options.build());
        }
    }

    private void limits() {
        String name = caps.maxTokensParam() == null ? "max_completion_tokens" : caps.maxTokensParam();
        body.putIf(name, losses.outputTokens(request));
        List<String> stop = losses.firstStops(request, USUAL_MAX_STOP);
        body.when(!stop.isEmpty(), b -> b.put("stop", Json.strings(stop)));
    }

    private void sampling() {
        Sampling wish = request.sampling();
        drawn("temperature", wish.temperature(), Field.TEMPERATURE);
        drawn("top_p", wish.topP(), Field.TOP_P);
        drawn("presence_penalty", wish.presencePenalty(), Field.PRESENCE_PENALTY);
        drawn("frequency_penalty", wish.frequencyPenalty(), Field.FREQUENCY_PENALTY);
        drawn("logit_bias", wish.logitBias(), Field.LOGIT_BIAS);
        body.putIf("seed", wish.seed());
        if (wish.topK() != null) {
            losses.drop(request.pathOf(Field.TOP_K));
        }
        if (wish.minP() != null) {
            losses.drop(request.pathOf(Field.MIN_P));
        }
        Long choices = wish.choices();
        if (choices != null && choices > 1 && request.client() != Dialect.OPENAI_CHAT && request.stream()) {
            throw losses.refused(request.pathOf(Field.CHOICES), "Only one choice can be streamed.");
        }
        if (choices != null && choices != 1) {
            body.put("n", choices);
        }
        boolean logprobs = Logprobs.areAsked(request);
        body.putIf("logprobs", logprobs ? Boolean.TRUE : wish.logprobs());
        body.putIf("top_logprobs", logprobs ? wish.topLogprobs() : null);
    }

    private void drawn(String name, @Nullable Json value, Field field) {
        if (value == null) {
            return;
        }
        if (caps.sampling()) {
            body.put(name, value);
        } else {
            losses.drop(request.pathOf(field));
        }
    }

    private void format() {
        if (request.format() instanceof ResponseFormat.Text || !caps.structuredOutput()) {
            return;
        }
        body.put(
                "response_format",
                switch (request.format()) {
                    case ResponseFormat.Text _ ->
                        Json.object().put("type", "text").build();
                    case ResponseFormat.JsonObject _ ->
                        Json.object().put("type", "json_object").build();
                    case ResponseFormat.JsonSchema schema ->
                        Json.object()
                                .put("type", "json_schema")
                                .put("json_schema", schema(schema))
                                .build();
                });
    }

    private Json schema(ResponseFormat.JsonSchema format) {
        Boolean strict = format.strict();
        if (request.client() != Dialect.OPENAI_CHAT && !Boolean.FALSE.equals(strict)) {
            // elsewhere a schema always binds; here only a schema of the strict form can
            strict = StrictSchema.isStrict(format.schema()) ? Boolean.TRUE : null;
        }
        String name = format.name();
        return Json.object()
                .put("name", name == null || name.isEmpty() ? "output" : ToolNames.legal(name, 64))
                .putIf("description", format.description())
                .putIf("schema", format.schema().isEmpty() ? null : format.schema())
                .putIf("strict", strict)
                .build();
    }

    private void reasoning() {
        if (!caps.reasoning()) {
            Efforts.reportUnthinking(request, losses);
            return;
        }
        Effort effort = Efforts.told(request, caps.efforts(), losses);
        body.putIf("reasoning_effort", effort == null ? null : effort.id());
    }
}
