package dev.sluice.cli;

/// Configuration documents for tests.
public final class Documents {
    public static final String FIRST = "{\"version\":1,\"providers\":[],\"strict\":false}";
    public static final String SECOND = "{\"version\":1,\"providers\":[],\"strict\":true}";
    /// Two names that do not exist.
    public static final String BAD = "{\"version\":1,\"provders\":[],\"strickt\":true}";

    private Documents() {}
}
