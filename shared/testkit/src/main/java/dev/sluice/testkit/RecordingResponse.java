package dev.sluice.testkit;

import dev.sluice.core.ports.ClientResponse;
import dev.sluice.model.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A client that remembers everything it got, and may go away after a number of writes.
public final class RecordingResponse implements ClientResponse {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<String> flushes = new ArrayList<>();
    private final int writesBeforeLeaving;
    private int status;
    private Headers headers = Headers.NONE;
    private boolean ended;
    private boolean aborted;

    public RecordingResponse() {
        this(Integer.MAX_VALUE);
    }

    /// A client that closes its connection after so many writes.
    public RecordingResponse(int writesBeforeLeaving) {
        this.writesBeforeLeaving = writesBeforeLeaving;
    }

    @Override
    public void start(int code, Headers fields, long length) {
        if (status != 0) {
            throw new IllegalStateException("started twice");
        }
        status = code;
        headers = fields;
    }

    @Override
    public void write(byte[] bytes, int from, int to) throws ClientGone {
        if (status == 0 || ended) {
            throw new IllegalStateException("a write before the start or after the end");
        }
        if (flushes.size() >= writesBeforeLeaving) {
            throw new ClientGone("left");
        }
        body.write(bytes, from, to - from);
        flushes.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    @Override
    public void end() {
        if (status == 0 || ended) {
            throw new IllegalStateException("an end before the start or after the end");
        }
        ended = true;
    }

    @Override
    public void abort() {
        aborted = true;
    }

    public int status() {
        return status;
    }

    public Headers headers() {
        return headers;
    }

    public String header(String name) {
        return headers.first(name).orElse("");
    }

    public String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /// What each flush brought.
    public List<String> flushes() {
        return List.copyOf(flushes);
    }

    public boolean ended() {
        return ended;
    }

    public boolean aborted() {
        return aborted;
    }
}
