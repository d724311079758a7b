package dev.sluice.protocol.ollama;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Field;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestCodec;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.IdRules;
import dev.sluice.protocol.translate.Normaliser;
import dev.sluice.protocol.translate.RequestBody;
import dev.sluice.protocol.translate.Shape;
import dev.sluice.protocol.translate.ToolNames;
import dev.sluice.protocol.translate.WrongShape;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Requests of Ollama's API.
final class OllamaRequests implements RequestCodec {
    static final Headers HEADERS = Headers.of("content-type", "application/json");

    private static final Set<String> OUTLINED = Set.of("model", "stream", "options", "think", "prompt", "keep_alive");

    @Override
    public Outcome<Outline> outline(byte[] body, RequestHead head) {
        return JsonScanner.topLevel(body).then(top -> WrongShape.caught(() -> outlined(body, head, top)));
    }

    private static Outline outlined(byte[] body, RequestHead head, JsonSpans top) {
        Shape fields = new Shape(RequestBody.small(body, top, OUTLINED), "");
        if (Operation.of(head) == Operation.CHAT && !isArray(body, top.field("messages"))) {
            throw fields.wrong("messages", "an array");
        }
        String model = fields.text("model");
        Shape options = fields.object("options");
        Long most = options == null ? null : options.whole("num_predict");
        return new Outline(
                body,
                head,
                top,
                model == null ? "" : model,
                !Boolean.FALSE.equals(fields.bool("stream")),
                true,
                null,
                most == null || most < 1 ? null : most,
                wants(body, top, fields));
    }

    private static boolean isArray(byte[] body, JsonSpans.@Nullable Span span) {
        return span == null || JsonScanner.isNull(body, span) || body[span.from()] == '[';
    }

    private static boolean holdsItems(byte[] body, JsonSpans.@Nullable Span array) {
        return array != null && JsonScanner.holdsItems(body, array);
    }

    private static Set<Field> wants(byte[] body, JsonSpans top, Shape fields) {
        Set<Field> wants = EnumSet.noneOf(Field.class);
        if (holdsItems(body, top.field("tools"))) {
            wants.add(Field.TOOLS);
        }
        Json think = fields.json().present("think");
        if (think != null && think != Json.FALSE) {
            wants.add(Field.REASONING);
        }
        JsonSpans.Span format = top.field("format");
        if (format != null && !JsonScanner.isNull(body, format) && format.to() - format.from() > 2) {
            wants.add(Field.RESPONSE_FORMAT);
        }
        return wants;
    }

    /// A wish without words loads the model, or with `keep_alive: 0` unloads it: nothing that a provider elsewhere has.
    @Override
    public Optional<byte[]> answeredHere(Outline outline, long now) {
        boolean isGenerate = Operation.of(outline.head()) == Operation.GENERATE;
        boolean asks = isGenerate
                ? asksByPrompt(outline)
                : holdsItems(outline.body(), outline.top().field("messages"));
        if (asks) {
            return Optional.empty();
        }
        JsonSpans.Span alive = outline.top().field("keep_alive");
        String reason = alive != null && isZero(outline.body(), alive) ? "unload" : "load";
        return Optional.of(Lines.local(isGenerate, outline.model(), now, reason));
    }

    private static boolean asksByPrompt(Outline outline) {
        JsonSpans.Span prompt = outline.top().field("prompt");
        String text = prompt == null ? null : JsonScanner.string(outline.body(), prompt);
        return text != null && !text.isEmpty()
                || holdsItems(outline.body(), outline.top().field("images"));
    }

    private static boolean isZero(byte[] body, JsonSpans.Span span) {
        return switch (JsonText.parse(body, span.from(), span.to())) {
            case JsonText.Parsed.Value(Json.Num number) -> number.asDouble() == 0;
            case JsonText.Parsed.Value(Json.Str(String text)) -> text.equals("0") || text.equals("0s");
            case JsonText.Parsed.Value _, JsonText.Parsed.Malformed _ -> false;
        };
    }

    @Override
    public Outcome<ChatRequest> decode(Outline outline) {
        return RequestBody.read(outline, body -> RequestReader.read(body, Operation.of(outline.head())));
    }

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        IdRules ids = IdRules.upTo(target.capabilities().toolIdMax());
        return WrongShape.caught(() -> RequestWriter.write(Normaliser.normalise(request, ids), target));
    }

    @Override
    public EncodedRequest splice(Outline outline, TargetProfile target) {
        return new EncodedRequest(
                Operation.of(outline.head()).path(),
                HEADERS,
                RequestBody.renamed(outline, target).bytes(),
                outline.stream(),
                ToolNames.none(),
                false,
                List.of());
    }
}
