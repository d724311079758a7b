package dev.sluice.protocol.gemini;

import dev.sluice.model.Json;
import dev.sluice.protocol.ByteScan;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans.Span;
import dev.sluice.protocol.json.JsonSplice;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.GeminiProof;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The client's own bytes for a provider of this dialect. The model stands in the path; of the body only what this gateway put
/// under seal is taken out, and a model that is named there, too, replaced.
final class IdentitySplice {
    private IdentitySplice() {}

    static EncodedRequest of(Outline outline, TargetProfile target) {
        String operation = outline.stream() ? GeminiPath.STREAM : GeminiPath.GENERATE;
        JsonSplice splice = JsonSplice.of(outline.body(), outline.top());
        model(outline, target, splice);
        Span contents = outline.top().field("contents");
        String clean = contents == null ? null : unsealed(outline.body(), contents, target);
        if (clean != null) {
            splice.set("contents", clean);
        }
        return encoded(target, operation, splice.bytes(), outline.stream());
    }

    /// @param wrapper the field that may hold the whole request
    static EncodedRequest ofCount(Outline outline, TargetProfile target, String wrapper) {
        JsonSplice splice = JsonSplice.of(outline.body(), outline.top());
        model(outline, target, splice);
        Span inner = GeminiOutline.present(outline.body(), outline.top(), wrapper);
        Span model = inner == null ? null : JsonScanner.field(outline.body(), inner, "model");
        if (model != null) {
            String name = JsonText.print(Json.of(GeminiPath.named(target.model())));
            splice.replace(model.from(), model.to(), name.getBytes(StandardCharsets.UTF_8));
        }
        return encoded(target, GeminiPath.COUNT, splice.bytes(), false);
    }

    private static EncodedRequest encoded(TargetProfile target, String operation, byte[] body, boolean stream) {
        return new EncodedRequest(
                GeminiPath.to(target.model(), operation),
                GeminiRequests.HEADERS,
                body,
                stream,
                ToolNames.none(),
                false,
                List.of());
    }

    private static void model(Outline outline, TargetProfile target, JsonSplice splice) {
        if (outline.top().field("model") != null) {
            splice.set("model", JsonText.print(Json.of(GeminiPath.named(target.model()))));
        }
    }

    /// Null: nothing in the contents is sealed.
    private static @Nullable String unsealed(byte[] body, Span contents, TargetProfile target) {
        boolean mayBe = ByteScan.indexOf(body, contents.from(), contents.to(), Seal.PREFIX) >= 0
                || ByteScan.indexOf(body, contents.from(), contents.to(), CarriedProof.WRAPPED) >= 0;
        if (!mayBe
                || !(JsonText.parse(body, contents.from(), contents.to())
                        instanceof JsonText.Parsed.Value(Json.Arr list))) {
            return null;
        }
        boolean required = target.capabilities().geminiSignatureRequired();
        Json.Arr clean = new Json.Arr(list.items().stream()
                .map(content -> content instanceof Json.Obj object ? content(object, required) : content)
                .toList());
        return clean.equals(list) ? null : JsonText.print(clean);
    }

    private static Json content(Json.Obj content, boolean required) {
        List<Json> parts = new ArrayList<>();
        boolean first = true;
        for (Json part : content.items("parts")) {
            boolean isCall = part instanceof Json.Obj object && object.has("functionCall");
            Json kept = part instanceof Json.Obj object ? part(object, required && isCall && first) : part;
            if (kept != null) {
                parts.add(kept);
            } else if (content.items("parts").size() == 1) {
                parts.add(PartForm.text("")); // contents without parts are refused
            }
            first &= !isCall;
        }
        return content.has("parts") && content.field("parts") instanceof Json.Arr
                ? content.with("parts", new Json.Arr(parts))
                : content;
    }

    /// Null: the part carried nothing but the seal.
    private static @Nullable Json part(Json.Obj part, boolean needsProof) {
        String name = part.has("thoughtSignature") ? "thoughtSignature" : "thought_signature";
        String value = part.text(name);
        if (value == null || !CarriedProof.isSealed(value)) {
            return part;
        }
        if (needsProof) {
            return part.with(name, Json.of(GeminiProof.NONE));
        }
        Json.Obj rest = part.without(name);
        return rest.fields().size() == 1 && "".equals(rest.text("text")) ? null : rest;
    }
}
