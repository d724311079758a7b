package dev.sluice.cli.command;

import dev.sluice.aws.owner.OwnerSettings;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.command.ToolKeys.Ending;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.tool.ToolState;
import dev.sluice.cli.tool.UndoRecord.OwnKey;
import dev.sluice.core.ports.PortFailure;
import java.nio.file.Files;
import java.util.Optional;

/// The key that a setup has made for a tool, once the tool does not have it any more: it is revoked, or its owner is told.
final class SpentKey {
    private final Context context;

    SpentKey(Context context) {
        this.context = context;
    }

    /// Whether it was still good, and is so no longer.
    boolean revoked(ToolState state) {
        OwnKey own = state.ownKey();
        if (own == null) {
            return false;
        }
        try {
            if (isReached(own)) {
                try (Holdings holdings = context.holdings()) {
                    return told(own, new ToolKeys(holdings, own.stack(), context.surroundings()).revoke(state));
                }
            }
            note(own, "");
        } catch (CommandFailure | PortFailure failed) {
            note(own, ": " + failed.getMessage());
        }
        return false;
    }

    /// Whether it was good until now; where its book is another one, its owner reads so.
    boolean told(OwnKey own, Ending ending) {
        if (ending == Ending.UNKNOWN) {
            note(own, ": it is not in the key book that was asked");
        }
        return ending == Ending.REVOKED;
    }

    /// Whether the command is about the place that has the key, without making anything there.
    private boolean isReached(OwnKey own) {
        Surroundings surroundings = context.surroundings();
        Optional<String> stack = context.common().deployed(surroundings).map(OwnerSettings::stack);
        return stack.equals(Optional.ofNullable(own.stack()))
                && (stack.isPresent()
                        || Files.exists(context.common().directory(surroundings).store()));
    }

    private void note(OwnKey own, String why) {
        context.report()
                .note("sluice: its key " + own.name() + " was not revoked" + why + "; do it with sluice key revoke "
                        + own.name() + (own.stack() == null ? "" : " --stack " + own.stack()));
    }
}
