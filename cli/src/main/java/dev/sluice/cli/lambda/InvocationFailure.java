package dev.sluice.cli.lambda;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;

/// Why an invocation has no answer, or only half of one.
///
/// @param type as the service names it, such as `Runtime.ExitError`
/// @param payload the error as JSON: the runtime's own words where it said any
public record InvocationFailure(Kind kind, String type, byte[] payload) {
    /// What happened.
    public enum Kind {
        /// The runtime said so at `/error`.
        REPORTED,
        /// The runtime did not come up, or did not come back from its snapshot.
        NOT_STARTED,
        EXITED,
        TIMED_OUT,
        /// The upload of the answer was cut.
        TRUNCATED,
        TOO_LARGE,
        INVALID_MODE,
        /// No environment was free and no further one allowed.
        THROTTLED
    }

    static InvocationFailure of(Kind kind, String type, String message) {
        Json.Obj error = Json.object()
                .put("errorType", type)
                .put("errorMessage", message)
                .build();
        return new InvocationFailure(kind, type, JsonText.bytes(error));
    }

    static InvocationFailure exited(int code) {
        return of(Kind.EXITED, "Runtime.ExitError", "Error: Runtime exited with error: " + status(code));
    }

    /// How a process ended, in the service's words.
    ///
    /// @param code as the JVM has it: 128 and the signal's number for one that was killed
    static String status(int code) {
        return code == 128 + 9 ? "signal: killed" : "exit status " + code;
    }
}
