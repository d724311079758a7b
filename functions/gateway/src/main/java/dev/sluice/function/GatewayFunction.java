package dev.sluice.function;

import dev.sluice.aws.http.ClientSettings;
import dev.sluice.aws.http.RehearsedNetwork;
import dev.sluice.aws.secrets.GatewaySecret;
import dev.sluice.aws.secrets.OriginSecret;
import dev.sluice.aws.secrets.SecretStore;
import dev.sluice.core.access.Edge;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.Time;
import dev.sluice.lambda.LambdaFunction;
import dev.sluice.lambda.LogOutput;
import dev.sluice.lambda.MachineTime;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The gateway in a Lambda environment. Keys are known by their hash in the table only; there is no master key here.
///
/// The gateway's own secret is read when the function is built, and a snapshot holds it: it never rotates. Providers'
/// credentials, clients, sockets, chance and everything seen of the store belong to a [Life], of which no snapshot holds one.
public final class GatewayFunction implements LambdaFunction {
    /// Longer than a request waits: nothing is loaded yet. Three tries stay below the ten seconds of a start.
    private static final Duration AT_START = Duration.ofMillis(2_500);

    private final Life.Ground ground;
    private final Supplier<? extends RandomGenerator> chance;
    private volatile @Nullable Life life;

    GatewayFunction(Life.Ground ground, Supplier<? extends RandomGenerator> chance) {
        this.ground = ground;
        this.chance = chance;
        Life first = Life.begin(ground, chance.get());
        this.life = first;
        if (!ground.settings().snapshot()) {
            first.takeUp();
        }
    }

    /// The function of this process.
    ///
    /// Throws [SettingsFailure] or a `SecretFailure` where it cannot begin: the message names what has to be mended.
    public static GatewayFunction of(Map<String, String> environment) {
        ClientSettings.apply();
        FunctionSettings settings = FunctionSettings.from(environment);
        Time time = new MachineTime();
        LogOutput log = LogOutput.of(environment, time);
        return new GatewayFunction(
                ground(settings, environment, time, line -> log.line(System.Logger.Level.INFO, line)), Chance::fresh);
    }

    static Life.Ground ground(
            FunctionSettings settings, Map<String, String> environment, Time time, Consumer<String> lines) {
        Duration patience = settings.secrets().patience();
        try (SecretStore secrets = SecretStore.open(
                settings.secrets().withPatience(patience.compareTo(AT_START) > 0 ? patience : AT_START))) {
            GatewaySecret secret = GatewaySecret.read(secrets, settings.keySecret(), FunctionSettings.KEY_SECRET, time);
            Edge edge = settings.originSecret() == null
                    ? Edge.NONE
                    : OriginSecret.read(secrets, settings.originSecret(), FunctionSettings.ORIGIN_SECRET, time);
            CallMetrics metrics = settings.stack() == null ? null : new CallMetrics(settings.stack());
            return new Life.Ground(settings, environment, secret, edge, time, new FunctionLog(lines, time, metrics));
        }
    }

    @Override
    public void handle(InboundRequest request, ClientResponse response) {
        Life now = life;
        if (now == null) {
            throw new IllegalStateException("A request came between the snapshot and the restore.");
        }
        now.handle(request, response);
    }

    @Override
    public void prime() {
        new Rehearsal(ground.time()).play();
        RehearsedNetwork.play();
        Rehearsal.reach(ground.settings().table());
    }

    /// A second call changes nothing.
    @Override
    public void beforeSnapshot() {
        Life ended = life;
        life = null;
        if (ended != null) {
            ended.close();
        }
    }

    @Override
    public void afterRestore() {
        beforeSnapshot();
        Life next = Life.begin(ground, chance.get());
        next.takeUp();
        life = next;
    }
}
