package dev.sluice.core.demo;

import dev.sluice.core.ports.ByteStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/// A stream whose pieces are all here from the start; each read brings one.
final class DemoStream implements ByteStream {
    private final Iterator<byte[]> pieces;

    DemoStream(List<byte[]> pieces) {
        this.pieces = List.copyOf(pieces).iterator();
    }

    @Override
    public Read read(Duration wait) {
        if (!pieces.hasNext()) {
            return Read.END;
        }
        byte[] piece = pieces.next();
        return new Read.Bytes(piece, 0, piece.length);
    }

    @Override
    public void close() {
        pieces.forEachRemaining(piece -> {});
    }
}
