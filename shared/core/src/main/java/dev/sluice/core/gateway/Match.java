package dev.sluice.core.gateway;

import dev.sluice.model.Dialect;
import dev.sluice.protocol.RequestHead;

/// What a method and a path ask for.
public sealed interface Match {
    record Chat(Dialect dialect, RequestHead head) implements Match {}

    /// A chat whose dialect only its body tells.
    record DetectDialect(RequestHead head) implements Match {}

    /// The plan of a request that is not made, for the owner.
    record Explain(RequestHead head) implements Match {}

    record CountTokens(Dialect dialect, RequestHead head) implements Match {}

    record ListModels(ModelShape shape) implements Match {}

    /// @param id decoded
    record OneModel(ModelShape shape, String id) implements Match {}

    /// Ollama's way to ask for one model: its name is in the body.
    record ShowModel() implements Match {}

    /// Ollama's list of the models in memory.
    record RunningModels() implements Match {}

    /// Which version of Ollama's API is spoken.
    record OllamaVersion() implements Match {}

    /// Public: what this gateway speaks.
    record Protocol() implements Match {}

    /// Public: whether the gateway lives.
    record Health() implements Match {}

    /// Public: a 200 to a tool that looks whether anyone is there.
    ///
    /// @param words that the tool looks for; empty: none
    record Hello(String words) implements Match {}

    /// A browser's question before its request.
    record Preflight() implements Match {}

    /// Refused with 426 at once: the tools then use HTTP.
    record WebSocketUpgrade() implements Match {}

    /// An answer that a client of the Responses API got earlier.
    ///
    /// @param id decoded
    record Stored(String id, Wish wish) implements Match {
        /// What is to become of it.
        public enum Wish {
            RESPONSE,
            DELETION,
            INPUT_ITEMS,
            CANCELLATION
        }
    }

    /// A path that this version knows and does not yet serve.
    ///
    /// @param what for the message, as in `stored responses`
    record Later(Dialect dialect, String what) implements Match {}

    /// @param nearest in whose form the error goes out
    /// @param allow the header's value
    record MethodNotAllowed(Dialect nearest, String allow) implements Match {}

    /// @param nearest in whose form the error goes out
    record NotFound(Dialect nearest) implements Match {}

    /// In whose form it is refused; for what is in no dialect, or tells it by its body alone, that which most clients read.
    default Dialect dialect() {
        return switch (this) {
            case Chat(Dialect dialect, var _) -> dialect;
            case CountTokens(Dialect dialect, var _) -> dialect;
            case Later(Dialect dialect, var _) -> dialect;
            case MethodNotAllowed(Dialect nearest, var _) -> nearest;
            case NotFound(Dialect nearest) -> nearest;
            case ListModels(ModelShape shape) -> LocalAnswers.dialectOf(shape);
            case OneModel(ModelShape shape, var _) -> LocalAnswers.dialectOf(shape);
            case ShowModel _, RunningModels _, OllamaVersion _ -> Dialect.OLLAMA_CHAT;
            case Stored _, WebSocketUpgrade _ -> Dialect.OPENAI_RESPONSES;
            case DetectDialect _, Explain _, Protocol _, Health _, Hello _, Preflight _ -> Dialect.OPENAI_CHAT;
        };
    }
}
