package dev.sluice.core.config;

/// Where a provider's secret is: never the secret itself.
public sealed interface CredentialRef {
    /// A name in the credential store.
    record Stored(String name) implements CredentialRef {}

    /// An environment variable of the serving process.
    record Environment(String variable) implements CredentialRef {}
}
