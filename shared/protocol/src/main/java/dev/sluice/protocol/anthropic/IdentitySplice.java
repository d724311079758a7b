package dev.sluice.protocol.anthropic;

import dev.sluice.model.Headers;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The identity lane's edits of a body: the model's name, and other providers' reasoning taken out.
final class IdentitySplice {
    private IdentitySplice() {}

    static EncodedRequest of(Outline outline, TargetProfile target) {
        JsonSplice splice = RequestBody.renamed(outline, target);
        if (ByteScan.indexOf(outline.body(), 0, outline.body().length, Seal.PREFIX) >= 0) { // most bodies hold none
            removeSealed(outline, splice);
        }
        return new EncodedRequest(
                path(outline),
                headers(outline.head().headers()),
                splice.bytes(),
                outline.stream(),
                ToolNames.none(),
                false,
                List.of());
    }

    private static String path(Outline outline) {
        boolean counts = outline.head().path().endsWith(AnthropicCounts.OPERATION);
        String path = counts ? RequestEncoder.PATH + AnthropicCounts.OPERATION : RequestEncoder.PATH;
        return "true".equals(outline.head().query().get("beta")) ? path + "?beta=true" : path;
    }

    private static Headers headers(Headers client) {
        Headers headers = Headers.of(
                AnthropicHeaders.VERSION,
                client.first(AnthropicHeaders.VERSION).orElse(AnthropicHeaders.DEFAULT_VERSION));
        List<String> betas = client.all(AnthropicHeaders.BETA);
        return betas.isEmpty() ? headers : headers.with(AnthropicHeaders.BETA, String.join(",", betas));
    }

    private static void removeSealed(Outline outline, JsonSplice splice) {
        byte[] body = outline.body();
        Span messages = outline.top().field("messages");
        if (messages == null) {
            return;
        }
        List<Span> turns = JsonScanner.items(body, messages);
        List<Boolean> emptied = new ArrayList<>(turns.size());
        for (Span turn : turns) {
            Span content = JsonScanner.field(body, turn, "content");
            List<Span> blocks = content == null ? List.of() : JsonScanner.items(body, content);
            List<Boolean> sealed =
                    blocks.stream().map(block -> isSealed(body, block)).toList();
            boolean isEmptied = !sealed.isEmpty() && !sealed.contains(false);
            emptied.add(isEmptied);
            if (!isEmptied) {
                splice.removeItems(blocks, sealed);
                blocks.forEach(block -> removeSources(body, block, splice));
            }
        }
        if (emptied.contains(false)) {
            splice.removeItems(turns, emptied); // a turn of nothing but foreign reasoning would be an empty one
        }
    }

    /// Other providers' sources, which the client got as those of a search.
    private static void removeSources(byte[] body, Span block, JsonSplice splice) {
        Span citations = JsonScanner.isObject(body, block) ? JsonScanner.field(body, block, "citations") : null;
        if (citations == null || !JsonScanner.isArray(body, citations)) {
            return;
        }
        List<Span> sources = JsonScanner.items(body, citations);
        List<Boolean> foreign = sources.stream()
                .map(source -> AnswerBlocks.isForeign(string(body, source, "encrypted_index")))
                .toList();
        if (foreign.contains(true)) {
            splice.removeItems(sources, foreign);
        }
    }

    private static boolean isSealed(byte[] body, Span block) {
        return switch (string(body, block, "type")) {
            case "thinking" -> startsSealed(string(body, block, "signature"));
            case "redacted_thinking" -> startsSealed(string(body, block, "data"));
            case null, default -> false;
        };
    }

    private static boolean startsSealed(@Nullable String value) {
        return value != null && Seal.isSealed(value);
    }

    private static @Nullable String string(byte[] body, Span object, String name) {
        Span field = JsonScanner.field(body, object, name);
        return field == null ? null : JsonScanner.string(body, field);
    }
}
