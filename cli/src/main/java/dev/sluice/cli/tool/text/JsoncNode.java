package dev.sluice.cli.tool.text;

import dev.sluice.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value of a JSON text with comments, and where it stands: from `start` to before `end`.
sealed interface JsoncNode {
    int start();

    int end();

    Json json();

    /// @param members in the order they are written, no key twice
    record Obj(int start, int end, List<Member> members) implements JsoncNode {
        @Override
        public Json.Obj json() {
            Map<String, Json> fields = new LinkedHashMap<>();
            members.forEach(member -> fields.put(member.key(), member.value().json()));
            return new Json.Obj(fields);
        }

        @Nullable
        Member member(String key) {
            return members.stream()
                    .filter(member -> member.key().equals(key))
                    .findFirst()
                    .orElse(null);
        }
    }

    /// A member, or an item of an array, whose key is empty.
    ///
    /// @param comma where the comma behind it is; -1: it has none
    record Member(String key, int start, JsoncNode value, int comma) {}

    record Arr(int start, int end, List<Member> items) implements JsoncNode {
        @Override
        public Json json() {
            return Json.array(items.stream().map(item -> item.value().json()).toList());
        }
    }

    record Leaf(int start, int end, Json json) implements JsoncNode {}
}
