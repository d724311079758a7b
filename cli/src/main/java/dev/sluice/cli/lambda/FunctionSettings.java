package dev.sluice.cli.lambda;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A function as it is configured: what is run and with what.
///
/// @param command what starts the runtime: the wrapper or the interpreter, with its arguments
/// @param taskRoot the unpacked function; the process runs there
/// @param environment the function's own variables, on top of those that Lambda sets
/// @param memoryMegabytes an environment whose process holds more is killed
/// @param timeout for one invocation
public record FunctionSettings(
        String name,
        List<String> command,
        Path taskRoot,
        String handler,
        Map<String, String> environment,
        int memoryMegabytes,
        Duration timeout,
        InitType initType,
        InvokeMode mode) {
    private static final String CONCURRENCY = "AWS_LAMBDA_MAX_CONCURRENCY";

    public FunctionSettings {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    FunctionSettings onDemand() {
        return new FunctionSettings(
                name, command, taskRoot, handler, environment, memoryMegabytes, timeout, InitType.ON_DEMAND, mode);
    }

    /// How many invocations one environment takes at a time.
    int concurrency() {
        String wanted = environment.get(CONCURRENCY);
        return wanted == null ? 1 : Math.max(1, Integer.parseInt(wanted));
    }
}
