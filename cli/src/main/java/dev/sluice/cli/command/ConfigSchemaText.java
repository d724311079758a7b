package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.core.config.ConfigSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "schema", mixinStandardHelpOptions = true, description = "Print the JSON Schema of the configuration.")
final class ConfigSchemaText implements Callable<Integer> {
    private final Context context;

    ConfigSchemaText(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.report().line(ConfigSchema.text().stripTrailing());
        return Exit.OK.code();
    }
}
