package dev.sluice.protocol.translate;

import dev.sluice.model.Block;
import dev.sluice.protocol.TargetProfile;

/// The line that a coding tool puts into its prompt for the books of its own vendor.
public final class BillingLine {
    private static final String HEADER = "x-anthropic-billing-header:";

    private BillingLine() {}

    /// Whether the owner wants it left out: it is different in each build and would defeat every prompt cache.
    public static boolean isUnwanted(Block.Text text, TargetProfile target) {
        return target.policies().stripClientBillingBlock() && text.text().startsWith(HEADER);
    }
}
