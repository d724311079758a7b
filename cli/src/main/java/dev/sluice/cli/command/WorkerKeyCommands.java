package dev.sluice.cli.command;

import dev.sluice.aws.http.GatewayProbe;
import dev.sluice.aws.owner.Deployment;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.control.Hosted;
import dev.sluice.cli.workerkey.LocalWorkerKey;
import dev.sluice.cli.workerkey.StackWorkerKey;
import dev.sluice.cli.workerkey.WorkerKey;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sluice worker-key ...`
final class WorkerKeyCommands {
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private WorkerKeyCommands() {}

    static CommandLine tree(Context context) {
        return new CommandLine(new Group())
                .addSubcommand("show-status", new WorkerKeyStatus(context))
                .addSubcommand("rotate", new WorkerKeyRotate(context))
                .addSubcommand("revoke-previous", new WorkerKeyRevokePrevious(context));
    }

    /// Of what the command is about.
    ///
    /// @param patience how long to wait for a rotation of a deployed stack to end
    static WorkerKey of(Context context, Holdings holdings, Duration patience) {
        if (!(holdings instanceof Hosted hosted)) {
            return new LocalWorkerKey(holdings, context.surroundings());
        }
        Deployment deployment = hosted.owner().deployment();
        return new StackWorkerKey(
                new StackWorkerKey.Stack(
                        hosted.owner().masterKey(),
                        hosted.workerKeys(),
                        hosted.hashes(),
                        GatewayProbe.unconnected(deployment.address()),
                        deployment.rotationFunction()),
                context.surroundings(),
                patience,
                sentence -> context.report().note("sluice: " + sentence));
    }

    @Command(
            name = "worker-key",
            mixinStandardHelpOptions = true,
            description = "The master key of the gateway: what holds, and a new one without an interruption.",
            synopsisSubcommandLabel = "COMMAND")
    static final class Group {}
}
