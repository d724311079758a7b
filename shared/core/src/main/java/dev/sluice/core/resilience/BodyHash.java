package dev.sluice.core.resilience;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A fast 64-bit hash of a request's body, to recognise one that is sent again. Not for secrets.
public final class BodyHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    // the odd multipliers of xxHash64, whose tail round this is
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private BodyHash() {}

    public static long of(byte[] body) {
        long hash = P5 + body.length;
        int i = 0;
        for (; i + Long.BYTES <= body.length; i += Long.BYTES) {
            long word = (long) LONGS.get(body, i);
            hash ^= Long.rotateLeft(word * P2, 31) * P1;
            hash = Long.rotateLeft(hash, 27) * P1 + P4;
        }
        for (; i < body.length; i++) {
            hash ^= (body[i] & 0xFF) * P5;
            hash = Long.rotateLeft(hash, 11) * P1;
        }
        return spread(hash);
    }

    private static long spread(long hash) {
        long mixed = (hash ^ hash >>> 33) * P2;
        mixed = (mixed ^ mixed >>> 29) * P3;
        return mixed ^ mixed >>> 32;
    }
}
