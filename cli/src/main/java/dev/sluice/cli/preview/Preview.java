package dev.sluice.cli.preview;

import dev.sluice.model.Json;
import org.jspecify.annotations.Nullable;

/// Tells what would become of a request if it came now; nothing is sent and nothing is counted.
@FunctionalInterface
public interface Preview {
    /// The path of the gateway's own preview.
    String PATH = "/sluice/explain";

    Told of(Question question);

    /// Which request.
    ///
    /// @param model as a client would name it
    /// @param dialect the client's; null: the gateway's choice
    /// @param request the body as a client would send it; null: one that asks for nothing in particular
    record Question(
            String model,
            @Nullable String dialect,
            @Nullable String request) {}

    /// What the gateway has answered.
    ///
    /// @param status of HTTP
    /// @param document empty when it was no JSON object
    record Told(int status, Json.Obj document) {}
}
