package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.model.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "End a key for good: requests that start later get 401, those under way go on to their end.")
final class KeyRevoke implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "NAME", description = "A name of sluice key list.")
    private String name = "";

    @Option(names = "--yes", description = "Also a key of kind master.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Say what it is, and change nothing.")
    private boolean dryRun;

    KeyRevoke(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            KeyBook keys = holdings.keys();
            KeyRecord key = find(keys.list());
            context.settle();
            if (KeyText.isMaster(key) && !yes) {
                throw CommandFailure.usage(name + " is the key that a sluice start --lambda calls its function with:"
                        + " --yes revokes it all the same, and that start has to be started again");
            }
            boolean before = key.revoked();
            if (!dryRun && !before && !keys.revoke(name) && !isRevoked(keys)) {
                throw CommandFailure.failed(name + " could not be revoked: try again");
            }
            show(before);
            return Exit.OK.code();
        }
    }

    /// Somebody else may have been faster.
    private boolean isRevoked(KeyBook keys) {
        return find(keys.list()).revoked();
    }

    private KeyRecord find(List<KeyRecord> keys) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst().orElseThrow(() -> unknown(keys));
    }

    private CommandFailure unknown(List<KeyRecord> keys) {
        Secrets.refuseAsName(name);
        return WorkingCopy.unknown(
                "key", name, keys.stream().map(KeyRecord::name).toList(), "sluice key list");
    }

    private void show(boolean before) {
        String result = before ? "was-revoked" : dryRun ? "dry-run" : "revoked";
        if (context.common().json()) {
            context.report()
                    .json(Json.object().put("name", name).put("result", result).build());
        } else if (before) {
            context.report().line(name + " was revoked before");
        } else if (dryRun) {
            context.report().line("would revoke " + name + "; nothing was changed");
        } else {
            context.report().line(name + " is revoked: a request that starts 5 s from now, or later, gets 401 with it");
        }
    }
}
