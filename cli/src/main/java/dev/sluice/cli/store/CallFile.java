package dev.sluice.cli.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One file of lines: they are put at its end, and read from its end.
record CallFile(Path path) {
    /// How far apart the order of the lines and that of the calls may be.
    static final Duration DISORDER = Duration.ofMinutes(1);

    /// How many lines in a row may be further apart.
    static final int MOST_OUT_OF_ORDER = 64;

    private static final int BLOCK = 64 * 1024;

    /// One thread at a time. Where it fails, no part of the line stays, as far as the disk lets that be done.
    void append(String line) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            // after a line that a power failure has cut
            String text = isLineOpen(channel, end) ? "\n" + line + "\n" : line + "\n";
            try {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                for (long at = end; bytes.hasRemaining(); ) {
                    at += channel.write(bytes, at);
                }
            } catch (IOException full) {
                channel.truncate(end);
                throw full;
            }
        }
    }

    private static boolean isLineOpen(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
    }

    Backwards backwards() throws IOException {
        return new Backwards(FileChannel.open(path, StandardOpenOption.READ));
    }

    /// Lines from the last to the first. Not thread-safe.
    static final class Backwards implements Closeable {
        private final FileChannel channel;
        private final Deque<String> lines = new ArrayDeque<>();
        /// The beginning of a block, up to its first line end: the rest of the line is before it.
        private byte[] head = new byte[0];

        private long unread;

        private Backwards(FileChannel channel) throws IOException {
            this.channel = channel;
            this.unread = channel.size();
        }

        /// Null: there is no other.
        @Nullable
        String next() throws IOException {
            while (lines.isEmpty() && (unread > 0 || head.length > 0)) {
                read();
            }
            return lines.poll();
        }

        private void read() throws IOException {
            long from = Math.max(0, unread - BLOCK);
            ByteBuffer block = ByteBuffer.allocate(Math.toIntExact(unread - from) + head.length);
            block.limit(Math.toIntExact(unread - from));
            while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
                // until the block is full
            }
            block.limit(block.capacity());
            block.put(head);
            byte[] bytes = block.array();
            unread = from;
            int end = bytes.length;
            for (int i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    add(bytes, i + 1, end);
                    end = i;
                }
            }
            head = Arrays.copyOf(bytes, end);
            if (from == 0) {
                add(head, 0, head.length);
                head = new byte[0];
            }
        }

        private void add(byte[] bytes, int from, int to) {
            if (to > from) {
                lines.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
