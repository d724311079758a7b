package dev.sluice.lambda;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// What the JDK's logging has to say, as lines of JSON: a stack trace in many lines would be as many events.
final class LogLines extends Handler {
    /// Far below the 256 KB that an event may weigh.
    private static final int LONGEST_TRACE = 16 * 1024;

    private static final System.Logger LOG = System.getLogger(LogLines.class.getName());

    private final LogOutput output;

    LogLines(LogOutput output) {
        this.output = output;
        setFormatter(new SimpleFormatter()); // for the message alone
    }

    /// From now on the process's log and the ends of its threads go there, and nowhere else.
    static void install(LogOutput output) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LogLines(output));
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) ->
                LOG.log(System.Logger.Level.ERROR, "the thread '" + thread.getName() + "' ended by a fault", fault));
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        System.Logger.Level level = level(entry.getLevel());
        Json.Builder line = Json.object()
                .put("at", entry.getInstant().toString())
                .put("level", level.name().toLowerCase(Locale.ROOT))
                .put("from", String.valueOf(entry.getLoggerName()))
                .put("note", String.valueOf(getFormatter().formatMessage(entry)));
        if (entry.getThrown() != null) {
            line.put("error", trace(entry.getThrown()));
        }
        output.line(level, JsonText.print(line.build()));
    }

    private static System.Logger.Level level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return System.Logger.Level.ERROR;
        }
        if (value >= Level.WARNING.intValue()) {
            return System.Logger.Level.WARNING;
        }
        return value >= Level.INFO.intValue() ? System.Logger.Level.INFO : System.Logger.Level.DEBUG;
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        String whole = text.toString();
        return whole.length() <= LONGEST_TRACE ? whole : whole.substring(0, LONGEST_TRACE);
    }

    @Override
    public void flush() {
        // every line has left
    }

    @Override
    public void close() {
        // the channel is the process's
    }
}
