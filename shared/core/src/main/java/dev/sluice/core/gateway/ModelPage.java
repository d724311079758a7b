package dev.sluice.core.gateway;

import dev.sluice.core.routing.ModelDirectory.Entry;
import dev.sluice.model.Failure;
import dev.sluice.protocol.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of a list of models that a client asked for; all of it, unless it named a size.
///
/// @param end the place in the whole list of the entry after the last one here
record ModelPage(List<Entry> entries, int end, boolean hasMore) {
    /// Bad: the field that is wrong.
    static Outcome<ModelPage> of(ModelShape shape, List<Entry> all, Map<String, String> query) {
        return switch (shape) {
            case ANTHROPIC ->
                size(query, "limit")
                        .then(size -> query.containsKey("before_id")
                                ? place(all, query, "before_id").then(at -> Outcome.ok(before(all, at, size)))
                                : place(all, query, "after_id").then(at -> Outcome.ok(from(all, at + 1, size))));
            case GEMINI ->
                size(query, "pageSize").then(size -> token(query).then(at -> Outcome.ok(from(all, at, size))));
            case OPENAI, OLLAMA -> Outcome.ok(from(all, 0, Integer.MAX_VALUE));
        };
    }

    private static ModelPage from(List<Entry> all, int at, int size) {
        int from = Math.min(at, all.size());
        int to = (int) Math.min(all.size(), from + (long) size);
        return new ModelPage(all.subList(from, to), to, to < all.size());
    }

    private static ModelPage before(List<Entry> all, int at, int size) {
        int from = Math.max(0, at - size);
        return new ModelPage(all.subList(from, at), at, from > 0);
    }

    private static Outcome<Integer> size(Map<String, String> query, String name) {
        Integer size = number(query.get(name));
        if (!query.containsKey(name) || size != null && size == 0) {
            return Outcome.ok(Integer.MAX_VALUE);
        }
        return size == null ? wrong(name, "a whole number of at least 1 is expected") : Outcome.ok(size);
    }

    /// Of the model with that id; -1 when none is named.
    private static Outcome<Integer> place(List<Entry> all, Map<String, String> query, String name) {
        String id = query.get(name);
        if (id == null) {
            return Outcome.ok(-1);
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(id)) {
                return Outcome.ok(i);
            }
        }
        return wrong(name, "there is no model of this id in the list");
    }

    private static Outcome<Integer> token(Map<String, String> query) {
        String token = query.getOrDefault("pageToken", "");
        Integer at = token.isEmpty() ? Integer.valueOf(0) : number(token);
        return at == null ? wrong("pageToken", "this is no token of this list") : Outcome.ok(at);
    }

    private static @Nullable Integer number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return Integer.valueOf(text);
    }

    private static Outcome<Integer> wrong(String field, String why) {
        return Outcome.bad(Failure.Refused.field(field, field + ": " + why));
    }
}
