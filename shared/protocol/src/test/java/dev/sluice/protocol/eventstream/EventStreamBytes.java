package dev.sluice.protocol.eventstream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// Writes messages as providers send them.
public final class EventStreamBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public EventStreamBytes event(String type, String json) {
        return message(
                Map.of(":message-type", "event", ":event-type", type, ":content-type", "application/json"), json);
    }

    public EventStreamBytes exception(String type, String json) {
        return message(Map.of(":message-type", "exception", ":exception-type", type), json);
    }

    public EventStreamBytes error(String code, String text) {
        return message(Map.of(":message-type", "error", ":error-code", code, ":error-message", text), "");
    }

    /// With headers of text.
    public EventStreamBytes message(Map<String, String> headers, String payload) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        new TreeMap<>(headers).forEach((name, value) -> {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            encoded.write(name.length());
            encoded.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            encoded.write(7);
            encoded.write(text.length >> 8);
            encoded.write(text.length);
            encoded.writeBytes(text);
        });
        return raw(encoded.toByteArray(), payload.getBytes(StandardCharsets.UTF_8));
    }

    /// With those headers, already on the wire.
    public EventStreamBytes raw(byte[] headers, byte[] payload) {
        int length = 16 + headers.length + payload.length;
        ByteBuffer message = ByteBuffer.allocate(length).putInt(length).putInt(headers.length);
        message.putInt(checksum(message.array(), 8)).put(headers).put(payload);
        message.putInt(checksum(message.array(), length - 4));
        bytes.writeBytes(message.array());
        return this;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
