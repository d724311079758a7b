package dev.sluice.cli.lambda;

/// How a Function URL passes answers on.
public enum InvokeMode {
    BUFFERED,
    RESPONSE_STREAM
}
