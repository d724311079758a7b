package dev.sluice.cli.tool.text;

import dev.sluice.model.Json;
import java.util.List;

/// One thing that a configuration file is wanted to say, whatever its format.
public sealed interface Edit {
    /// Names of members, from the outermost in.
    List<String> path();

    /// The value at that place. An object is put into an object that is there, member by member.
    record Put(List<String> path, Json value) implements Edit {}

    /// The value at a place where nothing else may stand: another value is somebody else's, and the file is refused.
    record Claim(List<String> path, Json value) implements Edit {}

    /// The value, where nothing stands at that place yet.
    record Offer(List<String> path, Json value) implements Edit {}

    /// Nothing: what stands at that place would win over what Sluice writes, and the file is refused.
    record Nothing(List<String> path) implements Edit {}

    /// An item of the list at that place, as its first or its last.
    ///
    /// @param key the member that tells items apart: where one has the same text there, the file is refused
    record Item(List<String> path, String key, Json.Obj item, boolean first) implements Edit {}

    static Edit put(Json value, String... path) {
        return new Put(List.of(path), value);
    }

    static Edit put(String value, String... path) {
        return new Put(List.of(path), Json.of(value));
    }

    static Edit offer(String value, String... path) {
        return new Offer(List.of(path), Json.of(value));
    }

    static Edit nothing(String... path) {
        return new Nothing(List.of(path));
    }

    static Edit claim(String value, String... path) {
        return new Claim(List.of(path), Json.of(value));
    }
}
