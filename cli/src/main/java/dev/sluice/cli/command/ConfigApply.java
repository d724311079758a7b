package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.config.ConfigBook;
import dev.sluice.cli.control.Holdings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Check a document whole and put it in force as a new version.")
final class ConfigApply implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "FILE", description = "The document; - for standard input.")
    private String file = "-";

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    ConfigApply(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        byte[] document = Input.read(file, context.surroundings());
        try (Holdings holdings = context.holdings()) {
            ConfigBook book =
                    new ConfigBook(holdings.versions(), context.surroundings().time());
            context.settle();
            return new ApplyReport(context, holdings)
                    .show(book.apply(
                            document, options.wish(context.surroundings().who())));
        }
    }
}
