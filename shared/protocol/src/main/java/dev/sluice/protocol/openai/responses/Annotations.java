package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sources that a piece of text names, both ways.
final class Annotations {
    private Annotations() {}

    static List<Citation> read(Json.Obj part) {
        List<Citation> citations = new ArrayList<>();
        for (Json item : part.items("annotations")) {
            if (item instanceof Json.Obj annotation) {
                citations.add(one(annotation));
            }
        }
        return citations;
    }

    static Citation one(Json.Obj annotation) {
        return new Citation(
                Dialect.OPENAI_RESPONSES, annotation, annotation.text("url"), annotation.text("title"), null);
    }

    /// Whether the source names the place in the text that it stands for.
    static boolean isPlaced(Citation citation) {
        return citation.dialect() == Dialect.OPENAI_RESPONSES || citation.dialect() == Dialect.OPENAI_CHAT;
    }

    /// An annotation for a client; null where there is no address to name.
    ///
    /// @param length of the text, which a source without a place of its own stands for
    static Json.@Nullable Obj write(Citation citation, int length) {
        if (citation.dialect() == Dialect.OPENAI_RESPONSES) {
            return citation.raw();
        }
        if (citation.url() == null) {
            return null;
        }
        Json.Obj nested =
                citation.dialect() == Dialect.OPENAI_CHAT ? citation.raw().object("url_citation") : null;
        Json.Obj place = nested == null ? Json.Obj.EMPTY : nested;
        Long from = place.whole("start_index");
        Long to = place.whole("end_index");
        return Json.object()
                .put("type", "url_citation")
                .put("start_index", from == null ? 0 : from)
                .put("end_index", to == null ? length : to)
                .put("title", citation.title() == null ? "" : citation.title())
                .put("url", citation.url())
                .build();
    }
}
