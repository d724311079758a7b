package dev.sluice.cli;

/// How a command ends, as the shell sees it.
public enum Exit {
    OK(0),
    /// It was tried and did not work, or somebody else was faster.
    FAILURE(1),
    /// It was asked for wrongly, or what was given is not valid.
    USAGE(2);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
