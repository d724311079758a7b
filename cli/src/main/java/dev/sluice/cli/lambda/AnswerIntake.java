package dev.sluice.cli.lambda;

import dev.sluice.cli.front.RequestHead;
import dev.sluice.model.Headers;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Takes in what a runtime answers to an invocation, streamed or whole, and passes it on. The runtime gets its reply when
/// its body has ended, never before.
final class AnswerIntake {
    private static final String MODE = "lambda-runtime-function-response-mode";

    private final int number;
    private final EngineOptions options;
    private final RuntimeSession session;

    AnswerIntake(int number, EngineOptions options, RuntimeSession session) {
        this.number = number;
        this.options = options;
        this.session = session;
    }

    /// Reads one answer; whether the connection goes on.
    boolean take(
            RuntimeConnection connection,
            RuntimeSession.Lane lane,
            Invocation invocation,
            RequestHead head,
            Upload upload)
            throws IOException, InterruptedException {
        String mode = head.headers().first(MODE).orElse("");
        String contentType = head.headers().first("content-type").orElse("");
        try {
            RuntimeReply reply = !mode.isEmpty() && !mode.equals("streaming")
                    ? invalidMode(invocation, upload)
                    : mode.isEmpty()
                            ? buffered(lane, invocation, contentType, upload)
                            : streamed(lane, invocation, contentType, upload);
            connection.reply(reply);
            return true;
        } catch (IOException cut) {
            failed(lane, invocation, truncated());
            connection.reply(RuntimeReply.truncated()); // fails when the runtime has closed both ways
            return false;
        }
    }

    private static InvocationFailure truncated() {
        return InvocationFailure.of(
                InvocationFailure.Kind.TRUNCATED, "Runtime.TruncatedResponse", "The response was cut by the runtime");
    }

    /// The service leaves the runtime in the state of answering: its next call is refused.
    private RuntimeReply invalidMode(Invocation invocation, Upload upload) throws IOException {
        upload.whole(0);
        over(
                invocation,
                InvocationFailure.of(
                        InvocationFailure.Kind.INVALID_MODE,
                        "Runtime.InvalidResponseModeHeader",
                        "Invalid function response mode"));
        return RuntimeReply.invalidMode();
    }

    private RuntimeReply buffered(RuntimeSession.Lane lane, Invocation invocation, String contentType, Upload upload)
            throws IOException, InterruptedException {
        int limit = options.limits().payload();
        Upload.Whole whole = upload.whole(limit);
        if (whole.length() > limit) {
            failed(lane, invocation, tooLarge(whole.length(), limit));
            return RuntimeReply.tooLarge(limit);
        }
        invocation.answer().begin(contentType, false);
        invocation.answer().bytes(whole.bytes());
        ended(lane, invocation, Headers.NONE);
        return RuntimeReply.accepted();
    }

    private RuntimeReply streamed(RuntimeSession.Lane lane, Invocation invocation, String contentType, Upload upload)
            throws IOException, InterruptedException {
        invocation.answer().begin(contentType, true);
        byte[] piece = new byte[16 * 1024];
        long passed = 0;
        while (true) {
            options.time().sleep(options.faults().readPause());
            int length = upload.read(piece);
            if (length < 0) {
                break;
            }
            passed += length;
            long cut = options.faults().cutAfter();
            if (cut >= 0 && passed > cut) {
                throw new IOException("cut on purpose");
            }
            if (passed > options.limits().stream()) {
                failed(lane, invocation, tooLarge(passed, options.limits().stream()));
                upload.whole(0);
                return RuntimeReply.tooLarge(options.limits().stream());
            }
            invocation.answer().bytes(Arrays.copyOf(piece, length));
        }
        ended(lane, invocation, upload.trailers());
        return RuntimeReply.accepted();
    }

    private static InvocationFailure tooLarge(long length, long limit) {
        return InvocationFailure.of(
                InvocationFailure.Kind.TOO_LARGE,
                "Function.ResponseSizeTooLarge",
                "Response payload size (" + length + " bytes) exceeded maximum allowed payload size (" + limit
                        + " bytes).");
    }

    private void ended(RuntimeSession.Lane lane, Invocation invocation, Headers trailers) {
        session.answered(lane);
        if (invocation.answer().end(trailers)) {
            options.events().accept(new EngineEvent.Answered(number, invocation.id(), trailers, Optional.empty()));
        }
    }

    /// The invocation has failed, and its runtime may ask for the next one.
    void failed(RuntimeSession.Lane lane, Invocation invocation, InvocationFailure failure) {
        session.answered(lane);
        over(invocation, failure);
    }

    private void over(Invocation invocation, InvocationFailure failure) {
        if (invocation.answer().fail(failure)) {
            options.events()
                    .accept(new EngineEvent.Answered(number, invocation.id(), Headers.NONE, Optional.of(failure)));
        }
    }
}
