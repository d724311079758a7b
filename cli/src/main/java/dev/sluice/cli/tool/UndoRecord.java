package dev.sluice.cli.tool;

import dev.sluice.model.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a setup did, so that it can be undone: written before the first file is touched.
///
/// @param tiers the further models that were named, by the tool's names for them
/// @param complete false while files are being written, and after a crash in between
/// @param ownKey the key that was made for this setup; null: it uses one that was given
public record UndoRecord(
        String tool,
        String scope,
        String url,
        List<String> models,
        Map<String, String> tiers,
        Instant when,
        boolean complete,
        @Nullable OwnKey ownKey,
        List<Entry> files) {
    /// A key that was made for a tool, by its name in its book.
    ///
    /// @param stack whose book that is; null: this machine's
    public record OwnKey(String name, @Nullable String stack) {}

    /// One file.
    ///
    /// @param original what it was, null: it was not there
    /// @param before hash of what it was when setup began to write: until setup is complete, it may still be that
    /// @param written what setup made of it
    /// @param folders that had to be made for it, the outermost first
    public record Entry(
            Path named,
            Path file,
            byte @Nullable [] original,
            String before,
            byte[] written,
            boolean secret,
            List<Path> folders) {
        /// Whether setup, or a part of it, has left the file like that.
        boolean isLeftAs(byte[] content) {
            return Arrays.equals(content, written)
                    || Arrays.equals(content, original)
                    || DiskFile.hash(content).equals(before);
        }

        @Override
        public String toString() {
            return "Entry[" + named + "]"; // never what is in it
        }
    }

    UndoRecord completed() {
        return new UndoRecord(tool, scope, url, models, tiers, when, true, ownKey, files);
    }

    Optional<Entry> of(Path file) {
        return files.stream().filter(entry -> entry.file().equals(file)).findFirst();
    }

    Json.Obj json() {
        List<Json.Obj> entries = new ArrayList<>();
        for (Entry entry : files) {
            entries.add(Json.object()
                    .put("path", entry.named().toString())
                    .put("file", entry.file().toString())
                    .put("existed", entry.original() != null)
                    .put("before", entry.before())
                    .put("secret", entry.secret())
                    .put(
                            "folders",
                            Json.strings(
                                    entry.folders().stream().map(Path::toString).toList()))
                    .build());
        }
        return Json.object()
                .put("version", 1)
                .put("tool", tool)
                .put("scope", scope)
                .put("url", url)
                .put("models", Json.strings(models))
                .putIf("tiers", tiers.isEmpty() ? null : refs(tiers))
                .put("when", when.toString())
                .put("complete", complete)
                .putIf("ownKey", ownKey == null ? null : ownKey.name())
                .putIf("ownKeyStack", ownKey == null ? null : ownKey.stack())
                .put("files", Json.array(entries))
                .build();
    }

    /// The record without the files' contents, which are beside it; empty when it is damaged.
    static Optional<UndoRecord> from(Json.Obj object, Contents contents) {
        try {
            List<Entry> entries = new ArrayList<>();
            for (Json item : object.items("files")) {
                Json.Obj file = (Json.Obj) item;
                int number = entries.size();
                byte[] written = contents.written(number);
                boolean existed = file.isTrue("existed");
                byte[] original = existed ? contents.original(number) : null;
                if (written == null || existed && original == null) {
                    return Optional.empty();
                }
                entries.add(new Entry(
                        Path.of(file.text("path", "")),
                        Path.of(file.text("file", "")),
                        original,
                        file.text("before", ""),
                        written,
                        file.isTrue("secret"),
                        texts(file, "folders").stream().map(Path::of).toList()));
            }
            return Optional.of(new UndoRecord(
                    object.text("tool", ""),
                    object.text("scope", ""),
                    object.text("url", ""),
                    texts(object, "models"),
                    tiers(object),
                    Instant.parse(object.text("when", "")),
                    object.isTrue("complete"),
                    ownKey(object),
                    entries));
        } catch (DateTimeParseException | ClassCastException damaged) {
            return Optional.empty();
        }
    }

    private static @Nullable OwnKey ownKey(Json.Obj object) {
        String name = object.text("ownKey");
        return name == null ? null : new OwnKey(name, object.text("ownKeyStack"));
    }

    private static Json.Obj refs(Map<String, String> tiers) {
        Json.Builder object = Json.object();
        tiers.forEach(object::put);
        return object.build();
    }

    /// None in a record of an earlier version.
    private static Map<String, String> tiers(Json.Obj object) {
        Map<String, String> tiers = new LinkedHashMap<>();
        Json.Obj named = object.object("tiers");
        if (named != null) {
            named.fields().keySet().forEach(tier -> tiers.put(tier, named.text(tier, "")));
        }
        return tiers;
    }

    private static List<String> texts(Json.Obj object, String name) {
        return object.items(name).stream()
                .map(item -> item instanceof Json.Str(String text) ? text : "")
                .toList();
    }

    /// The files' contents by their place in the record; null: there is none.
    interface Contents {
        byte @Nullable [] original(int number);

        byte @Nullable [] written(int number);
    }
}
