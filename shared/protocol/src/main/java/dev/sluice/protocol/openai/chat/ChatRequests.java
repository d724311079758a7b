package dev.sluice.protocol.openai.chat;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
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
        return JsonScanner.topLevel(body).then(top -> {
            try {
                return Outcome.ok(outlined(body, head, top));
            } catch (WrongShape wrong) {
                return Outcome.bad(wrong.failure());
            }
        });
    }

    private static Outline outlined(byte[] body, RequestHead head, JsonSpans top) {
        Shape fields = new Shape(parsed(body, top), "");
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
        JsonSpans.Span search = top.field("web_search_options");
        if (search != null && !JsonScanner.isNull(body, search)) {
            wants.add(Field.WEB_SEARCH);
        }
        return wants;
    }

    /// The small fields as JSON; of the big arrays only whether they are arrays and hold anything.
    private static Json.Obj parsed(byte[] body, JsonSpans top) {
        Json.Builder fields = Json.object();
        for (JsonSpans.Span span : top.spans()) {
            if (!OUTLINED.contains(span.name())) {
                continue;
            }
            boolean isBig = body[span.from()] == '[';
            fields.put(span.name(), isBig ? hollow(body, span) : value(body, span));
        }
        return fields.build();
    }

    private static Json hollow(byte[] body, JsonSpans.Span array) {
        for (int i = array.from() + 1; i < array.to() - 1; i++) {
            if (body[i] > ' ') {
                return Json.Arr.of(Json.NULL);
            }
        }
        return Json.Arr.of();
    }

    private static Json value(byte[] body, JsonSpans.Span span) {
        return switch (JsonText.parse(body, span.from(), span.to())) {
            case JsonText.Parsed.Value(Json json) -> json;
            case JsonText.Parsed.Malformed(String problem) ->
                throw WrongShape.at(span.name(), "'" + span.name() + "' is not JSON: " + problem + ".");
        };
    }

    @Override
    public Outcome<ChatRequest> decode(Outline outline) {
        try {
            return switch (JsonText.parse(outline.body())) {
                case JsonText.Parsed.Value(Json.Obj body) -> Outcome.ok(RequestReader.read(body, seal));
                case JsonText.Parsed.Value _ -> Outcome.bad(notAnObject());
                case JsonText.Parsed.Malformed(String problem) ->
                    Outcome.bad(Failure.Refused.of(
                            Failure.Kind.INVALID_REQUEST, "The request's body is not JSON: " + problem + "."));
            };
        } catch (WrongShape wrong) {
            return Outcome.bad(wrong.failure());
        }
    }

    private static Failure notAnObject() {
        return Failure.Refused.of(Failure.Kind.INVALID_REQUEST, "The request's body must be a JSON object.");
    }

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        try {
            Integer longest = target.capabilities().toolIdMax();
            IdRules ids = new IdRules(longest == null ? 0 : longest, false);
            return Outcome.ok(RequestWriter.write(Normaliser.normalise(request, ids), target));
        } catch (WrongShape wrong) {
            return Outcome.bad(wrong.failure());
        }
    }

    @Override
    public EncodedRequest splice(Outline outline, TargetProfile target) {
        JsonSplice splice = JsonSplice.of(outline.body(), outline.top());
        if (!outline.model().equals(target.model())) {
            splice.set("model", JsonText.print(Json.of(target.model())));
        }
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
