package dev.sluice.infra;

import software.amazon.awscdk.RemovalPolicy;

/// What becomes of what holds data when the stack goes.
final class Removal {
    private Removal() {}

    /// Kept, unless the very first deployment fails: what a rolled back stack leaves behind would be in the way of the next.
    static RemovalPolicy of(Settings settings) {
        return settings.retain() ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    }
}
