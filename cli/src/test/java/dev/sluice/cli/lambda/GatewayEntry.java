package dev.sluice.cli.lambda;

import dev.sluice.function.LambdaMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How the process of the gateway's function begins, in a task folder that [TaskJars] filled.
enum GatewayEntry {
    /// `AWS_LAMBDA_EXEC_WRAPPER=/var/task/bin/start`: the wrapper gets what Lambda would have run.
    WRAPPER,
    /// AWS's own runtime client, which finds the handler in `lib`.
    TAKEOVER;

    static final String HANDLER = LambdaMain.class.getName() + "::handleRequest";

    List<String> command(Path task) {
        List<String> usual = List.of(
                Engine.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx160m",
                "-cp",
                Path.of(System.getProperty("lambda.client"), "*").toString(),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                HANDLER);
        if (this == TAKEOVER) {
            return usual;
        }
        List<String> wrapped = new ArrayList<>(List.of(task.resolve("bin/start").toString()));
        wrapped.addAll(usual);
        return wrapped;
    }
}
