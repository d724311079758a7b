package dev.sluice.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something the model may use.
public sealed interface Tool {
    String name();

    Mark mark();

    /// The two kinds of tools that clients run: JSON arguments, or free text.
    enum Kind {
        FUNCTION,
        CUSTOM
    }

    /// A tool with JSON arguments. A null schema: the client gave none.
    ///
    /// @param deferred offered only through a tool search
    /// @param extras what else the client's dialect says of it
    record Function(
            String name,
            @Nullable String description,
            Json.@Nullable Obj schema,
            @Nullable Boolean strict,
            boolean deferred,
            Extras extras,
            Mark mark)
            implements Tool {}

    /// A tool with free text for input; `grammar` null means any text.
    record Custom(
            String name,
            @Nullable String description,
            @Nullable Grammar grammar,
            Extras extras,
            Mark mark) implements Tool {}

    /// The shape of a custom tool's text: syntax `lark` or `regex`.
    record Grammar(String syntax, String definition) {}

    /// A named group of tools.
    record Namespace(String name, @Nullable String description, List<Tool> tools, Mark mark) implements Tool {
        public Namespace {
            tools = List.copyOf(tools);
        }
    }

    /// A tool the provider runs or defines; `raw` as it came.
    record Native(Dialect dialect, String type, String name, Purpose purpose, Json.Obj raw, Mark mark)
            implements Tool {}

    /// What a native tool is for, across providers.
    enum Purpose {
        WEB_SEARCH,
        WEB_FETCH,
        CODE_EXECUTION,
        COMPUTER,
        BASH,
        TEXT_EDITOR,
        FILE_SEARCH,
        IMAGE_GENERATION,
        MCP,
        TOOL_SEARCH,
        MEMORY,
        OTHER
    }
}
