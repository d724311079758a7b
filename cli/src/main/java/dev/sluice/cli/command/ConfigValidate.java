package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigReading.ConfigError;
import dev.sluice.model.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Check a document and name every error; needs no running gateway and changes nothing.")
final class ConfigValidate implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "FILE", description = "The document; - for standard input.")
    private String file = "-";

    ConfigValidate(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return switch (ConfigReader.read(Input.read(file, context.surroundings()), 1)) {
            case ConfigReading.Good good -> good(good.notYetInForce()).code();
            case ConfigReading.Refused(var errors) -> refused(errors).code();
        };
    }

    private Exit good(List<String> later) {
        Report report = context.report();
        if (context.common().json()) {
            report.json(answer(true, List.of(), later));
        } else {
            report.line("valid");
            later.forEach(sentence -> report.note("not yet in force: " + sentence));
        }
        return Exit.OK;
    }

    private Exit refused(List<ConfigError> errors) {
        Report report = context.report();
        if (context.common().json()) {
            report.json(answer(false, errors, List.of()));
        } else {
            report.table(ConfigText.ERROR_HEAD, ConfigText.errorRows(errors));
        }
        return Exit.USAGE;
    }

    private static Json answer(boolean valid, List<ConfigError> errors, List<String> later) {
        return Json.object()
                .put("valid", valid)
                .put("errors", ConfigText.errors(errors))
                .put("notYetInForce", Json.strings(later))
                .build();
    }
}
