package dev.sluice.simulation;

import dev.sluice.core.ports.ClientResponse;
import dev.sluice.model.Headers;
import dev.sluice.testkit.VirtualScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A client that notes when its answer began and whether it came whole.
final class SimulatedClient implements ClientResponse {
    private final VirtualScheduler time;
    private int status;
    private String skipped = "";
    private @Nullable Duration firstContent;
    private boolean sawEnd;
    private boolean sawError;

    SimulatedClient(VirtualScheduler time) {
        this.time = time;
    }

    @Override
    public void start(int code, Headers headers, long length) {
        status = code;
        skipped = headers.first("x-sluice-skipped").orElse("");
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (firstContent == null && text.contains("content")) {
            firstContent = time.elapsed();
        }
        sawEnd |= text.contains("message_stop") || text.contains("[DONE]");
        sawError |= text.contains("\"error\"");
    }

    @Override
    public void end() {}

    @Override
    public void abort() {
        sawError = true;
    }

    int status() {
        return status;
    }

    String skipped() {
        return skipped;
    }

    /// Whether the whole answer came, with its terminal event and no error.
    boolean isServed() {
        return status == 200 && sawEnd && !sawError;
    }

    @Nullable
    Duration firstContent() {
        return firstContent;
    }
}
