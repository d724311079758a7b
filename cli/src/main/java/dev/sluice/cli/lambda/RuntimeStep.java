package dev.sluice.cli.lambda;

/// What moves a runtime from one state to the next: its own calls, and three things that happen to it.
enum RuntimeStep {
    NEXT("Ready"),
    RESTORE_NEXT("RestoreReady"),
    RESPONSE("InvocationResponse"),
    ERROR("InvocationErrorResponse"),
    INIT_ERROR("InitError"),
    RESTORE_ERROR("RestoreError"),
    /// An event is handed to it.
    INVOKED("Running"),
    /// Its snapshot was restored.
    RESTORED("Restoring"),
    /// The body of its answer ended.
    ANSWERED("ResponseSent");

    private final String target;

    RuntimeStep(String target) {
        this.target = target;
    }

    /// The service's name of the state that this step asks for.
    String target() {
        return target;
    }
}
