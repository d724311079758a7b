package dev.sluice.protocol.json;

import dev.sluice.protocol.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes named parts of a JSON object's bytes and leaves every other byte as it is.
///
/// A name that occurs twice is changed at each place: readers disagree on which one counts. Edits must not overlap.
public final class JsonSplice {
    private final byte[] body;
    private final List<JsonSpans.Span> spans;
    private final Map<String, Optional<byte[]>> wishes = new LinkedHashMap<>();
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(int from, int to, byte[] with) {}

    private JsonSplice(byte[] body, List<JsonSpans.Span> spans) {
        this.body = body;
        this.spans = spans;
    }

    public static JsonSplice of(byte[] body, JsonSpans top) {
        return new JsonSplice(body, top.spans());
    }

    /// Gives a top-level field that value; a missing field is added behind the last one.
    public JsonSplice set(String field, String jsonText) {
        wishes.put(field, Optional.of(jsonText.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /// Takes a top-level field out, with the comma it leaves over.
    public JsonSplice remove(String field) {
        wishes.put(field, Optional.empty());
        return this;
    }

    /// Puts other bytes in the place of those between two offsets of the body.
    public JsonSplice replace(int from, int to, byte[] with) {
        edits.add(new Edit(from, to, with));
        return this;
    }

    /// Takes items out of an array, each with the comma on its way to the next one; at the end of the array, from the last
    /// kept one on.
    ///
    /// @param isRemoved of each item
    public JsonSplice removeItems(List<JsonSpans.Span> items, List<Boolean> isRemoved) {
        int lastKept = isRemoved.lastIndexOf(false);
        for (int i = 0; i < lastKept; i++) {
            if (isRemoved.get(i)) {
                replace(items.get(i).from(), items.get(i + 1).from(), new byte[0]);
            }
        }
        if (lastKept < items.size() - 1) {
            int from =
                    lastKept < 0 ? items.getFirst().from() : items.get(lastKept).to();
            replace(from, items.getLast().to(), new byte[0]);
        }
        return this;
    }

    /// The changed bytes; the same array when nothing is to be changed.
    public byte[] bytes() {
        List<Edit> all = new ArrayList<>(edits);
        addReplacements(all);
        addRemovals(all);
        addInsertions(all);
        all.removeIf(edit -> Arrays.equals(body, edit.from(), edit.to(), edit.with(), 0, edit.with().length));
        if (all.isEmpty()) {
            return body;
        }
        all.sort(Comparator.comparingInt(Edit::from).thenComparingInt(Edit::to));
        return edited(all);
    }

    private byte[] edited(List<Edit> sorted) {
        int size = body.length;
        int done = 0;
        for (Edit edit : sorted) {
            if (edit.from() < done) {
                throw new IllegalStateException("edits overlap at byte " + edit.from());
            }
            size += edit.with().length - (edit.to() - edit.from());
            done = edit.to();
        }
        byte[] result = new byte[size];
        done = 0;
        int at = 0;
        for (Edit edit : sorted) {
            int kept = edit.from() - done;
            System.arraycopy(body, done, result, at, kept);
            System.arraycopy(edit.with(), 0, result, at + kept, edit.with().length);
            at += kept + edit.with().length;
            done = edit.to();
        }
        System.arraycopy(body, done, result, at, body.length - done);
        return result;
    }

    private void addReplacements(List<Edit> all) {
        for (JsonSpans.Span span : spans) {
            Optional<byte[]> wish = wishes.get(span.name());
            if (wish != null && wish.isPresent()) {
                all.add(new Edit(span.from(), span.to(), wish.get()));
            }
        }
    }

    /// Neighbouring fields go in one cut, so that no comma is left or taken twice.
    private void addRemovals(List<Edit> all) {
        int size = spans.size();
        for (int first = 0; first < size; first++) {
            if (!isRemoved(first)) {
                continue;
            }
            int last = first;
            while (last + 1 < size && isRemoved(last + 1)) {
                last++;
            }
            boolean isTail = last + 1 == size;
            int from = isTail && first > 0
                    ? spans.get(first - 1).to()
                    : spans.get(first).fieldFrom();
            int to = isTail ? spans.get(last).to() : spans.get(last + 1).fieldFrom();
            all.add(new Edit(from, to, new byte[0]));
            first = last;
        }
    }

    private void addInsertions(List<Edit> all) {
        int kept = spans.size() - 1;
        while (kept >= 0 && isRemoved(kept)) {
            kept--;
        }
        ByteSink added = new ByteSink(64);
        for (Map.Entry<String, Optional<byte[]>> wish : wishes.entrySet()) {
            if (wish.getValue().isPresent() && !exists(wish.getKey())) {
                if (kept >= 0 || !added.isEmpty()) {
                    added.ascii(",");
                }
                added.jsonString(wish.getKey()).ascii(":").write(wish.getValue().get());
            }
        }
        if (!added.isEmpty()) {
            int place = kept >= 0 ? spans.get(kept).to() : firstPlace();
            all.add(new Edit(place, place, added.toByteArray()));
        }
    }

    private int firstPlace() {
        if (!spans.isEmpty()) {
            return spans.getFirst().fieldFrom();
        }
        int brace = 0;
        while (body[brace] != '{') {
            brace++;
        }
        return brace + 1;
    }

    private boolean isRemoved(int index) {
        Optional<byte[]> wish = wishes.get(spans.get(index).name());
        return wish != null && wish.isEmpty();
    }

    private boolean exists(String name) {
        return spans.stream().anyMatch(span -> span.name().equals(name));
    }
}
