package dev.sluice.cli.front;

/// A request that is not HTTP as it should be: answered plainly with that status, and the connection is closed, because
/// nobody can know where the next request would begin.
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    Refusal(int status, String reason) {
        super(reason, null, false, false);
        this.reason = reason;
        this.status = status;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }
}
