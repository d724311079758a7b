package dev.sluice.lambda;

import dev.sluice.core.ports.Time;
import java.security.Security;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/// The process of a function: builds it, takes it through a snapshot where there is one, and runs its loop.
///
/// Follows the Runtime API's contract for snapshots of custom runtimes: hooks, `restore/next`, hooks, and exit code 64 when a
/// hook fails, as AWS's own Java client does.
public final class LambdaRuntime {
    private static final System.Logger LOG = System.getLogger(LambdaRuntime.class.getName());
    private static final int INIT_FAILED = 1;
    private static final int HOOK_FAILED = 64;

    private final Map<String, String> environment;
    private final Time time;

    LambdaRuntime(Map<String, String> environment, Time time) {
        this.environment = environment;
        this.time = time;
    }

    /// Runs the function and ends the process; never returns.
    ///
    /// @param environment the process's variables, as the service sets them. With `SLUICE_PRIME=true` a function without a
    ///     snapshot is primed too.
    public static void run(Map<String, String> environment, Supplier<? extends LambdaFunction> maker) {
        NameCache.keepBriefly();
        LogLines.install(LogOutput.of(environment, new MachineTime()));
        System.exit(new LambdaRuntime(environment, new MachineTime()).serve(maker));
    }

    /// Blocks; answers the exit code.
    int serve(Supplier<? extends LambdaFunction> maker) {
        String address = environment.getOrDefault("AWS_LAMBDA_RUNTIME_API", "");
        if (address.isEmpty()) {
            LOG.log(System.Logger.Level.ERROR, "AWS_LAMBDA_RUNTIME_API is not set: this is no Lambda environment");
            return INIT_FAILED;
        }
        RuntimeApi api = RuntimeApi.at(address);
        LambdaFunction function;
        try {
            function = maker.get();
        } catch (RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, "the function could not be built", fault);
            told(api.initError(ErrorReport.of("Function.InitFailed", fault)));
            return INIT_FAILED;
        }
        boolean snapshot =
                environment.getOrDefault("AWS_LAMBDA_INITIALIZATION_TYPE", "").equals("snap-start");
        if (snapshot || Boolean.parseBoolean(environment.get("SLUICE_PRIME"))) {
            prime(function);
        }
        if (snapshot && !(isFrozen(function, api) && isThawed(function, api))) {
            return HOOK_FAILED;
        }
        return new RuntimeLoop(function, time, () -> RuntimeApi.at(address)).run(workers(), LambdaRuntime::trace);
    }

    static void prime(LambdaFunction function) {
        try {
            function.prime();
        } catch (RuntimeException | Error cold) {
            LOG.log(System.Logger.Level.WARNING, "the function could not be primed and will start cold", cold);
        }
    }

    /// Everything up to the moment of restore.
    private boolean isFrozen(LambdaFunction function, RuntimeApi api) {
        try {
            function.beforeSnapshot();
            NameCache.outlive(time);
            System.gc();
        } catch (RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, "the hook before the snapshot failed", fault);
            told(api.initError(ErrorReport.of("Runtime.BeforeCheckpointError", fault)));
            return false;
        }
        return switch (api.restoreNext()) {
            case Sent.Accepted _ -> true;
            case Sent.Refused(int status, String reason) -> unrestored(api, "status " + status + " " + reason);
            case Sent.Broken(String reason) -> unrestored(api, reason);
        };
    }

    private static boolean unrestored(RuntimeApi api, String reason) {
        LOG.log(System.Logger.Level.ERROR, "no restore: " + reason);
        told(api.initError(ErrorReport.of("Runtime.BeforeCheckpointError", "restore/next failed: " + reason)));
        return false;
    }

    /// The connection that waited belongs to another copy of this process: its place is taken by a new one.
    private static boolean isThawed(LambdaFunction function, RuntimeApi api) {
        api.close();
        try {
            function.afterRestore();
            return true;
        } catch (RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, "the hook after the restore failed", fault);
            told(api.restoreError(ErrorReport.of("Runtime.AfterRestoreError", fault)));
            return false;
        } finally {
            api.close();
        }
    }

    private static void told(Sent sent) {
        if (!(sent instanceof Sent.Accepted)) {
            LOG.log(System.Logger.Level.WARNING, "the Runtime API did not take the error: " + sent);
        }
    }

    private int workers() {
        String wished = environment.getOrDefault("AWS_LAMBDA_MAX_CONCURRENCY", "1");
        try {
            return Math.max(1, Integer.parseInt(wished));
        } catch (NumberFormatException unknown) {
            LOG.log(System.Logger.Level.WARNING, "AWS_LAMBDA_MAX_CONCURRENCY is no number: one worker it is");
            return 1;
        }
    }

    /// Where AWS's SDK looks for the trace it is part of.
    static void trace(String id) {
        System.setProperty("com.amazonaws.xray.traceHeader", id);
    }

    /// The JDK's cache of host addresses. It counts in monotonic time, which stands still while a snapshot lies: what it holds
    /// when the snapshot is taken would look fresh after the restore, however long that is.
    static final class NameCache {
        private static final int SECONDS = 1;

        private NameCache() {}

        /// Must be called before the first name is looked up.
        static void keepBriefly() {
            Security.setProperty("networkaddress.cache.ttl", Integer.toString(SECONDS));
            Security.setProperty("networkaddress.cache.negative.ttl", Integer.toString(SECONDS));
        }

        /// Waits until nothing in it is valid any more.
        static void outlive(Time time) {
            try {
                time.sleep(Duration.ofSeconds(SECONDS).plusMillis(200));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
