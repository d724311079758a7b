package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.ports.CallLog;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which calls are asked for.
final class CallFilter implements Predicate<CallLog.Entry> {
    @Option(names = "--key", paramLabel = "NAME", description = "Only calls made with that key.")
    private @Nullable String key;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Only calls that asked for that model or alias, or were answered by it (provider/model or the"
                    + " model's own name).")
    private @Nullable String model;

    @Option(names = "--tool", paramLabel = "TOOL", description = "Only calls of that coding tool, such as claude-code.")
    private @Nullable String tool;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only calls that ended so: ok, error, a status such as 429, or a class of them such as 5xx.")
    private @Nullable String status;

    /// Ends the command for a status that there is not.
    void check() {
        if (status != null && byStatus(status) == null) {
            throw CommandFailure.usage(
                    "--status is ok, error, a status such as 429, or a class of them such as 5xx; not " + status);
        }
    }

    /// Whether every call will do.
    boolean isAny() {
        return key == null && model == null && tool == null && status == null;
    }

    @Override
    public boolean test(CallLog.Entry entry) {
        Predicate<CallLog.Entry> ended = status == null ? null : byStatus(status);
        return (key == null || key.equals(entry.caller()))
                && (model == null || isOfModel(entry, model))
                && (tool == null || tool.equalsIgnoreCase(entry.tool()))
                && (ended == null || ended.test(entry));
    }

    private static boolean isOfModel(CallLog.Entry entry, String model) {
        String target = entry.target();
        return model.equals(entry.model())
                || target != null
                        && (target.equals(model)
                                || target.substring(target.indexOf('/') + 1).equals(model));
    }

    /// Null: there is no such status.
    private static @Nullable Predicate<CallLog.Entry> byStatus(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "ok" -> entry -> entry.outcome().equals("ok");
            case "error" -> CallFilter::isError;
            case "1xx", "2xx", "3xx", "4xx", "5xx" -> entry -> entry.status() / 100 == wanted.charAt(0) - '0';
            default -> isStatus(wanted) ? entry -> entry.status() == Integer.parseInt(wanted) : null;
        };
    }

    private static boolean isStatus(String text) {
        return text.length() == 3
                && text.charAt(0) >= '1'
                && text.charAt(0) <= '5'
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// Whether the client did not get what it asked for. One that has left is none.
    static boolean isError(CallLog.Entry entry) {
        return entry.failure() != null || entry.status() >= 400;
    }
}
