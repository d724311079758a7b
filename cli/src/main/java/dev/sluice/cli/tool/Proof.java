package dev.sluice.cli.tool;

/// How it is known that a tool works with what is written for it.
public enum Proof {
    RUN("run"),
    /// By its maker's document only.
    DOCUMENTED("documented, not run");

    private final String words;

    Proof(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
