package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "man",
        mixinStandardHelpOptions = true,
        description = "Print a command's manual page (sluice man provider add | man -l -), or write all of them.")
final class Manual implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The words of a command, such as provider add.")
    private List<String> words = List.of();

    @Option(names = "--into", paramLabel = "DIR", description = "Write the pages of all commands into this folder.")
    private @Nullable Path folder;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Manual(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        Path into = folder;
        if (into == null) {
            context.report().text(ManPage.of(find(root)));
        } else {
            write(into, ManPage.all(root));
        }
        return Exit.OK.code();
    }

    private CommandLine find(CommandLine root) {
        CommandLine found = root;
        for (String word : words) {
            Map<String, CommandLine> known = found.getSubcommands();
            CommandLine next = known.get(word);
            if (next == null) {
                throw WorkingCopy.unknown("command", word, known.keySet(), "sluice --help");
            }
            found = next;
        }
        return found;
    }

    private void write(Path into, Map<String, String> pages) {
        try {
            Files.createDirectories(into);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(into.resolve(page.getKey()), page.getValue(), StandardCharsets.UTF_8);
            }
        } catch (IOException notPossible) {
            throw CommandFailure.failed("cannot write into " + into + ": " + notPossible.getMessage());
        }
        if (context.common().json()) {
            context.report()
                    .json(Json.object()
                            .put("folder", into.toString())
                            .put("pages", Json.strings(List.copyOf(pages.keySet())))
                            .build());
        } else {
            context.report().line(pages.size() + " pages are in " + into);
        }
    }
}
