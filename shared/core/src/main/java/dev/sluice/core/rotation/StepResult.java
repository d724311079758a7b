package dev.sluice.core.rotation;

/// What became of one step of a rotation. Its sentences can be logged: they hold no key.
public sealed interface StepResult {
    String sentence();

    /// It is done, now or before.
    record Done(String sentence) implements StepResult {}

    /// It is not done; it may be tried again.
    record Failed(String sentence) implements StepResult {}
}
