package dev.sluice.protocol.anthropic;

import dev.sluice.model.Block;
import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.ResponseFormat;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.FormatInstruction;
import dev.sluice.protocol.translate.IdRules;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.Normaliser;
import dev.sluice.protocol.translate.OwnExtras;
import dev.sluice.protocol.translate.SlotlessWishes;
import dev.sluice.protocol.translate.SystemPlace;
import dev.sluice.protocol.translate.ThinkingField;
import dev.sluice.protocol.translate.ToolNames;
import dev.sluice.protocol.translate.WrongShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A [ChatRequest] to a Messages body, by the policy table PROTOCOL 2.2. One per attempt.
final class RequestEncoder {
    static final String PATH = "/v1/messages";

    /// For a model whose limit nobody configured. A limit that is too high is refused at once and with its reason,
    /// one that is too low cuts tool calls in half in the middle of a long answer: so it is what coding tools
    /// themselves ask of models they do not know, and no less.
    private static final long DEFAULT_MAX_TOKENS = 32_000;

    private final ChatRequest request;
    private final TargetProfile target;
    private final Capabilities caps;
    private final Losses losses;
    private final OwnExtras extras;
    private final Breakpoints breakpoints;

    private RequestEncoder(ChatRequest request, TargetProfile target) {
        this.target = target;
        this.caps = target.capabilities();
        this.losses = new Losses(target);
        this.extras = OwnExtras.of(request, Dialect.ANTHROPIC, losses);
        ChatRequest placed = SystemPlace.of(request, caps.midSystem());
        this.request =
                Normaliser.normalise(FormatInstruction.spoken(placed, caps, false, losses), new IdRules(idMax(), true));
        this.breakpoints = Breakpoints.of(this.request);
    }

    private int idMax() {
        Integer maximum = caps.toolIdMax();
        return maximum == null ? 0 : maximum;
    }

    static Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        return WrongShape.caught(() -> new RequestEncoder(request, target).encode());
    }

    private EncodedRequest encode() {
        Outgoing outgoing = new Outgoing(request, caps, losses, extras, breakpoints);
        ToolNames names = new ToolNames(outgoing.toolNameMax());
        ToolEncoder tools = new ToolEncoder(outgoing, names);
        long maxTokens = maxTokens();
        Json.Builder body = Json.object().put("model", target.model()).put("max_tokens", maxTokens);
        List<Json> encodedTools = tools.tools();
        Json.Obj choice = tools.choice();
        ThinkingField thinking = new ThinkingField(outgoing.request(), caps, losses);
        Json.Obj thought = thinking.thinking(maxTokens, ToolEncoder.isForced(choice));
        body.putIf("system", system()).when(!encodedTools.isEmpty(), b -> b.put("tools", Json.array(encodedTools)));
        body.putIf("tool_choice", choice);
        body.put("messages", new MessageEncoder(outgoing).messages());
        body.putIf(
                "thinking",
                thought == null ? null : extras.addTo(copy(thought), "thinking").build());
        body.putIf("output_config", outputConfig(thinking.effort()));
        new SamplingEncoder(outgoing).encode(body, thought);
        hints(body);
        slotless(body);
        extras.addTo(body, "");
        return new EncodedRequest(
                PATH,
                AnthropicHeaders.of(isOwn() ? request.apiVersion() : "", isOwn() ? request.betas() : List.of()),
                JsonText.bytes(body.build()),
                request.stream(),
                names,
                false,
                losses.degraded());
    }

    /// A Messages client's own wishes go back where they stood.
    private void slotless(Json.Builder body) {
        if (isOwn()) {
            request.fields().forEach((field, value) -> body.put(request.pathOf(field), value));
        } else {
            SlotlessWishes.settle(request, Set.of(), losses);
        }
        SlotlessWishes.textOnly(request, losses);
    }

    private boolean isOwn() {
        return request.client() == Dialect.ANTHROPIC;
    }

    private static Json.Builder copy(Json.Obj object) {
        return Json.object().putAll(object);
    }

    private long maxTokens() {
        Long asked = losses.outputTokens(request);
        Long limit = caps.maxOutputTokens();
        return asked != null ? asked : limit == null ? DEFAULT_MAX_TOKENS : limit;
    }

    private @Nullable Json system() {
        List<Block> texts = new ArrayList<>(request.system());
        if (texts.size() == 1 && MessageEncoder.isPlain(texts.getFirst())) {
            return Json.of(((Block.Text) texts.getFirst()).text());
        }
        List<Json> blocks = new ArrayList<>(texts.size());
        for (Block block : texts) {
            Json.Builder text = Json.object().put("type", "text").put("text", ((Block.Text) block).text());
            extras.addTo(text, block.mark().path());
            blocks.add(breakpoints.mark(text, block.mark()).build());
        }
        return blocks.isEmpty() ? null : Json.array(blocks);
    }

    private Json.@Nullable Obj outputConfig(@Nullable String effort) {
        Json.Builder config = Json.object().putIf("effort", effort);
        if (request.format() instanceof ResponseFormat.JsonSchema schema && caps.structuredOutput()) {
            Json.Builder format = Json.object().put("type", "json_schema").put("schema", schema.schema());
            config.put("format", extras.addTo(format, "output_config.format").build());
        }
        extras.addTo(config, "output_config");
        return config.isEmpty() ? null : config.build();
    }

    private void hints(Json.Builder body) {
        body.when(request.stream(), b -> b.put("stream", true));
        Json.Builder metadata = Json.object().putIf("user_id", request.endUser());
        extras.addTo(metadata, "metadata");
        body.when(!metadata.isEmpty(), b -> b.put("metadata", metadata.build()));
        body.putIf("service_tier", serviceTier(request.serviceTier()));
        if (request.cache().topLevel() != null) {
            body.put(CacheControl.NAME, CacheControl.encode(request.cache().topLevel()));
        }
    }

    private static @Nullable String serviceTier(@Nullable String tier) {
        return switch (tier) {
            case "auto", "standard_only" -> tier;
            case "default" -> "standard_only";
            case null, default -> null;
        };
    }
}
