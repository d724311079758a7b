package dev.sluice.rotation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SecretsManagerRotationEvent;
import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.http.GatewayProbe;
import dev.sluice.aws.secrets.GatewaySecret;
import dev.sluice.aws.secrets.SecretStore;
import dev.sluice.aws.secrets.SecretVersions;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.core.ports.Time;
import dev.sluice.core.rotation.Rotation;
import dev.sluice.core.rotation.RotationStep;
import dev.sluice.core.rotation.StepResult;
import dev.sluice.core.rotation.StepResult.Failed;
import dev.sluice.lambda.MachineTime;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Takes one step of a rotation of the master key for each event of Secrets Manager.
///
/// One line of JSON tells what came of it; a step that was not done is thrown as a [RotationFailure] with the same
/// sentence. Serves the one secret that its variables name.
public final class RotationFunction implements RequestHandler<SecretsManagerRotationEvent, @Nullable Void> {
    private final RotationSettings settings;
    private final Time time;
    private final RandomGenerator random;
    private @Nullable KeyHash hashes;

    public RotationFunction() {
        this(RotationSettings.from(System.getenv()), new MachineTime(), new SecureRandom());
    }

    /// Calls nobody.
    RotationFunction(RotationSettings settings, Time time, RandomGenerator random) {
        this.settings = settings;
        this.time = time;
        this.random = random;
    }

    @Override
    public @Nullable Void handleRequest(SecretsManagerRotationEvent event, Context context) {
        StepResult result = result(event);
        boolean isDone = result instanceof StepResult.Done;
        String line = JsonText.print(Json.object()
                .put("at", time.now().toString())
                .put("level", isDone ? "info" : "error")
                .put("from", "key-rotation")
                .put("step", text(event.getStep()))
                .put("version", text(event.getClientRequestToken()))
                .put("note", result.sentence())
                .build());
        context.getLogger().log(line + "\n");
        if (!isDone) {
            throw new RotationFailure(result.sentence());
        }
        return null;
    }

    private StepResult result(SecretsManagerRotationEvent event) {
        Optional<RotationStep> step = RotationStep.of(text(event.getStep()));
        String version = text(event.getClientRequestToken());
        if (step.isEmpty() || version.isEmpty()) {
            return new Failed("this is no step of a rotation: Step and ClientRequestToken have to name one");
        }
        if (!settings.masterSecret().equals(event.getSecretId())) {
            return new Failed("only the secret that " + RotationSettings.MASTER_SECRET + " names is rotated here");
        }
        try {
            return take(step.get(), version);
        } catch (PortFailure failed) {
            return new Failed(text(failed.getMessage()));
        } catch (RuntimeException unforeseen) {
            // nobody knows what its message holds
            return new Failed("the step has failed: " + unforeseen.getClass().getName() + " at " + place(unforeseen));
        }
    }

    /// Steps come seldom: what they are made with is made for each.
    private StepResult take(RotationStep step, String version) {
        try (DynamoStore store = DynamoStore.open(settings.table(), _ -> {});
                SecretVersions secret = SecretVersions.open(settings.secrets(), settings.masterSecret());
                GatewayProbe probe = new GatewayProbe(settings.gateway())) {
            return new Rotation(secret, store.workerKeys(), hashes(), probe, time, random).take(step, version);
        }
    }

    /// Of the gateway's own secret, which never changes.
    private KeyHash hashes() {
        KeyHash known = hashes;
        if (known == null) {
            try (SecretStore secrets = SecretStore.open(settings.secrets())) {
                known = GatewaySecret.read(secrets, settings.keySecret(), RotationSettings.KEY_SECRET, time)
                        .keyHash();
            }
            hashes = known;
        }
        return known;
    }

    private static String place(RuntimeException e) {
        for (StackTraceElement frame : e.getStackTrace()) {
            if (frame.getClassName().startsWith("dev.sluice.")) {
                return frame.getClassName() + ":" + frame.getLineNumber();
            }
        }
        return "an unknown place";
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
