package dev.sluice.lambda;

import dev.sluice.core.ports.Time;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/// Where an environment's log goes: one line of JSON is one event. Thread-safe.
///
/// Where the service names a channel for frames (`_LAMBDA_TELEMETRY_LOG_FD`), a line goes there with its level and its time
/// to the microsecond, as AWS's own Java runtime sends it; else, or when the channel cannot be opened, to standard output.
public final class LogOutput {
    private static final String CHANNEL = "_LAMBDA_TELEMETRY_LOG_FD";

    /// Mark, level and two flags: a time is in the frame, and the text is JSON.
    private static final int MARK = 0xa55a0000;

    private static final int WITH_TIME = 2;
    private static final int LEVEL_SHIFT = 2;
    private static final int HEAD = 16;

    /// More than one of these may write to the same channel, and a pipe takes only small pieces whole.
    private static final Object CHANNELS = new Object();

    private final OutputStream out;
    private final boolean framed;
    private final Time time;

    LogOutput(OutputStream out, boolean framed, Time time) {
        this.out = out;
        this.framed = framed;
        this.time = time;
    }

    /// @param environment the process's variables
    public static LogOutput of(Map<String, String> environment, Time time) {
        String channel = environment.getOrDefault(CHANNEL, "");
        if (!channel.isEmpty() && channel.chars().allMatch(c -> c >= '0' && c <= '9')) {
            try {
                return new LogOutput(new FileOutputStream("/proc/self/fd/" + channel, true), true, time);
            } catch (FileNotFoundException noSuchChannel) {
                // standard output takes all, with the time of its arrival
            }
        }
        return new LogOutput(new FileOutputStream(FileDescriptor.out), false, time);
    }

    /// @param json without a line end
    public void line(System.Logger.Level level, String json) {
        byte[] text = (framed ? json : json + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] bytes = framed ? frame(level, text) : text;
        synchronized (CHANNELS) {
            try {
                out.write(bytes);
            } catch (IOException deaf) {
                // there is nobody left to tell
            }
        }
    }

    private byte[] frame(System.Logger.Level level, byte[] text) {
        Instant now = time.now();
        return ByteBuffer.allocate(HEAD + text.length)
                .putInt(MARK | number(level) << LEVEL_SHIFT | WITH_TIME)
                .putInt(text.length)
                .putLong(now.getEpochSecond() * 1_000_000 + now.getNano() / 1000)
                .put(text)
                .array();
    }

    /// As AWS counts levels.
    private static int number(System.Logger.Level level) {
        return switch (level) {
            case ALL, OFF -> 0;
            case TRACE -> 1;
            case DEBUG -> 2;
            case INFO -> 3;
            case WARNING -> 4;
            case ERROR -> 5;
        };
    }
}
