package dev.sluice.cli.lambda;

/// How environments come to be.
public enum InitType {
    ON_DEMAND("on-demand"),
    /// From a snapshot of an initialised process (SnapStart).
    SNAP_START("snap-start"),
    /// Ahead of any invocation, and again when one ends (provisioned concurrency). What comes beyond them starts on demand.
    PROVISIONED("provisioned-concurrency");

    private final String word;

    InitType(String word) {
        this.word = word;
    }

    /// As in `AWS_LAMBDA_INITIALIZATION_TYPE`.
    public String word() {
        return word;
    }
}
