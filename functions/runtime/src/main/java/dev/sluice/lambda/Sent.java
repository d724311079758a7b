package dev.sluice.lambda;

/// What became of something the runtime told the service.
sealed interface Sent {
    record Accepted() implements Sent {}

    /// @param reason the service's own words, or none
    record Refused(int status, String reason) implements Sent {}

    /// The connection was lost before the service had answered.
    record Broken(String reason) implements Sent {}
}
