package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.PrettyJson;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.config.ConfigBook;
import dev.sluice.cli.control.Holdings;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Print the configuration in force, in a form that apply takes.")
final class ConfigShow implements Callable<Integer> {
    private final Context context;

    ConfigShow(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            Optional<Version> head = holdings.versions().head();
            Json.Obj document = JsonText.objectOrNull(ConfigBook.documentOf(head));
            if (document == null) {
                throw CommandFailure.failed("the stored configuration is damaged: apply a file, or roll back");
            }
            if (context.common().json()) {
                context.report().json(answer(head, document));
            } else {
                context.report().note(title(head));
                context.report().line(PrettyJson.print(document));
            }
            return Exit.OK.code();
        }
    }

    private static Json answer(Optional<Version> head, Json.Obj document) {
        return Json.object()
                .put("version", head.map(Version::number).orElse(0L))
                .put("who", Json.orNull(head.map(Version::who).orElse(null)))
                .put(
                        "when",
                        Json.orNull(
                                head.map(version -> version.when().toString()).orElse(null)))
                .put("document", document)
                .build();
    }

    private static String title(Optional<Version> head) {
        return head.map(version -> "version " + version.number() + ", by " + version.who() + " at " + version.when())
                .orElse("nothing is configured: every model name reaches the demo provider");
    }
}
