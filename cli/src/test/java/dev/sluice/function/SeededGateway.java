package dev.sluice.function;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.lambda.LambdaFunction;
import dev.sluice.lambda.LambdaRuntime;
import dev.sluice.lambda.MachineTime;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The gateway's function in which chance begins with the same seed in every process, as in copies of one snapshot. After
/// the restore it begins as in the real one, or with the same seed again: [#RESEEDED].
public final class SeededGateway implements LambdaFunction {
    /// The variable that says whether chance begins anew `after` the restore, or `never`.
    public static final String RESEEDED = "SEEDED_GATEWAY_RESEEDED";

    /// Begins a line that shows a number drawn after the restore.
    public static final String PROBE = "probe ";

    private static final long SEED = 42;

    private final GatewayFunction function;
    private final Chances chances;

    /// Hands out a generator for each life.
    private static final class Chances implements Supplier<RandomGenerator> {
        private final boolean reseeded;
        private final AtomicInteger lives = new AtomicInteger();

        Chances(boolean reseeded) {
            this.reseeded = reseeded;
        }

        @Override
        public RandomGenerator get() {
            return lives.getAndIncrement() == 0 || !reseeded ? new Random(SEED) : Chance.fresh();
        }
    }

    private SeededGateway(Map<String, String> environment) {
        chances = new Chances("after".equals(environment.get(RESEEDED)));
        function = new GatewayFunction(
                GatewayFunction.ground(
                        FunctionSettings.from(environment), environment, new MachineTime(), System.out::println),
                chances);
    }

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        LambdaRuntime.run(environment, () -> new SeededGateway(environment));
    }

    @Override
    public void handle(InboundRequest request, ClientResponse response) {
        function.handle(request, response);
    }

    @Override
    public void beforeSnapshot() {
        function.beforeSnapshot();
    }

    @Override
    public void afterRestore() {
        function.afterRestore();
        System.out.println(PROBE + chances.get().nextLong());
    }
}
