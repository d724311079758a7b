package dev.sluice.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bytes on their way out, and whether they arrived: a `PrintStream` on top of it tells nobody.
final class WatchedOutput extends OutputStream {
    private final OutputStream to;
    private volatile @Nullable IOException failure;

    WatchedOutput(OutputStream to) {
        this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            to.write(bytes, from, length);
        } catch (IOException notWritten) {
            failure = notWritten;
            throw notWritten;
        }
    }

    /// Why something was not written. Empty as well when the reader has gone, as `head` does: it had enough.
    Optional<String> problem() {
        IOException failed = failure;
        return Optional.ofNullable(failed == null ? null : Obstacle.words(failed))
                .filter(words -> !words.contains("Broken pipe"));
    }
}
