package dev.sluice.protocol.gemini;

import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sources of an answer, both ways: this dialect counts the bytes of the text, all others its characters.
final class Grounding {
    private static final String CHUNK = "groundingChunk";
    private static final String SUPPORT = "groundingSupport";

    private Grounding() {}

    static boolean isIn(Json.Obj candidate) {
        return candidate.has("groundingMetadata") || candidate.has("citationMetadata");
    }

    /// The sources that a candidate names.
    ///
    /// @param text what the candidate has said so far
    static List<Citation> read(Json.Obj candidate, String text) {
        List<Citation> citations = new ArrayList<>();
        Json.Obj grounding = candidate.object("groundingMetadata");
        if (grounding != null) {
            grounded(grounding, text, citations);
        }
        Json.Obj recited = candidate.object("citationMetadata");
        if (recited != null) {
            for (String list : List.of("citations", "citationSources")) {
                recited.items(list).forEach(item -> recited(item, text, citations));
            }
        }
        return citations;
    }

    private static void grounded(Json.Obj grounding, String text, List<Citation> citations) {
        List<Json> chunks = grounding.items("groundingChunks");
        List<Json> supports = grounding.items("groundingSupports");
        for (Json item : supports) {
            if (item instanceof Json.Obj support) {
                for (Json index : support.items("groundingChunkIndices")) {
                    Long at = index instanceof Json.Num number ? number.asLong() : null;
                    if (at != null && at >= 0 && at < chunks.size()) {
                        add(chunks.get(at.intValue()), support, text, citations);
                    }
                }
            }
        }
        if (supports.isEmpty()) {
            chunks.forEach(chunk -> add(chunk, null, text, citations));
        }
    }

    private static void add(Json chunk, Json.@Nullable Obj support, String text, List<Citation> citations) {
        if (!(chunk instanceof Json.Obj source)) {
            return;
        }
        Json.Obj segment = support == null ? null : support.object("segment");
        Json.Obj page = source.object("web");
        Json.Obj place = page == null ? source.object("retrievedContext") : page;
        citations.add(new Citation(
                Dialect.GEMINI,
                Json.object().put(CHUNK, source).putIf(SUPPORT, support).build(),
                place == null ? null : place.text("uri"),
                place == null ? null : place.text("title"),
                segment == null ? null : segment.text("text"),
                segment == null ? null : range(segment, text)));
    }

    private static void recited(Json item, String text, List<Citation> citations) {
        if (item instanceof Json.Obj source) {
            citations.add(new Citation(
                    Dialect.GEMINI, source, source.text("uri"), source.text("title"), null, range(source, text)));
        }
    }

    private static Citation.@Nullable Range range(Json.Obj segment, String text) {
        Long start = segment.whole("startIndex"); // a zero is left out
        Long end = segment.whole("endIndex");
        return end == null
                ? null
                : new Citation.Range(characters(text, start == null ? 0 : start), characters(text, end));
    }

    /// How many characters the first bytes of the text are.
    private static long characters(String text, long bytes) {
        long seen = 0;
        long characters = 0;
        for (int at = 0; at < text.length() && seen < bytes; characters++) {
            int c = text.codePointAt(at);
            seen += length(c);
            at += Character.charCount(c);
        }
        return characters;
    }

    /// How many bytes the first characters of the text are.
    private static long bytes(String text, long characters) {
        long bytes = 0;
        int at = 0;
        for (long i = 0; i < characters && at < text.length(); i++) {
            int c = text.codePointAt(at);
            bytes += length(c);
            at += Character.charCount(c);
        }
        return bytes;
    }

    private static int length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /// `groundingMetadata` for a client; null when no source has an address.
    static Json.@Nullable Obj write(List<Citation> citations, String text) {
        Map<Json, Integer> chunks = new LinkedHashMap<>();
        List<Json> supports = new ArrayList<>();
        for (Citation citation : citations) {
            if (citation.url() != null) {
                Json chunk = chunk(citation, citation.url());
                Integer known = chunks.putIfAbsent(chunk, chunks.size());
                int index = known == null ? chunks.size() - 1 : known;
                support(citation, index, text, supports);
            }
        }
        if (chunks.isEmpty()) {
            return null;
        }
        return Json.object()
                .put("groundingChunks", Json.array(List.copyOf(chunks.keySet())))
                .putIf("groundingSupports", supports.isEmpty() ? null : new Json.Arr(supports))
                .build();
    }

    private static Json chunk(Citation citation, String url) {
        Json.Obj own = citation.dialect() == Dialect.GEMINI ? citation.raw().object(CHUNK) : null;
        return own != null
                ? own
                : Json.object()
                        .put(
                                "web",
                                Json.object()
                                        .put("uri", url)
                                        .putIf("title", citation.title())
                                        .build())
                        .build();
    }

    private static void support(Citation citation, int chunk, String text, List<Json> supports) {
        Citation.Range range = citation.range();
        if (range == null || range.end() <= range.start()) {
            return;
        }
        Json.Obj segment = Json.object()
                .put("startIndex", bytes(text, range.start()))
                .put("endIndex", bytes(text, range.end()))
                .putIf("text", citation.quoted())
                .build();
        supports.add(Json.object()
                .put("segment", segment)
                .put("groundingChunkIndices", Json.Arr.of(Json.of(chunk)))
                .build());
    }
}
