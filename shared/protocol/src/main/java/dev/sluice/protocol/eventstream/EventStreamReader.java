package dev.sluice.protocol.eventstream;

import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.FrameReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Messages of `application/vnd.amazon.eventstream`. Both checksums are verified before anything of a message is handed
/// over; what fails them, or has an impossible length, ends the reading. Messages that lie whole in the fed bytes are not
/// copied.
///
/// A frame's event is the message's `:event-type`. Exceptions and errors are told by their prefix, [#EXCEPTION] and
/// [#ERROR]; the data of an exception is its payload, that of an error the text of its `:error-message`.
public final class EventStreamReader implements FrameReader {
    public static final String MEDIA_TYPE = "application/vnd.amazon.eventstream";
    public static final int DEFAULT_BOUND = 16 << 20;

    /// Before the name of an exception.
    public static final String EXCEPTION = "exception:";
    /// Before the code of an error that is no modelled exception.
    public static final String ERROR = "error:";

    private static final int SHORTEST = EventMessage.PRELUDE + EventMessage.CHECKSUM;
    private static final int KEPT_CAPACITY = 1 << 16;

    private final int bound;
    private final Consumer<EventMessage> messages;
    private ByteSink held = new ByteSink(0);
    private int wanted = EventMessage.PRELUDE;
    private @Nullable String problem;

    public EventStreamReader() {
        this(DEFAULT_BOUND, message -> {});
    }

    /// @param maxMessageBytes the longest message, checksums included
    /// @param messages hears every message with all its headers, before its frame; its offsets mean nothing there
    public EventStreamReader(int maxMessageBytes, Consumer<EventMessage> messages) {
        this.bound = maxMessageBytes;
        this.messages = messages;
    }

    @Override
    public boolean feed(byte[] bytes, int from, int to, Consumer<Frame> out) {
        int start = from;
        while (problem == null && start < to) {
            if (!held.isEmpty() || to - start < EventMessage.PRELUDE) {
                start = hold(bytes, start, to, out);
                continue;
            }
            int length = length(bytes, start);
            if (length > 0 && to - start >= length) {
                message(bytes, start, length, out);
                start += length;
            } else if (length > 0) {
                start = hold(bytes, start, to, out);
            }
        }
        return problem == null;
    }

    @Override
    public String problem() {
        return problem == null ? FrameReader.super.problem() : problem;
    }

    /// A message that broke off is nothing.
    @Override
    public void end(Consumer<Frame> out) {
        held = new ByteSink(0);
    }

    /// Keeps what the next step needs; answers where the rest begins.
    private int hold(byte[] bytes, int from, int to, Consumer<Frame> out) {
        int end = from + Math.min(to - from, wanted - held.size());
        held.write(bytes, from, end);
        if (held.size() == EventMessage.PRELUDE && wanted == EventMessage.PRELUDE) {
            wanted = length(held.array(), 0);
        } else if (held.size() == wanted && wanted > EventMessage.PRELUDE) {
            message(held.array(), 0, wanted, out);
            held = held.array().length > KEPT_CAPACITY ? new ByteSink(0) : held;
            held.clear();
            wanted = EventMessage.PRELUDE;
        }
        return end;
    }

    /// The message's length by its prelude; 0 when that is damaged or the length cannot be.
    private int length(byte[] bytes, int from) {
        ByteBuffer prelude = ByteBuffer.wrap(bytes, from, EventMessage.PRELUDE);
        int total = prelude.getInt();
        int headers = prelude.getInt();
        if (checksum(bytes, from, EventMessage.PRELUDE - EventMessage.CHECKSUM) != prelude.getInt()) {
            problem = "The provider's stream is damaged: the checksum of a message's head does not match.";
            return 0;
        }
        if (total < SHORTEST || headers < 0 || headers > total - SHORTEST) {
            problem = "The provider's stream is damaged: a message has an impossible length.";
            return 0;
        }
        if (total > bound) {
            problem = FrameReader.super.problem();
            return 0;
        }
        return total;
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private void message(byte[] bytes, int from, int length, Consumer<Frame> out) {
        int end = from + length - EventMessage.CHECKSUM;
        int given = ByteBuffer.wrap(bytes, end, EventMessage.CHECKSUM).getInt();
        if (checksum(bytes, from, end - from) != given) {
            problem = "The provider's stream is damaged: the checksum of a message does not match.";
            return;
        }
        EventMessage message = EventMessage.read(bytes, from, length);
        if (message == null) {
            problem = "The provider's stream is damaged: a message's headers cannot be read.";
            return;
        }
        messages.accept(message);
        out.accept(frame(message, bytes, from, from + length));
    }

    private static Frame frame(EventMessage message, byte[] bytes, int from, int to) {
        String type = message.text(":message-type");
        if ("error".equals(type)) {
            byte[] said = or(message.text(":error-message"), "").getBytes(StandardCharsets.UTF_8);
            String code = ERROR + or(message.text(":error-code"), "");
            return new Frame(Frame.Kind.EVENT, code, said, 0, said.length, bytes, from, to);
        }
        String event = "exception".equals(type)
                ? EXCEPTION + or(message.text(":exception-type"), "")
                : message.text(":event-type");
        return new Frame(Frame.Kind.EVENT, event, bytes, message.payloadFrom(), message.payloadTo(), bytes, from, to);
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
