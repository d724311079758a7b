package dev.sluice.lambda;

import dev.sluice.core.ports.ClientResponse;
import dev.sluice.model.Headers;
import java.io.IOException;

/// The way back to the client of a Function URL, as one streamed answer to the Runtime API.
///
/// The prelude leaves with the first bytes of the body, each `write` is one flush, and an answer without a body still has
/// its prelude. `ClientGone` means that the service takes no more: a client that leaves is invisible here.
final class StreamedResponse implements ClientResponse {
    private static final byte[] NOTHING = new byte[0];

    private final Upload upload;
    private final boolean head;
    private boolean bodyless;
    private State state = State.NEW;

    private enum State {
        NEW,
        STARTED,
        ENDED,
        BROKEN,
        NEVER
    }

    /// @param head whether the request was a HEAD
    StreamedResponse(Upload upload, boolean head) {
        this.upload = upload;
        this.head = head;
    }

    @Override
    public void start(int status, Headers headers, long length) {
        if (state != State.NEW) {
            throw new IllegalStateException("started twice");
        }
        state = State.STARTED;
        bodyless = head || status == 204 || status == 304;
        upload.prepare(Prelude.encode(status, headers));
    }

    @Override
    public void write(byte[] bytes, int from, int to) throws ClientGone {
        requireStarted();
        if (bodyless || from == to) {
            return;
        }
        try {
            upload.write(bytes, from, to);
        } catch (IOException lost) {
            throw gone(lost);
        }
    }

    @Override
    public void end() throws ClientGone {
        endWith(NOTHING, 0, 0);
    }

    @Override
    public void endWith(byte[] bytes, int from, int to) throws ClientGone {
        requireStarted();
        try {
            upload.endWith(bytes, from, bodyless ? from : to);
            state = State.ENDED;
        } catch (IOException lost) {
            throw gone(lost);
        }
    }

    @Override
    public void abort() {
        if (state == State.STARTED) {
            upload.fail(ErrorReport.of("Function.AnswerAborted", "the answer could not be completed"));
        }
        state = state == State.NEW ? State.NEVER : State.BROKEN;
    }

    private ClientGone gone(IOException lost) {
        state = State.BROKEN;
        return new ClientGone("the Runtime API takes no more of the answer: " + lost.getMessage());
    }

    private void requireStarted() throws ClientGone {
        switch (state) {
            case STARTED -> {}
            case BROKEN, NEVER -> throw new ClientGone("the answer is broken off");
            case NEW, ENDED -> throw new IllegalStateException("not between start and end");
        }
    }

    /// Whether it may still be started.
    boolean isNew() {
        return state == State.NEW;
    }

    /// Whether it was given up before it began.
    boolean isUnanswered() {
        return state == State.NEVER;
    }

    /// Whether it has begun and not ended.
    boolean isUnderWay() {
        return state == State.STARTED;
    }
}
