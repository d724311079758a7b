package dev.sluice.cli;

/// Ends a command with one message for a person, who learns from it what to do; never with a secret in it.
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exit exit;

    private CommandFailure(Exit exit, String message) {
        super(message);
        this.exit = exit;
    }

    public static CommandFailure failed(String message) {
        return new CommandFailure(Exit.FAILURE, message);
    }

    public static CommandFailure usage(String message) {
        return new CommandFailure(Exit.USAGE, message);
    }

    public Exit exit() {
        return exit;
    }

    /// The message, which is never absent here.
    public String text() {
        return String.valueOf(getMessage());
    }
}
