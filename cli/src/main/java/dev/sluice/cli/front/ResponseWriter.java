package dev.sluice.cli.front;

import dev.sluice.core.ports.ClientResponse;
import dev.sluice.model.Headers;
import dev.sluice.protocol.ByteSink;
import java.io.IOException;

/// Writes one response. The head leaves with the first bytes of the body, each `write` is one system call, and
/// `endWith`
/// puts the terminator into that same one.
final class ResponseWriter implements ClientResponse {
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};
    private static final int MERGED = 64 * 1024;

    private final ConnectionOutput out;
    private final boolean http11;
    private final boolean bodyless;
    private final boolean wantsKeepAlive;
    private State state = State.NEW;
    private Framed framed = Framed.NONE;
    private boolean keepAlive;
    private long left;

    private enum State {
        NEW,
        STARTED,
        ENDED,
        BROKEN
    }

    /// How the client finds the end of the body.
    private enum Framed {
        NONE,
        LENGTH,
        CHUNKS,
        CLOSE
    }

    /// @param wantsKeepAlive whether another request may follow
    ResponseWriter(ConnectionOutput out, RequestHead head, boolean wantsKeepAlive) {
        this.out = out;
        this.http11 = head.http11();
        this.bodyless = head.method().equals("HEAD");
        this.wantsKeepAlive = wantsKeepAlive;
    }

    @Override
    public void start(int status, Headers headers, long length) throws ClientGone {
        if (state != State.NEW) {
            throw new IllegalStateException("started twice");
        }
        state = State.STARTED;
        keepAlive = wantsKeepAlive && (length >= 0 || http11) && !out.isClosing();
        boolean withoutBody = bodyless || status == 204 || status == 304 || status < 200;
        framed = withoutBody ? Framed.NONE : length >= 0 ? Framed.LENGTH : http11 ? Framed.CHUNKS : Framed.CLOSE;
        left = Math.max(length, 0);
        ByteSink sink = out.sink();
        sink.clear();
        ResponseHead.write(sink, status, headers);
        if (length >= 0 && status != 204) {
            sink.ascii("content-length: ").number(length).ascii("\r\n");
        } else if (length < 0 && http11 && status != 204 && status != 304) {
            sink.ascii("transfer-encoding: chunked\r\n");
        }
        if (!keepAlive) {
            sink.ascii("connection: close\r\n");
        } else if (!http11) {
            sink.ascii("connection: keep-alive\r\n");
        }
        sink.ascii("\r\n");
    }

    @Override
    public void write(byte[] bytes, int from, int to) throws ClientGone {
        requireStarted();
        body(bytes, from, to);
        flush();
    }

    @Override
    public void end() throws ClientGone {
        requireStarted();
        terminate();
    }

    @Override
    public void endWith(byte[] bytes, int from, int to) throws ClientGone {
        requireStarted();
        body(bytes, from, to);
        terminate();
    }

    private void body(byte[] bytes, int from, int to) throws ClientGone {
        int length = to - from;
        if (length == 0 || framed == Framed.NONE) {
            return;
        }
        ByteSink sink = out.sink();
        if (framed == Framed.CHUNKS) {
            sink.ascii(Integer.toHexString(length)).ascii("\r\n");
        } else if (framed == Framed.LENGTH && length > left) {
            throw new IllegalStateException("more bytes than the length that was announced");
        }
        left -= length;
        if (length <= MERGED) {
            sink.write(bytes, from, to);
        } else {
            flush();
            send(bytes, from, to);
        }
        if (framed == Framed.CHUNKS) {
            sink.ascii("\r\n");
        }
    }

    private void terminate() throws ClientGone {
        if (framed == Framed.CHUNKS) {
            out.sink().write(LAST_CHUNK);
        }
        flush();
        state = State.ENDED;
        if (framed == Framed.LENGTH && left > 0) {
            abort();
        }
    }

    private void flush() throws ClientGone {
        ByteSink sink = out.sink();
        if (!sink.isEmpty()) {
            send(sink.array(), 0, sink.size());
            sink.clear();
        }
    }

    private void send(byte[] bytes, int from, int to) throws ClientGone {
        try {
            out.write(bytes, from, to);
        } catch (IOException gone) {
            state = State.BROKEN;
            throw new ClientGone("the client closed its connection");
        }
    }

    private void requireStarted() throws ClientGone {
        switch (state) {
            case STARTED -> {}
            case BROKEN -> throw new ClientGone("the client closed its connection");
            case NEW, ENDED -> throw new IllegalStateException("not between start and end");
        }
    }

    @Override
    public void abort() {
        state = State.BROKEN;
        out.breakOff(framed == Framed.CLOSE);
    }

    boolean isStarted() {
        return state != State.NEW;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    /// Whether the connection stands where the next response may begin.
    boolean isReusable() {
        return state == State.ENDED && keepAlive;
    }
}
