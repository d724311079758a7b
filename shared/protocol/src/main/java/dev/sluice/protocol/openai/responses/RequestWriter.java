package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Block;
import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Message;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ReasoningWish.Effort;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Sampling;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.SharedWishes;
import dev.sluice.protocol.openai.StrictSchema;
import dev.sluice.protocol.translate.Efforts;
import dev.sluice.protocol.translate.FormatInstruction;
import dev.sluice.protocol.translate.Logprobs;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request to a Responses body, by the policy table PROTOCOL 2.2. Throws `WrongShape` for what must not be lost. One per
/// request.
final class RequestWriter {
    /// Fewer output tokens than this are refused.
    private static final long LEAST_OUTPUT = 16;

    private static final String ENCRYPTED = "reasoning.encrypted_content";

    private final ChatRequest request;
    private final TargetProfile target;
    private final Capabilities caps;
    private final Losses losses;
    private final Hints hints;
    private final Json.Builder body = Json.object();

    private RequestWriter(ChatRequest request, TargetProfile target) {
        this.target = target;
        this.caps = target.capabilities();
        this.losses = new Losses(target);
        this.request = FormatInstruction.spoken(request, caps, true, losses);
        this.hints = Hints.of(request);
    }

    static EncodedRequest write(ChatRequest normalised, TargetProfile target) {
        return new RequestWriter(normalised, target).write();
    }

    private EncodedRequest write() {
        body.put("model", target.model());
        ToolWriter tools = new ToolWriter(request, target, losses);
        tools.write(body);
        ItemWriter items = new ItemWriter(request, target, losses, tools);
        body.putIf("instructions", items.instructions());
        body.put("input", items.input());
        prefill();
        body.when(request.stream(), b -> b.put("stream", true));
        limits();
        sampling();
        text();
        reasoning();
        new WishWriter(request, losses).write(body);
        include();
        for (String name :
                List.of("client_metadata", "prompt_cache_retention", "stream_options", "truncation", "user")) {
            body.putIf(name, hints.at("").field(name));
        }
        return new EncodedRequest(
                ResponsesRequests.PATH,
                ResponsesRequests.HEADERS,
                JsonText.bytes(body.build()),
                request.stream(),
                tools.names(),
                false,
                losses.degraded());
    }

    private boolean isOwn() {
        return request.client() == Dialect.OPENAI_RESPONSES;
    }

    private void prefill() {
        Message last = request.messages().isEmpty() ? null : request.messages().getLast();
        if (last == null || caps.prefill() || isOwn()) {
            return;
        }
        boolean speaks = last.blocks().stream().anyMatch(Block.Text.class::isInstance);
        if (last.role() == Message.Role.ASSISTANT && speaks) {
            losses.drop(last.path());
        }
    }

    private void limits() {
        Long most = losses.outputTokens(request);
        body.putIf("max_output_tokens", most == null ? null : (Long) Math.max(LEAST_OUTPUT, most));
        if (!request.stop().isEmpty()) {
            losses.drop(request.pathOf(Field.STOP));
        }
    }

    private void sampling() {
        Sampling wish = request.sampling();
        drawn("temperature", wish.temperature(), Field.TEMPERATURE);
        drawn("top_p", wish.topP(), Field.TOP_P);
        lost(wish.topK(), Field.TOP_K);
        lost(wish.minP(), Field.MIN_P);
        lost(wish.seed(), Field.SEED);
        lost(wish.presencePenalty(), Field.PRESENCE_PENALTY);
        lost(wish.frequencyPenalty(), Field.FREQUENCY_PENALTY);
        Json.Obj bias = wish.logitBias();
        lost(bias == null || bias.isEmpty() ? null : bias, Field.LOGIT_BIAS);
        Long choices = wish.choices();
        if (choices != null && choices > 1) {
            throw losses.refused(request.pathOf(Field.CHOICES), "Only one choice can be given.");
        }
        body.putIf("top_logprobs", isOwn() ? wish.topLogprobs() : Logprobs.top(request, losses));
    }

    private void drawn(String name, Json.@Nullable Num value, Field field) {
        if (caps.sampling()) {
            body.putIf(name, value);
        } else {
            lost(value, field);
        }
    }

    private void lost(@Nullable Json value, Field field) {
        if (value != null) {
            losses.drop(request.pathOf(field));
        }
    }

    private void text() {
        Json.Builder text = Json.object();
        text.putIf("format", caps.structuredOutput() ? format() : null);
        text.putIf("verbosity", SharedWishes.isOpenAi(request.client()) ? request.verbosity() : null);
        text.putAll(hints.at("text"));
        body.putIf("text", text.isEmpty() ? null : text.build());
    }

    private Json.@Nullable Obj format() {
        return switch (request.format()) {
            case ResponseFormat.Text _ -> null;
            case ResponseFormat.JsonObject _ ->
                Json.object().put("type", "json_object").build();
            case ResponseFormat.JsonSchema(String name, String description, Json.Obj schema, Boolean strict) ->
                Json.object()
                        .put("type", "json_schema")
                        .put("name", name == null || name.isEmpty() ? "output" : ToolNames.legal(name, 64))
                        .putIf("description", description)
                        .put("schema", schema)
                        .putIf("strict", strict(schema, strict))
                        .build();
        };
    }

    /// Elsewhere a schema always binds; here only a schema of the strict form can.
    private @Nullable Boolean strict(Json.Obj schema, @Nullable Boolean wish) {
        boolean isKept = SharedWishes.isOpenAi(request.client()) || Boolean.FALSE.equals(wish);
        return isKept ? wish : (Boolean) StrictSchema.isStrict(schema);
    }

    private void reasoning() {
        if (!caps.reasoning()) {
            Efforts.reportUnthinking(request, losses);
            if (!hints.at("reasoning").isEmpty()) {
                losses.drop(request.pathOf(Field.REASONING));
            }
            return;
        }
        Effort effort = Efforts.told(request, caps.efforts(), losses);
        Json.Builder reasoning = Json.object().putIf("effort", effort == null ? null : effort.id());
        reasoning.putIf("summary", isOwn() ? null : summary()).putAll(hints.at("reasoning"));
        body.putIf("reasoning", reasoning.isEmpty() ? null : reasoning.build());
    }

    /// A client that is shown thoughts gets the summary of them, as there is no more.
    private @Nullable String summary() {
        return switch (request.reasoning()) {
            case ReasoningWish.Adaptive(Effort _, String display) -> summary(display);
            case ReasoningWish.Budget(long tokens, Effort _, String display) -> tokens <= 0 ? null : summary(display);
            case ReasoningWish.Unset _, ReasoningWish.Off _, ReasoningWish.ByEffort _ -> null;
        };
    }

    private static @Nullable String summary(@Nullable String display) {
        boolean isHidden = "none".equals(display) || "omitted".equals(display);
        return isHidden ? null : "auto";
    }

    /// What the provider keeps for no client it must give out, or it would be lost to the next turn.
    private void include() {
        Json own = hints.at("").field("include");
        if (own != null) {
            body.put("include", own);
            return;
        }
        List<Json> include = new ArrayList<>();
        if (!isOwn() && reasons()) {
            include.add(Json.of(ENCRYPTED));
        }
        if (!isOwn() && Logprobs.areAsked(request)) {
            include.add(Json.of(RequestReader.LOGPROBS));
        }
        body.putIf("include", include.isEmpty() ? null : new Json.Arr(include));
    }

    private boolean reasons() {
        boolean isWished = switch (request.reasoning()) {
            case ReasoningWish.Unset _, ReasoningWish.Off _ -> false;
            case ReasoningWish.Adaptive _, ReasoningWish.Budget _ -> true;
            case ReasoningWish.ByEffort(Effort effort) -> effort != Effort.NONE;
        };
        return caps.reasoning() && (isWished || hasReasoned());
    }

    private boolean hasReasoned() {
        return request.messages().stream()
                .flatMap(message -> message.blocks().stream())
                .anyMatch(block -> EarlierReasoning.write(block, Json.Obj.EMPTY) != null);
    }
}
