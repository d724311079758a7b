package dev.sluice.cli.lambda;

import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers that are collected before anybody sees them: of direct invocations, and of Function URLs in mode `BUFFERED`.
final class BufferedAnswer {
    private BufferedAnswer() {}

    /// Reads an answer to its end.
    ///
    /// @param most bytes; a longer one is a failure
    static Invoked collect(Invocation invocation, int most) throws InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String contentType = "";
        long length = 0;
        while (true) {
            switch (invocation.answer().take()) {
                case AnswerPart.Begun begun -> contentType = begun.contentType();
                case AnswerPart.Bytes(byte[] piece) -> {
                    length += piece.length;
                    if (length <= most) {
                        bytes.writeBytes(piece);
                    }
                }
                case AnswerPart.Failed(InvocationFailure failure) -> {
                    return failed(invocation.id(), failure);
                }
                case AnswerPart.Ended(Headers trailers) -> {
                    return length > most
                            ? failed(invocation.id(), tooLarge(length, most))
                            : new Invoked(
                                    invocation.id(), contentType, bytes.toByteArray(), trailers, Optional.empty());
                }
            }
        }
    }

    static Invoked failed(String id, InvocationFailure failure) {
        return new Invoked(id, "application/json", failure.payload(), Headers.NONE, Optional.of(failure));
    }

    private static InvocationFailure tooLarge(long length, int most) {
        return InvocationFailure.of(
                InvocationFailure.Kind.TOO_LARGE,
                "Function.ResponseSizeTooLarge",
                "Response payload size (" + length + " bytes) exceeded maximum allowed payload size (" + most
                        + " bytes).");
    }

    /// What the client of a Function URL gets.
    record Page(int status, Headers headers, byte[] body) {}

    /// Reads what a runtime said as an HTTP answer; null when it is none. JSON with a `statusCode` says itself what it
    /// is; any other JSON is a body with status 200.
    static @Nullable Page page(Invoked answer) {
        byte[] payload = answer.payload();
        if (answer.hasPrelude()) {
            return withPrelude(payload);
        }
        Json.Obj json = JsonText.objectOrNull(payload, 0, payload.length);
        if (json == null || !json.has("statusCode")) {
            return new Page(200, Headers.of("content-type", "application/json"), payload);
        }
        Prelude prelude = Prelude.of(json);
        if (prelude == null) {
            return null;
        }
        Headers headers = prelude.headers().has("content-type")
                ? prelude.headers()
                : prelude.headers().with("content-type", "application/json");
        byte[] body = body(json);
        return body == null ? null : new Page(prelude.status(), headers, body);
    }

    private static @Nullable Page withPrelude(byte[] payload) {
        return new PreludeReader().take(payload) instanceof PreludeReader.Reading.Complete(Prelude prelude, int from)
                ? new Page(prelude.status(), prelude.headers(), Arrays.copyOfRange(payload, from, payload.length))
                : null;
    }

    private static byte @Nullable [] body(Json.Obj json) {
        String text = json.text("body", "");
        if (!json.isTrue("isBase64Encoded")) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException damaged) {
            return null;
        }
    }
}
