package dev.sluice.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One frame of a stream: an event's name, its data, and the raw bytes it came as. Valid only while it is handed over.
///
/// @param kind `FILLER` for comments and blank lines: no event, but bytes that the identity lane passes on
/// @param event the name, null when the frame has none
/// @param data holds the data bytes, lines joined by a line feed
/// @param raw holds the frame as received, its line ends and leading comments included
public record Frame(
        Kind kind, @Nullable String event, byte[] data, int dataFrom, int dataTo, byte[] raw, int rawFrom, int rawTo) {
    /// Whether the frame says something.
    public enum Kind {
        EVENT,
        FILLER
    }

    /// A frame of its own, for tests and for dialects without a raw form.
    public static Frame of(@Nullable String event, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        return new Frame(Kind.EVENT, event, bytes, 0, bytes.length, bytes, 0, bytes.length);
    }

    /// The data as text; malformed UTF-8 becomes U+FFFD.
    public String text() {
        return new String(data, dataFrom, dataTo - dataFrom, StandardCharsets.UTF_8);
    }

    /// Whether the data is exactly these ASCII characters.
    public boolean dataIs(String ascii) {
        if (dataTo - dataFrom != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (data[dataFrom + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
