package dev.sluice.protocol.openai.responses;

/// Mints the ids of a response and of its items from the answer's own.
///
/// @param answerId as in [dev.sluice.protocol.ClientContext]
record ItemIds(String answerId) {
    String response(String upstream) {
        return upstream.startsWith("resp_") ? upstream : "resp_" + answerId;
    }

    /// @param prefix the dialect's own for that type of item, such as `msg`
    String of(String prefix, int outputIndex) {
        return prefix + "_" + answerId + "_" + outputIndex;
    }
}
