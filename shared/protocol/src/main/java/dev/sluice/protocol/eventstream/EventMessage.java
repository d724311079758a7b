package dev.sluice.protocol.eventstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One message of the stream, its checksums already verified: headers, and where its payload lies.
///
/// @param headers in wire order; a repeated name keeps its first value
/// @param payloadFrom offset in the bytes that it was read from
/// @param payloadTo likewise
public record EventMessage(Map<String, HeaderValue> headers, int payloadFrom, int payloadTo) {
    /// Total length, length of the headers, and their checksum.
    static final int PRELUDE = 12;

    static final int CHECKSUM = 4;

    /// Reads the message that lies there whole; null when its headers are not well-formed.
    static @Nullable EventMessage read(byte[] bytes, int from, int length) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, length);
        int headersLength = in.getInt(from + Integer.BYTES);
        int payload = from + PRELUDE + headersLength;
        in.position(from + PRELUDE).limit(payload);
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            String name = string(in, Byte.toUnsignedInt(in.get()));
            HeaderValue value = name == null || !in.hasRemaining() ? null : value(in);
            if (name == null || value == null) {
                return null;
            }
            headers.putIfAbsent(name, value);
        }
        return new EventMessage(headers, payload, from + length - CHECKSUM);
    }

    /// The header's text; null when it is absent or of another type.
    public @Nullable String text(String name) {
        return headers.get(name) instanceof HeaderValue.Text(String value) ? value : null;
    }

    private static @Nullable HeaderValue value(ByteBuffer in) {
        byte type = in.get();
        int needed = switch (type) {
            case 2 -> Byte.BYTES;
            case 3, 6, 7 -> Short.BYTES;
            case 4 -> Integer.BYTES;
            case 5, 8 -> Long.BYTES;
            case 9 -> 2 * Long.BYTES;
            default -> 0;
        };
        if (!has(in, needed)) {
            return null;
        }
        return switch (type) {
            case 0 -> new HeaderValue.Flag(true);
            case 1 -> new HeaderValue.Flag(false);
            case 2 -> new HeaderValue.Whole(in.get());
            case 3 -> new HeaderValue.Whole(in.getShort());
            case 4 -> new HeaderValue.Whole(in.getInt());
            case 5 -> new HeaderValue.Whole(in.getLong());
            case 6, 7 -> run(in, type == 7);
            case 8 -> new HeaderValue.Timestamp(in.getLong());
            case 9 -> new HeaderValue.Id(new UUID(in.getLong(), in.getLong()));
            default -> null;
        };
    }

    /// Bytes or text behind their length, which is two bytes.
    private static @Nullable HeaderValue run(ByteBuffer in, boolean isText) {
        byte[] bytes = bytes(in, Short.toUnsignedInt(in.getShort()));
        if (bytes == null) {
            return null;
        }
        return isText
                ? new HeaderValue.Text(new String(bytes, StandardCharsets.UTF_8))
                : new HeaderValue.Bytes(Base64.getEncoder().encodeToString(bytes));
    }

    private static boolean has(ByteBuffer in, int bytes) {
        return in.remaining() >= bytes;
    }

    private static byte @Nullable [] bytes(ByteBuffer in, int length) {
        if (!has(in, length)) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static @Nullable String string(ByteBuffer in, int length) {
        byte[] bytes = bytes(in, length);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
