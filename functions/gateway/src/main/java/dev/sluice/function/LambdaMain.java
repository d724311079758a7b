package dev.sluice.function;

import dev.sluice.lambda.LambdaRuntime;
import dev.sluice.lambda.Takeover;
import java.util.Map;

/// Both entries of the function, so that one handler setting serves both: `dev.sluice.function.LambdaMain::handleRequest`.
///
/// With `AWS_LAMBDA_EXEC_WRAPPER=/var/task/bin/start` its `main` is the process; without it AWS's own runtime builds it and
/// hands its first invocation over.
public final class LambdaMain extends Takeover {
    public LambdaMain() {
        this(System.getenv());
    }

    private LambdaMain(Map<String, String> environment) {
        super(environment, () -> GatewayFunction.of(environment));
    }

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        LambdaRuntime.run(environment, () -> GatewayFunction.of(environment));
    }
}
