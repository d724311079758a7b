package dev.sluice.cli.endtoend;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// What this process tells by `System.Logger`, which `start` has on its standard error, stack traces included.
final class SystemLog extends Handler {
    private static final Logger ROOT = Logger.getLogger("");

    private final Queue<String> records = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter formatter = new SimpleFormatter();

    private SystemLog() {}

    static SystemLog start() {
        SystemLog log = new SystemLog();
        ROOT.addHandler(log);
        return log;
    }

    String text() {
        return String.join("\n", records);
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(formatter.format(entry));
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
