package dev.sluice.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sluice.core.ports.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.crac.Core;
import org.crac.Resource;

/// The entry for an environment whose process is AWS's own Java runtime: on the first invocation it takes the loop over and
/// never gives it back.
///
/// AWS's runtime builds it, runs the snapshot hooks and waits for the restore. It cannot stream: so the first invocation is
/// answered here, over a connection of our own, and returning would answer it a second time. A subclass names the function.
public class Takeover implements RequestStreamHandler {
    private final LambdaFunction function;
    private final String address;
    private final Time time;
    private final IntConsumer exit;
    private final Resource hooks; // the registry of hooks holds it weakly

    protected Takeover(Map<String, String> environment, Supplier<? extends LambdaFunction> maker) {
        this(environment, logging(environment, maker), new MachineTime(), System::exit);
    }

    Takeover(Map<String, String> environment, Supplier<? extends LambdaFunction> maker, Time time, IntConsumer exit) {
        LambdaRuntime.NameCache.keepBriefly();
        this.address = environment.getOrDefault("AWS_LAMBDA_RUNTIME_API", "");
        this.function = maker.get();
        this.time = time;
        this.exit = exit;
        this.hooks = new Hooks(function);
        Core.getGlobalContext().register(hooks);
    }

    /// Before the function is built, which may have something to say.
    private static Supplier<? extends LambdaFunction> logging(
            Map<String, String> environment, Supplier<? extends LambdaFunction> maker) {
        LogLines.install(LogOutput.of(environment, new MachineTime()));
        return maker;
    }

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Next.Invocation first = new Next.Invocation(
                context.getAwsRequestId(),
                time.now().plusMillis(context.getRemainingTimeInMillis()),
                null, // AWS's runtime has set it
                input.readAllBytes(),
                false);
        Worker worker = new Worker(RuntimeApi.at(address), function, time, LambdaRuntime::trace);
        worker.serve(first);
        exit.accept(worker.run());
    }

    /// What AWS's runtime calls around a snapshot.
    Resource hooks() {
        return hooks;
    }

    private record Hooks(LambdaFunction function) implements Resource {
        @Override
        public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
            LambdaRuntime.prime(function);
            function.beforeSnapshot();
        }

        @Override
        public void afterRestore(org.crac.Context<? extends Resource> context) {
            function.afterRestore();
        }
    }
}
