package dev.sluice.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of an answer.
///
/// The grammar every decoder keeps: `Started` first, then blocks with ascending index, each opened, filled and closed
/// (several may be open at once when an upstream interleaves its tool calls), `UsageReported` anywhere after `Started`,
/// and exactly one `Finished` or `Failed` as the last. A failure may come first and alone.
public sealed interface StreamEvent {
    /// The answer begins. `id` is the upstream's, empty when it has none; `created` in seconds of the epoch, 0 when unknown.
    record Started(String id, String model, long created) implements StreamEvent {}

    /// A block begins.
    record BlockOpened(int index, Opening opening) implements StreamEvent {}

    /// What kind of block begins.
    sealed interface Opening {
        record Text() implements Opening {}

        record Refusal() implements Opening {}

        record Reasoning() implements Opening {}

        record ToolCall(
                String id,
                String name,
                @Nullable String namespace,
                Tool.Kind kind,
                @Nullable Signature signature) implements Opening {}

        /// A block that arrives in one piece: encrypted reasoning, a provider's own tool, a picture, an unknown one.
        record Whole(Block block) implements Opening {}

        Opening TEXT = new Text();
        Opening REFUSAL = new Refusal();
        Opening REASONING = new Reasoning();
    }

    /// A piece of an open block.
    sealed interface Delta extends StreamEvent {
        int index();
    }

    /// Text of a `Text`, `Refusal` or `Reasoning` block, by the kind it was opened with.
    record TextDelta(int index, String text) implements Delta {}

    /// A piece of a tool call's raw arguments.
    record ArgumentsDelta(int index, String text) implements Delta {}

    /// The signature of a reasoning block, whole.
    record SignatureDelta(int index, Signature signature) implements Delta {}

    record CitationDelta(int index, Citation citation) implements Delta {}

    /// The tokens that the next text of a `Text` or `Refusal` block is made of; at its end those that no text followed.
    record LogprobsDelta(int index, List<TokenLogprob> tokens) implements Delta {
        public LogprobsDelta {
            tokens = List.copyOf(tokens);
        }
    }

    /// A block ends.
    record BlockClosed(int index) implements StreamEvent {}

    /// Tokens so far: cumulative, each report overrides the one before.
    record UsageReported(Usage usage) implements StreamEvent {}

    /// The answer is complete.
    record Finished(Finish finish) implements StreamEvent {}

    /// The answer broke off or never came.
    record Failed(Failure failure) implements StreamEvent {}

    /// Whether this is the first kind of event after which an answer belongs to the client: nothing is retried after it.
    default boolean isContent() {
        return switch (this) {
            case Delta _, Finished _ -> true;
            case BlockOpened(int _, Opening opening) ->
                opening instanceof Opening.ToolCall || opening instanceof Opening.Whole;
            case Started _, BlockClosed _, UsageReported _, Failed _ -> false;
        };
    }

    default boolean isTerminal() {
        return this instanceof Finished || this instanceof Failed;
    }
}
