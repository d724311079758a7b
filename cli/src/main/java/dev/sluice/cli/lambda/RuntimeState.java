package dev.sluice.cli.lambda;

import org.jspecify.annotations.Nullable;

/// Where a runtime stands with the Runtime API. The service's own table (`core/states.go`): what is not in it is refused
/// with 403.
sealed interface RuntimeState {
    /// The process runs and has not said anything.
    record Started() implements RuntimeState {}

    record InitError() implements RuntimeState {}

    /// It waits in `restore/next`: this is where its snapshot is taken.
    record RestoreReady() implements RuntimeState {}

    record Restoring() implements RuntimeState {}

    record RestoreError() implements RuntimeState {}

    /// It waits in `invocation/next`.
    record Ready() implements RuntimeState {}

    record Running() implements RuntimeState {}

    record InvocationResponse() implements RuntimeState {}

    record InvocationErrorResponse() implements RuntimeState {}

    record ResponseSent() implements RuntimeState {}

    /// The service's name of this state.
    default String title() {
        return getClass().getSimpleName();
    }

    /// Where that step leads from here; null when it is not allowed.
    default @Nullable RuntimeState after(RuntimeStep step) {
        return switch (this) {
            case Started _ ->
                switch (step) {
                    case NEXT -> new Ready();
                    case RESTORE_NEXT -> new RestoreReady();
                    case INIT_ERROR -> new InitError();
                    default -> null;
                };
            case RestoreReady _ -> step == RuntimeStep.RESTORED ? new Restoring() : null;
            case Restoring _ ->
                switch (step) {
                    case NEXT -> new Ready();
                    case RESTORE_ERROR, INIT_ERROR -> new RestoreError();
                    default -> null;
                };
            case Ready _ ->
                switch (step) {
                    case NEXT -> this;
                    case INVOKED -> new Running();
                    default -> null;
                };
            case Running _ ->
                switch (step) {
                    case NEXT -> this; // the same event again
                    case RESPONSE -> new InvocationResponse();
                    case ERROR -> new InvocationErrorResponse();
                    default -> null;
                };
            case InvocationResponse _, InvocationErrorResponse _ ->
                step == RuntimeStep.ANSWERED ? new ResponseSent() : null;
            case ResponseSent _ -> step == RuntimeStep.NEXT ? new Ready() : null;
            case InitError _, RestoreError _ -> null;
        };
    }
}
