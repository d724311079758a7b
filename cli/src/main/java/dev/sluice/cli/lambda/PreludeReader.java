package dev.sluice.cli.lambda;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Collects the first bytes of a streamed answer until eight NUL bytes end its prelude, however they are cut. Not
/// thread-safe.
final class PreludeReader {
    static final int LARGEST = 16 * 1024;
    private static final int NULS = 8;

    private byte[] bytes = new byte[512];
    private int size;
    private int nuls;

    /// Where things stand after some more bytes.
    sealed interface Reading {
        record More() implements Reading {}

        /// @param bodyFrom where in the given bytes the body begins
        record Complete(Prelude prelude, int bodyFrom) implements Reading {}

        record Malformed() implements Reading {}
    }

    Reading take(byte[] piece) {
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == 0) {
                if (++nuls == NULS) {
                    return complete(i + 1);
                }
            } else if (nuls > 0 || size == LARGEST) {
                return new Reading.Malformed();
            } else {
                if (size == bytes.length) {
                    bytes = Arrays.copyOf(bytes, size * 2);
                }
                bytes[size++] = piece[i];
            }
        }
        return new Reading.More();
    }

    private Reading complete(int bodyFrom) {
        @Nullable Prelude prelude = Prelude.parse(bytes, size);
        return prelude == null ? new Reading.Malformed() : new Reading.Complete(prelude, bodyFrom);
    }
}
