package dev.sluice.protocol.openai.responses;

import dev.sluice.protocol.ByteScan;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans.Span;
import dev.sluice.protocol.json.JsonSplice;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.RequestBody;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;

/// The identity lane's edits of a body: the model's name, and other providers' reasoning taken out.
final class ResponsesSplice {
    private ResponsesSplice() {}

    static EncodedRequest of(Outline outline, TargetProfile target, String path) {
        JsonSplice splice = RequestBody.renamed(outline, target);
        removeSealed(outline, splice);
        return new EncodedRequest(
                path, ResponsesRequests.HEADERS, splice.bytes(), outline.stream(), ToolNames.none(), false, List.of());
    }

    private static void removeSealed(Outline outline, JsonSplice splice) {
        byte[] body = outline.body();
        Span input = outline.top().field("input");
        if (input == null
                || !JsonScanner.isArray(body, input)
                || ByteScan.indexOf(body, input.from(), input.to(), Seal.PREFIX) < 0) { // most bodies hold none
            return;
        }
        List<Span> items = JsonScanner.items(body, input);
        List<Boolean> sealed = items.stream().map(item -> isSealed(body, item)).toList();
        if (sealed.contains(true)) {
            splice.removeItems(items, sealed);
        }
    }

    private static boolean isSealed(byte[] body, Span item) {
        Span encrypted = JsonScanner.isObject(body, item) ? JsonScanner.field(body, item, "encrypted_content") : null;
        String value = encrypted == null ? null : JsonScanner.string(body, encrypted);
        return value != null && Seal.isSealed(value);
    }
}
