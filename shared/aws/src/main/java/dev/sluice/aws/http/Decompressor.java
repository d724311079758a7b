package dev.sluice.aws.http;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Inflates `gzip` and `deflate` bodies as they arrive, for any cut of the bytes into pieces. Not thread-safe.
///
/// `java.util.zip.GZIPInputStream` pulls and blocks; a stream with time-outs needs to push what is here.
final class Decompressor implements AutoCloseable {
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int HEADER_CRC = 2;
    private static final byte[] NOTHING = new byte[0];

    private final boolean gzip;
    private final CRC32 crc = new CRC32();
    private @Nullable Inflater inflater;
    private Part part;

    private byte[] input = NOTHING;
    private int from;
    private int to;

    private int flags;
    private int counted;
    private int remaining;
    private long trailer;

    /// Where in a gzip member the next byte stands.
    private enum Part {
        FIXED_HEADER,
        EXTRA_LENGTH,
        EXTRA_BYTES,
        NAME_BYTES,
        COMMENT_BYTES,
        HEADER_CRC_BYTES,
        DATA,
        TRAILER,
        BETWEEN
    }

    private Decompressor(boolean gzip) {
        this.gzip = gzip;
        this.part = gzip ? Part.FIXED_HEADER : Part.DATA;
    }

    /// For that `content-encoding`, in lower case; null when it is none that is known.
    static @Nullable Decompressor of(String encoding) {
        return switch (encoding) {
            case "gzip", "x-gzip" -> new Decompressor(true);
            case "deflate" -> new Decompressor(false);
            default -> null;
        };
    }

    /// Gives the next piece; all of the one before must have been taken.
    void feed(byte[] bytes, int start, int end) {
        input = bytes;
        from = start;
        to = end;
    }

    /// Fills the array from what was fed.
    ///
    /// @return how many bytes; 0 when the input is used up
    int drain(byte[] out) throws DataFormatException {
        int filled = 0;
        while (filled < out.length) {
            if (part == Part.DATA) {
                int inflated = inflate(out, filled);
                if (inflated == 0 && part == Part.DATA) {
                    break;
                }
                filled += inflated;
            } else if (from == to) {
                break;
            } else {
                step(input[from++] & 0xff);
            }
        }
        return filled;
    }

    /// Whether the compressed data has come to its own end.
    boolean isComplete() {
        return part == Part.BETWEEN;
    }

    private int inflate(byte[] out, int at) throws DataFormatException {
        Inflater zip = inflater;
        if (zip == null) {
            if (from == to) {
                return 0;
            }
            zip = new Inflater(gzip || !looksLikeZlib(input[from]));
            inflater = zip;
        }
        zip.setInput(input, from, to - from);
        int inflated = zip.inflate(out, at, out.length - at);
        from = to - zip.getRemaining();
        crc.update(out, at, inflated);
        if (zip.needsDictionary()) {
            throw new DataFormatException("a preset dictionary");
        }
        if (zip.finished()) {
            enter(gzip ? Part.TRAILER : Part.BETWEEN);
        }
        return inflated;
    }

    /// Some servers send raw deflate where RFC 9110 wants the zlib format.
    private static boolean looksLikeZlib(byte first) {
        return (first & 0x0f) == 8 && (first & 0x80) == 0;
    }

    private void step(int octet) throws DataFormatException {
        switch (part) {
            case FIXED_HEADER -> fixedHeader(octet);
            case EXTRA_LENGTH -> {
                remaining |= octet << 8 * counted;
                if (++counted == 2) {
                    enter(Part.EXTRA_BYTES);
                }
            }
            case EXTRA_BYTES -> {
                if (--remaining == 0) {
                    afterExtra();
                }
            }
            case NAME_BYTES -> {
                if (octet == 0) {
                    afterName();
                }
            }
            case COMMENT_BYTES -> {
                if (octet == 0) {
                    afterComment();
                }
            }
            case HEADER_CRC_BYTES -> {
                if (++counted == 2) {
                    enter(Part.DATA);
                }
            }
            case TRAILER -> trailer(octet);
            case BETWEEN -> nextMember(octet);
            case DATA -> throw new IllegalStateException("data is inflated, not stepped");
        }
    }

    private void fixedHeader(int octet) throws DataFormatException {
        int expected = switch (counted) {
            case 0 -> 0x1f;
            case 1 -> 0x8b;
            case 2 -> 8;
            default -> octet;
        };
        if (octet != expected) {
            throw new DataFormatException("not gzip");
        }
        if (counted == 3) {
            flags = octet;
        }
        if (++counted == 10) {
            enter((flags & EXTRA) != 0 ? Part.EXTRA_LENGTH : Part.EXTRA_BYTES);
        }
    }

    private void afterExtra() {
        enter((flags & NAME) != 0 ? Part.NAME_BYTES : Part.COMMENT_BYTES);
    }

    private void afterName() {
        enter(Part.COMMENT_BYTES);
    }

    private void afterComment() {
        enter(Part.HEADER_CRC_BYTES);
    }

    /// Goes to that part, or past it when the member has none.
    private void enter(Part next) {
        part = next;
        counted = 0;
        switch (next) {
            case FIXED_HEADER, TRAILER, NAME_BYTES, BETWEEN -> trailer = 0;
            case EXTRA_LENGTH -> remaining = 0;
            case EXTRA_BYTES -> {
                if (remaining == 0) {
                    afterExtra();
                }
            }
            case COMMENT_BYTES -> {
                if ((flags & COMMENT) == 0) {
                    afterComment();
                }
            }
            case HEADER_CRC_BYTES -> {
                if ((flags & HEADER_CRC) == 0) {
                    enter(Part.DATA);
                }
            }
            case DATA -> {}
        }
    }

    private void trailer(int octet) throws DataFormatException {
        if (counted < 4) {
            trailer |= (long) octet << 8 * counted;
        }
        if (++counted == 8) {
            if (trailer != crc.getValue()) {
                throw new DataFormatException("the checksum differs");
            }
            enter(Part.BETWEEN);
        }
    }

    /// A gzip body may have several members; what else follows the end is padding.
    private void nextMember(int octet) throws DataFormatException {
        if (!gzip || octet != 0x1f) {
            from = to;
            return;
        }
        close();
        crc.reset();
        enter(Part.FIXED_HEADER);
        remaining = 0;
        fixedHeader(octet);
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
