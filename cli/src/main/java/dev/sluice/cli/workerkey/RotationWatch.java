package dev.sluice.cli.workerkey;

import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.VersionedSecret;
import dev.sluice.core.rotation.RotationStep;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// How far one rotation is, as secret and table show it: Secrets Manager itself does not tell.
final class RotationWatch {
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final StackWorkerKey.Stack stack;
    private final String version;
    private final Consumer<String> progress;
    private RotationStep at = RotationStep.CREATE;

    RotationWatch(StackWorkerKey.Stack stack, String version, Consumer<String> progress) {
        this.stack = stack;
        this.version = version;
        this.progress = progress;
    }

    /// Whether it has ended: secret and table both name the new key.
    boolean look() {
        WorkerKeyState state = stack.keys().state();
        boolean holds = isVersion(state.current());
        if (holds && stack.secret().describe().stagesOf(version).contains(VersionedSecret.CURRENT)) {
            return true;
        }
        RotationStep now = step(state, holds);
        if (now != at) {
            progress.accept(at.word() + " is done, " + now.word() + " is next");
            at = now;
        }
        return false;
    }

    private RotationStep step(WorkerKeyState state, boolean holds) {
        if (holds || state.decided().filter(version::equals).isPresent()) {
            return RotationStep.FINISH;
        }
        if (isVersion(state.pending())) {
            return RotationStep.TEST;
        }
        return stack.secret().version(version).isPresent() ? RotationStep.SET : RotationStep.CREATE;
    }

    private boolean isVersion(Optional<WorkerKeyState.Key> key) {
        return key.filter(one -> one.version().equals(version)).isPresent();
    }

    /// Where it is, what holds meanwhile, and how to go on.
    String sentence() {
        return "It is in " + at.word() + " (" + meaning()
                + "). The old key holds as before, and no other was shown. Why it"
                + " hangs is in the log of the function " + stack.function() + " (log group /aws/lambda/"
                + stack.function() + "). Secrets Manager tries again by itself, and sluice worker-key rotate goes on"
                + " from there";
    }

    private String meaning() {
        return switch (at) {
            case CREATE -> "the function makes the key";
            case SET -> "the function writes its hash to the table";
            case TEST -> "the function waits for the gateway to take the new key";
            case FINISH -> "the function makes the new key the current one";
        };
    }
}
