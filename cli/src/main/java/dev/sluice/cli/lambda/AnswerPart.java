package dev.sluice.cli.lambda;

import dev.sluice.model.Headers;

/// One piece of what a runtime answers to an invocation, in the order `Begun`, any number of `Bytes`, `Ended`; `Failed`
/// may come at any time and is the last.
sealed interface AnswerPart {
    /// @param contentType empty when the runtime gave none
    /// @param streaming whether the runtime asked for response streaming
    record Begun(String contentType, boolean streaming) implements AnswerPart {
        private static final String PRELUDE = "application/vnd.awslambda.http-integration-response";

        /// Whether the bytes begin with status and headers as JSON.
        boolean hasPrelude() {
            return contentType.equals(PRELUDE);
        }
    }

    record Bytes(byte[] bytes) implements AnswerPart {}

    record Ended(Headers trailers) implements AnswerPart {}

    record Failed(InvocationFailure failure) implements AnswerPart {}
}
