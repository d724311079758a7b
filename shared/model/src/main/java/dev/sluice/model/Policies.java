package dev.sluice.model;

/// The owner's switches for what a target cannot carry. They act on the translated lane only.
///
/// @param strict what would be dropped with a warning is refused with 400
public record Policies(
        Loss unsupportedModality,
        Loss serverTools,
        boolean clampMaxTokens,
        boolean stripClientBillingBlock,
        boolean fetchRemoteMedia,
        boolean strict) {
    /// What to do with content that would be lost.
    public enum Loss {
        REJECT,
        DROP
    }

    public static final Policies DEFAULT = new Policies(Loss.REJECT, Loss.DROP, true, true, false, false);
}
