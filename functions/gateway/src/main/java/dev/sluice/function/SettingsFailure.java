package dev.sluice.function;

/// The environment does not say what the function needs to know; the message names each variable.
public final class SettingsFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    SettingsFailure(String message) {
        super(message);
    }
}
