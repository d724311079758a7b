package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tools of a request, with those that its input brings in later: other dialects know tools from the beginning only.
final class LoadedTools {
    private final List<Tool> tools = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /// @param given as the client gave them, from the beginning
    LoadedTools(List<Tool> given) {
        tools.addAll(given);
        for (Tool tool : given) {
            if (tool instanceof Tool.Namespace group) {
                group.tools().forEach(inner -> names.add(key(group.name(), inner)));
            } else {
                names.add(key(null, tool));
            }
        }
    }

    List<Tool> all() {
        return tools;
    }

    /// Adds tools that are not there yet; of a group those of its tools.
    void add(List<Tool> more) {
        for (Tool tool : more) {
            Tool added = tool instanceof Tool.Namespace group ? withoutKnown(group) : tool;
            if (added instanceof Tool.Namespace || names.add(key(null, added))) {
                tools.add(added);
            }
        }
    }

    private Tool withoutKnown(Tool.Namespace group) {
        List<Tool> fresh = group.tools().stream()
                .filter(tool -> names.add(key(group.name(), tool)))
                .toList();
        return fresh.size() == group.tools().size()
                ? group
                : new Tool.Namespace(group.name(), group.description(), fresh, group.mark());
    }

    private static String key(@Nullable String group, Tool tool) {
        boolean mayRepeat = tool instanceof Tool.Native; // two servers of tools are of one type
        return mayRepeat ? tool.mark().path() : flat(group, tool.name());
    }

    /// A tool of a group under one name, as other dialects know it.
    static String flat(@Nullable String group, String name) {
        return group == null ? name : group + "__" + name;
    }

    /// What a search of tools found, in words.
    static String told(List<Tool> found) {
        if (found.isEmpty()) {
            return "No tools were found.";
        }
        StringBuilder text = new StringBuilder("These tools can be called from now on:");
        found.forEach(tool -> tell(tool, null, text));
        return text.toString();
    }

    private static void tell(Tool tool, @Nullable String group, StringBuilder text) {
        if (tool instanceof Tool.Namespace inner) {
            inner.tools().forEach(one -> tell(one, inner.name(), text));
            return;
        }
        String description = switch (tool) {
            case Tool.Function function -> function.description();
            case Tool.Custom custom -> custom.description();
            case Tool.Namespace _, Tool.Native _ -> null;
        };
        text.append("\n- ").append(flat(group, tool.name()));
        text.append(description == null ? "" : ": " + description);
    }
}
