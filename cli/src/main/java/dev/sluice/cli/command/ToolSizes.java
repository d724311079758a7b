package dev.sluice.cli.command;

import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.tool.ModelChoice;
import dev.sluice.core.access.Caller;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.demo.DemoProvider;
import dev.sluice.core.routing.ModelDirectory;
import java.util.Set;

/// How large models are by the configuration in force, as the gateway's own list would say it.
final class ToolSizes {
    private static final Caller OWNER = new Caller("owner", "owner", Caller.Kind.MASTER, Set.of());

    private final ConfigSnapshot config;

    ToolSizes(Holdings holdings) {
        this.config = Holdings.snapshot(holdings.versions()).orElseGet(ConfigSnapshot::empty);
    }

    /// Only its name when nobody has said how large it is.
    ModelChoice of(String ref) {
        return ModelDirectory.find(config, DemoProvider.config(), OWNER, ref)
                .map(entry -> new ModelChoice(ref, entry.contextWindow(), entry.maxOutputTokens()))
                .orElseGet(() -> ModelChoice.unknown(ref));
    }
}
