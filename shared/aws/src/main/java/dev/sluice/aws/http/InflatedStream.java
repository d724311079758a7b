package dev.sluice.aws.http;

import dev.sluice.core.ports.ByteStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/// A compressed body, read decompressed. An end of bytes before the compressed data's own end is a break, not an end.
final class InflatedStream implements ByteStream {
    private final ByteStream compressed;
    private final Decompressor decompressor;
    private final String origin;
    private final byte[] buffer = new byte[32 * 1024];

    InflatedStream(ByteStream compressed, Decompressor decompressor, String origin) {
        this.compressed = compressed;
        this.decompressor = decompressor;
        this.origin = origin;
    }

    /// The whole of a compressed body; null when it would be larger than the bound.
    ///
    /// @throws DataFormatException when it is damaged or cut
    static byte @Nullable [] inflate(byte[] body, Decompressor decompressor, int bound) throws DataFormatException {
        try (decompressor) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream(Math.min(bound, body.length * 4 + 64));
            byte[] piece = new byte[16 * 1024];
            decompressor.feed(body, 0, body.length);
            for (int length = decompressor.drain(piece); length > 0; length = decompressor.drain(piece)) {
                if (length > bound - whole.size()) {
                    return null;
                }
                whole.write(piece, 0, length);
            }
            if (body.length > 0 && !decompressor.isComplete()) {
                throw new DataFormatException("cut");
            }
            return whole.toByteArray();
        }
    }

    @Override
    public Read read(Duration wait) {
        try {
            for (; ; ) {
                int length = decompressor.drain(buffer);
                if (length > 0) {
                    return new Read.Bytes(buffer, 0, length);
                }
                Read next = compressed.read(wait);
                switch (next) {
                    case Read.Bytes(byte[] bytes, int from, int to) -> decompressor.feed(bytes, from, to);
                    case Read.End end -> {
                        return decompressor.isComplete() ? end : broken();
                    }
                    case Read.Quiet quiet -> {
                        return quiet;
                    }
                    case Read.Reset reset -> {
                        return reset;
                    }
                }
            }
        } catch (DataFormatException damaged) {
            compressed.close();
            return broken();
        }
    }

    private Read.Reset broken() {
        return new Read.Reset("the compressed answer of " + origin + " is damaged or cut");
    }

    @Override
    public void close() {
        decompressor.close();
        compressed.close();
    }
}
