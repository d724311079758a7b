package dev.sluice.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One piece of a message, free of dialect.
public sealed interface Block {
    /// Where it stood in the client's body, and its cache breakpoint.
    Mark mark();

    /// The same block without its cache breakpoint or with another origin.
    Block marked(Mark mark);

    /// Prose.
    ///
    /// @param logprobs the tokens that it is made of; empty when they are not known
    record Text(String text, List<Citation> citations, List<TokenLogprob> logprobs, Mark mark) implements Block {
        public Text {
            citations = List.copyOf(citations);
            logprobs = List.copyOf(logprobs);
        }

        public Text(String text) {
            this(text, List.of(), Mark.NONE);
        }

        public Text(String text, Mark mark) {
            this(text, List.of(), mark);
        }

        public Text(String text, List<Citation> citations, Mark mark) {
            this(text, citations, List.of(), mark);
        }

        @Override
        public Text marked(Mark mark) {
            return new Text(text, citations, logprobs, mark);
        }
    }

    /// The model's own words of refusal.
    ///
    /// @param logprobs the tokens that they are made of; empty when they are not known
    record Refusal(String text, List<TokenLogprob> logprobs, Mark mark) implements Block {
        public Refusal {
            logprobs = List.copyOf(logprobs);
        }

        public Refusal(String text, Mark mark) {
            this(text, List.of(), mark);
        }

        @Override
        public Refusal marked(Mark mark) {
            return new Refusal(text, logprobs, mark);
        }
    }

    /// A picture; `detail` is the resolution hint `low`, `high` or `auto` when the client gave one.
    record Image(MediaSource source, @Nullable String detail, Mark mark) implements Block {
        @Override
        public Image marked(Mark mark) {
            return new Image(source, detail, mark);
        }
    }

    /// A document. `context` is the client's remark about it; `citations` asks for citations of it.
    record Document(
            MediaSource source,
            @Nullable String name,
            @Nullable String context,
            boolean citations,
            Mark mark) implements Block {
        @Override
        public Document marked(Mark mark) {
            return new Document(source, name, context, citations, mark);
        }
    }

    /// Sound; `format` as in `wav`, `mp3`.
    record Audio(
            MediaSource source, String format, @Nullable String transcript, Mark mark) implements Block {
        @Override
        public Audio marked(Mark mark) {
            return new Audio(source, format, transcript, mark);
        }
    }

    /// A film.
    record Video(MediaSource source, Mark mark) implements Block {
        @Override
        public Video marked(Mark mark) {
            return new Video(source, mark);
        }
    }

    /// The model's thoughts; the text may be empty while the signature is there and must be replayed.
    record Reasoning(String text, @Nullable Signature signature, Mark mark) implements Block {
        @Override
        public Reasoning marked(Mark mark) {
            return new Reasoning(text, signature, mark);
        }
    }

    /// Reasoning that only its issuer can read.
    record EncryptedReasoning(Signature data, @Nullable String itemId, Mark mark) implements Block {
        @Override
        public EncryptedReasoning marked(Mark mark) {
            return new EncryptedReasoning(data, itemId, mark);
        }
    }

    /// The model's wish to run a tool. `arguments` is the raw text: JSON for a function, anything for a custom tool.
    record ToolCall(
            String id,
            String name,
            @Nullable String namespace,
            Tool.Kind kind,
            String arguments,
            @Nullable Signature signature,
            Mark mark)
            implements Block {
        @Override
        public ToolCall marked(Mark mark) {
            return new ToolCall(id, name, namespace, kind, arguments, signature, mark);
        }

        public ToolCall withId(String newId) {
            return new ToolCall(newId, name, namespace, kind, arguments, signature, mark);
        }
    }

    /// What a tool answered.
    ///
    /// @param toolName the tool's name where the dialect gives it (Gemini, Ollama)
    record ToolResult(String callId, @Nullable String toolName, List<Block> content, boolean isError, Mark mark)
            implements Block {
        public ToolResult {
            content = List.copyOf(content);
        }

        @Override
        public ToolResult marked(Mark mark) {
            return new ToolResult(callId, toolName, content, isError, mark);
        }

        public ToolResult withCallId(String newId) {
            return new ToolResult(newId, toolName, content, isError, mark);
        }
    }

    /// A call of a tool that the provider itself runs (web search and the like), as it came.
    record ServerToolCall(Dialect dialect, String id, String name, Json.Obj raw, Mark mark) implements Block {
        @Override
        public ServerToolCall marked(Mark mark) {
            return new ServerToolCall(dialect, id, name, raw, mark);
        }
    }

    /// What a provider's own tool answered, as it came.
    record ServerToolResult(Dialect dialect, String callId, Json.Obj raw, Mark mark) implements Block {
        @Override
        public ServerToolResult marked(Mark mark) {
            return new ServerToolResult(dialect, callId, raw, mark);
        }
    }

    /// A passage the client found elsewhere and offers for citation.
    record SearchResult(String source, String title, List<Block> content, Mark mark) implements Block {
        public SearchResult {
            content = List.copyOf(content);
        }

        @Override
        public SearchResult marked(Mark mark) {
            return new SearchResult(source, title, content, mark);
        }
    }

    /// A picture that the model made.
    record GeneratedImage(String base64, String mime, Mark mark) implements Block {
        @Override
        public GeneratedImage marked(Mark mark) {
            return new GeneratedImage(base64, mime, mark);
        }
    }

    /// A block of a kind this version does not know: kept for its own dialect, reported to others.
    record Unmodelled(Dialect dialect, Json.Obj raw, Mark mark) implements Block {
        @Override
        public Unmodelled marked(Mark mark) {
            return new Unmodelled(dialect, raw, mark);
        }
    }
}
