package dev.sluice.protocol.openai.chat;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Field;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ByteScan;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestCodec;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonSplice;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.IdRules;
import dev.sluice.protocol.translate.Normaliser;
import dev.sluice.protocol.translate.RequestBody;
import dev.sluice.protocol.translate.Shape;
import dev.sluice.protocol.translate.ToolNames;
import dev.sluice.protocol.translate.WrongShape;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Requests of Chat Completions.
final class ChatRequests implements RequestCodec {
    static final String PATH = "/chat/completions";
    static final Headers HEADERS = Headers.of("content-type", "application/json");

    /// The top-level fields that routing looks at.
    private static final Set<String> OUTLINED = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "max_tokens",
            "max_completion_tokens",
            "tools",
            "functions",
            "reasoning_effort",
            "prompt_cache_key");

    private final Seal seal;

    ChatRequests(Seal seal) {
        this.seal = seal;
    }

    @Override
    public Outcome<Outline> outline(byte[] body, RequestHead head) {
        return JsonScanner.topLevel(body).then(top -> WrongShape.caught(() -> outlined(body, head, top)));
    }

    private static Outline outlined(byte[] body, RequestHead head, JsonSpans top) {
        Shape fields = new Shape(RequestBody.small(body, top, OUTLINED), "");
        String model = fields.text("model");
        if (!fields.json().has("messages")) {
            throw fields.wrong("messages", "an array");
        }
        fields.array("messages");
        Shape options = fields.object("stream_options");
        Long most = fields.whole("max_completion_tokens");
        Long older = fields.whole("max_tokens");
        String session = fields.text("prompt_cache_key");
        return new Outline(
                body,
                head,
                top,
                model == null ? "" : model,
                Boolean.TRUE.equals(fields.bool("stream")),
                options != null && Boolean.TRUE.equals(options.bool("include_usage")),
                session,
                most != null ? most : older,
                wants(body, top, fields));
    }

    private static Set<Field> wants(byte[] body, JsonSpans top, Shape fields) {
        Set<Field> wants = EnumSet.noneOf(Field.class);
        if (!fields.array("tools").isEmpty() || !fields.array("functions").isEmpty()) {
            wants.add(Field.TOOLS);
        }
        if (fields.text("reasoning_effort") != null) {
            wants.add(Field.REASONING);
        }
        // spans alone: a schema can be long, and whoever must read it checks its shape
        JsonSpans.Span format = top.field("response_format");
        JsonSpans.Span type = format == null ? null : JsonScanner.field(body, format, "type");
        if (type != null && !"text".equals(JsonScanner.string(body, type))) {
            wants.add(Field.RESPONSE_FORMAT);
        }
        if (JsonScanner.present(body, top, "web_search_options") != null) {
            wants.add(Field.WEB_SEARCH);
        }
        return wants;
    }

    @Override
    public Outcome<ChatRequest> decode(Outline outline) {
        return RequestBody.read(outline, body -> RequestReader.read(body, seal));
    }

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        IdRules ids = IdRules.upTo(target.capabilities().toolIdMax());
        return WrongShape.caught(() -> RequestWriter.write(Normaliser.normalise(request, ids), target));
    }

    @Override
    public EncodedRequest splice(Outline outline, TargetProfile target) {
        JsonSplice splice = RequestBody.renamed(outline, target);
        boolean usageAdded = outline.stream()
                && !outline.includeUsage()
                && target.capabilities().streamOptions();
        if (usageAdded) {
            splice.set("stream_options", JsonText.print(withUsage(outline)));
        }
        String messages = withoutSeals(outline);
        if (messages != null) {
            splice.set("messages", messages);
        }
        return new EncodedRequest(
                PATH, HEADERS, splice.bytes(), outline.stream(), ToolNames.none(), usageAdded, List.of());
    }

    private static Json withUsage(Outline outline) {
        JsonSpans.Span given = outline.top().field("stream_options");
        Json.Obj options = given == null ? null : JsonText.objectOrNull(outline.body(), given.from(), given.to());
        return (options == null ? Json.Obj.EMPTY : options).with("include_usage", Json.TRUE);
    }

    private static @Nullable String withoutSeals(Outline outline) {
        if (ByteScan.indexOf(outline.body(), 0, outline.body().length, Seal.PREFIX) < 0) {
            return null;
        }
        JsonSpans.Span span = outline.top().field("messages");
        if (span == null
                || !(JsonText.parse(outline.body(), span.from(), span.to())
                        instanceof JsonText.Parsed.Value(Json.Arr messages))) {
            return null;
        }
        Json.Arr clean = SealedReasoning.removed(messages);
        return clean.equals(messages) ? null : JsonText.print(clean);
    }
}
