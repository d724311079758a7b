package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.RemoteInvocations;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "invoke",
        mixinStandardHelpOptions = true,
        description =
                "Invoke the function of the running start --lambda with one event; the body of the answer comes on"
                        + " standard output as it streams, status and headers on standard error. Exit code 1 from status 400 on.")
final class Invoke implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "FILE", description = "An event of the Function URL, as JSON; - for standard input.")
    private String file = "";

    Invoke(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        byte[] event = Input.read(file, context.surroundings());
        Json.Obj json = JsonText.objectOrNull(event, 0, event.length);
        if (json == null) {
            throw CommandFailure.usage(file + " holds no JSON object: an event is one");
        }
        refuseWhatNobodyAnswers(json);
        DataDirectory directory = context.common().directory(context.surroundings());
        RemoteInvocations running = RemoteInvocations.find(directory)
                .orElseThrow(() -> CommandFailure.failed("no start runs on " + directory.path()
                        + ": start one with sluice start --lambda --data " + directory.path()));
        try {
            InvocationReport report = new InvocationReport(
                    context.surroundings(), context.common().json());
            running.invoke(event, report);
            return report.exit().code();
        } catch (ClientGone closed) {
            return Exit.FAILURE.code(); // whoever reads our output has enough
        }
    }

    /// The functions for them do not exist yet.
    private static void refuseWhatNobodyAnswers(Json.Obj event) {
        String what = event.has("Step") && event.has("SecretId")
                ? "a rotation of Secrets Manager"
                : event.text("source", "").startsWith("aws.") && event.has("detail-type") ? "a schedule" : "";
        if (!what.isEmpty()) {
            throw CommandFailure.usage(
                    "this is an event of " + what + ", and there is no function for it in this version:"
                            + " the gateway's function takes events of its Function URL (payload format 2.0)");
        }
    }
}
