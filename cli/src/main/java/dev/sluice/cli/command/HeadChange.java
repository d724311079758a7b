package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.config.Applied;
import dev.sluice.cli.config.ConfigBook;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.provider.WorkingCopy;
import java.util.function.UnaryOperator;

/// Changes the configuration in force: reads it, has it edited, checks it whole, writes it as a new version unless
/// somebody else was faster, and tells what changed.
final class HeadChange {
    private final Context context;
    private final ChangeOptions options;
    private final String what;

    /// @param what for the history, such as `provider add openrouter`
    HeadChange(Context context, ChangeOptions options, String what) {
        this.context = context;
        this.options = options;
        this.what = what;
    }

    /// The whole of it; answers the exit code.
    int run(UnaryOperator<WorkingCopy> edit) {
        try (Holdings holdings = context.holdings()) {
            WorkingCopy after = edit.apply(WorkingCopy.of(holdings.versions().head()));
            return show(holdings, apply(holdings, after));
        }
    }

    /// What would become of it; nothing is written.
    Applied plan(Holdings holdings, WorkingCopy after) {
        ConfigBook.Wish wish = options.wish(who(), after.version());
        return book(holdings).apply(after.bytes(), new ConfigBook.Wish(wish.who(), true, wish.ifVersion()));
    }

    Applied apply(Holdings holdings, WorkingCopy after) {
        context.settle();
        return book(holdings).apply(after.bytes(), options.wish(who(), after.version()));
    }

    int show(Holdings holdings, Applied applied) {
        return new ApplyReport(context, holdings).show(applied);
    }

    private ConfigBook book(Holdings holdings) {
        return new ConfigBook(holdings.versions(), context.surroundings().time());
    }

    private String who() {
        return context.surroundings().who() + " (" + what + ")";
    }
}
