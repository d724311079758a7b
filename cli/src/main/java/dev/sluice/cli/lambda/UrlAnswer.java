package dev.sluice.cli.lambda;

import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;

/// Passes a streamed answer on to the client of a Function URL. A client that has gone is not told to the runtime: the
/// answer is read to its end all the same. One per request.
final class UrlAnswer {
    private static final byte[] NOTHING = new byte[0];

    private final ClientResponse response;
    private final Bandwidth bandwidth;
    private final Headers own;
    private PreludeReader prelude = new PreludeReader();
    private boolean awaitsPrelude;
    private boolean started;
    private boolean refused;
    private boolean clientIsGone;

    /// @param own headers that the front adds
    UrlAnswer(ClientResponse response, Bandwidth bandwidth, Headers own) {
        this.response = response;
        this.bandwidth = bandwidth;
        this.own = own;
    }

    /// Reads the answer to its end.
    void pump(AnswerPipe answer) throws InterruptedException {
        for (AnswerPart part = answer.take(); take(part); part = answer.take()) {
            // take does it
        }
    }

    /// Whether more is to come.
    private boolean take(AnswerPart part) throws InterruptedException {
        switch (part) {
            case AnswerPart.Begun begun -> {
                awaitsPrelude = begun.hasPrelude();
                if (!awaitsPrelude) {
                    String type = begun.contentType().isEmpty() ? "application/octet-stream" : begun.contentType();
                    start(200, Headers.of("content-type", type));
                }
            }
            case AnswerPart.Bytes(byte[] bytes) -> bytes(bytes);
            case AnswerPart.Ended _ -> {
                if (started) {
                    attempt(response::end);
                } else if (!refused) {
                    refuse(502);
                }
                return false;
            }
            case AnswerPart.Failed(InvocationFailure failure) -> {
                if (started) {
                    attempt(response::abort);
                } else if (!refused) {
                    refuse(status(failure.kind()));
                }
                return false;
            }
        }
        return true;
    }

    private void bytes(byte[] bytes) throws InterruptedException {
        if (refused) {
            return;
        }
        bandwidth.pass(bytes.length);
        if (!awaitsPrelude) {
            attempt(() -> response.write(bytes, 0, bytes.length));
            return;
        }
        switch (prelude.take(bytes)) {
            case PreludeReader.Reading.More _ -> {}
            case PreludeReader.Reading.Malformed _ -> refuse(502);
            case PreludeReader.Reading.Complete(Prelude read, int bodyFrom) -> {
                awaitsPrelude = false;
                prelude = new PreludeReader();
                start(read.status(), read.headers());
                attempt(() -> response.write(bytes, bodyFrom, bytes.length));
            }
        }
    }

    private void start(int status, Headers headers) {
        started = true;
        attempt(() -> {
            response.start(status, headers.and(own), -1);
            response.write(NOTHING, 0, 0); // status and headers leave at once
        });
    }

    private void refuse(int status) {
        refused = true;
        attempt(() -> refuse(response, status, own));
    }

    /// What a client gets instead of an answer.
    static void refuse(ClientResponse response, int status, Headers own) throws ClientGone {
        byte[] text = words(status).getBytes(StandardCharsets.UTF_8);
        response.start(status, Headers.of("content-type", "application/json").and(own), text.length);
        response.endWith(text, 0, text.length);
    }

    private static String words(int status) {
        return switch (status) {
            case 413 -> "{\"Message\":\"Request must be smaller than 6291456 bytes for the InvokeFunction operation\"}";
            case 429 ->
                "{\"Reason\":\"ConcurrentInvocationLimitExceeded\",\"Type\":\"User\","
                        + "\"message\":\"Rate Exceeded.\"}";
            case 504 -> "Gateway Timeout";
            default -> "Internal Server Error";
        };
    }

    static int status(InvocationFailure.Kind kind) {
        return switch (kind) {
            case TIMED_OUT -> 504;
            case THROTTLED -> 429;
            case REPORTED, NOT_STARTED, EXITED, TRUNCATED, TOO_LARGE, INVALID_MODE -> 502;
        };
    }

    private interface Step {
        void run() throws ClientGone;
    }

    private void attempt(Step step) {
        if (clientIsGone) {
            return;
        }
        try {
            step.run();
        } catch (ClientGone gone) {
            clientIsGone = true;
        }
    }
}
