package dev.sluice.cli.workerkey;

import static dev.sluice.core.ports.VersionedSecret.CURRENT;
import static dev.sluice.core.ports.VersionedSecret.PENDING;
import static dev.sluice.core.ports.VersionedSecret.PREVIOUS;
import static dev.sluice.core.ports.VersionedSecret.WISHED;

import dev.sluice.aws.secrets.SecretVersions;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.KeyProbe;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.core.ports.VersionedSecret.Description;
import dev.sluice.core.ports.VersionedSecret.Value;
import dev.sluice.core.ports.WorkerKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// The master key of a deployed stack: in Secrets Manager, rotated there by the stack's own function, its hash in the
/// table. This side wishes, waits, and proves.
public final class StackWorkerKey implements WorkerKey {
    private final Stack stack;
    private final Surroundings surroundings;
    private final Duration patience;
    private final Consumer<String> progress;

    /// What of a stack has to do with its master key.
    ///
    /// @param function that rotates
    public record Stack(SecretVersions secret, WorkerKeys keys, KeyHash hashes, KeyProbe gateway, String function) {}

    /// @param patience how long to wait for a rotation to end
    /// @param progress told what is going on
    public StackWorkerKey(Stack stack, Surroundings surroundings, Duration patience, Consumer<String> progress) {
        this.stack = stack;
        this.surroundings = surroundings;
        this.patience = patience;
        this.progress = progress;
    }

    @Override
    public Standing standing() {
        Description secret = stack.secret().describe();
        WorkerKeyState state = stack.keys().state();
        List<String> doubts = new ArrayList<>();
        if (!secret.rotates()) {
            doubts.add("rotation is not set up for the secret: sluice deploy sets it up");
        }
        Optional<String> current = secret.versionOf(CURRENT);
        if (!current.equals(state.current().map(WorkerKeyState.Key::version))) {
            doubts.add(
                    state.current().isEmpty()
                            ? "no rotation has ended yet, so every key is 401: sluice worker-key rotate ends it, or says where"
                                    + " it hangs"
                            : "the secret's current version is not the one that the table knows: rotate once more");
        }
        return new Standing(state, Optional.ofNullable(secret.next()), doubts);
    }

    @Override
    public void check(Wish wish) {
        if (!stack.secret().describe().rotates()) {
            throw CommandFailure.failed(
                    "rotation is not set up for the secret of this stack: sluice deploy sets it up; nothing was changed");
        }
        wish.own().ifPresent(own -> {
            if (stack.keys().state().isUsed(stack.hashes().of(own))) {
                throw CommandFailure.usage(
                        "this key is the one that holds, or one that held before: take another; nothing was changed");
            }
        });
    }

    @Override
    public Rotated rotate(Wish wish) {
        check(wish);
        surroundings.stop().heed();
        Optional<Value> old = stack.secret().stage(CURRENT);
        wish.own().ifPresent(own -> stack.secret().put(UUID.randomUUID().toString(), own, Set.of(WISHED)));
        String version = begin(wish.grace());
        if (wish.own().isPresent() && !wish.own().equals(text(version))) {
            progress.accept("an earlier rotation has ended first; now for the given key");
            version = begin(wish.grace());
        }
        return proven(version, old, wish);
    }

    private Optional<String> text(String version) {
        return stack.secret().version(version).map(Value::text);
    }

    /// Wishes the grace, rotates, and waits for the end.
    private String begin(Duration grace) {
        stack.keys().wish(grace);
        String version = switch (stack.secret().rotate()) {
            case SecretVersions.Rotating.Started(String made) -> made;
            case SecretVersions.Rotating.Unfinished _ -> unfinished();
        };
        progress.accept("version " + version + " is on its way: createSecret, setSecret, testSecret, finishSecret");
        await(version);
        return version;
    }

    private String unfinished() {
        progress.accept("a rotation from before has not ended: Secrets Manager goes on with it");
        return stack.secret()
                .describe()
                .versionOf(PENDING)
                .orElseThrow(
                        () -> CommandFailure.failed("Secrets Manager is at another rotation: try again in a minute"));
    }

    private void await(String version) {
        RotationWatch watch = new RotationWatch(stack, version, progress);
        Instant end = surroundings.time().now().plus(patience);
        try {
            while (!watch.look()) {
                if (surroundings.stop().isAsked()) {
                    throw CommandFailure.failed(
                            "interrupted, and the rotation goes on without this command. " + watch.sentence());
                }
                if (!surroundings.time().now().isBefore(end)) {
                    throw CommandFailure.failed(
                            "the rotation has not ended after " + patience.toSeconds() + " s. " + watch.sentence());
                }
                surroundings.time().sleep(RotationWatch.PAUSE);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed(
                    "interrupted, and the rotation goes on without this command. " + watch.sentence());
        }
    }

    private Rotated proven(String version, Optional<Value> old, Wish wish) {
        String key = text(version)
                .orElseThrow(() -> CommandFailure.failed("the rotation has ended, and the secret does"
                        + " not show its version " + version + ": read it as AWSCURRENT, or rotate once more"));
        Proofs calls = new Proofs(stack.gateway(), surroundings.time());
        calls.accepted("the new key", key);
        old.map(Value::text)
                .filter(text -> !text.equals(key))
                .filter(this::isPrevious)
                .ifPresent(text -> {
                    boolean _ = wish.grace().isZero()
                            ? calls.refused("the old key", text)
                            : calls.accepted("the old key", text);
                });
        Optional<Instant> until = stack.keys()
                .state()
                .previous()
                .filter(before -> before.lives(surroundings.time().now()))
                .map(before -> Optional.ofNullable(before.until()).orElse(Instant.MAX));
        return new Rotated(key, version, until, calls.proofs(), calls.doubts());
    }

    private boolean isPrevious(String text) {
        String hash = stack.hashes().of(text);
        return stack.keys()
                .state()
                .previous()
                .filter(key -> key.hash().equals(hash))
                .isPresent();
    }

    @Override
    public Optional<Proofs> revokePrevious() {
        if (!stack.keys().revokePrevious(surroundings.time().now())) {
            return Optional.empty();
        }
        Proofs calls = new Proofs(stack.gateway(), surroundings.time());
        try {
            stack.secret()
                    .stage(PREVIOUS)
                    .map(Value::text)
                    .filter(this::isPrevious)
                    .ifPresent(text -> calls.refused("the old key", text));
        } catch (PortFailure notReadable) {
            progress.accept("the old key could not be tried: " + notReadable.getMessage());
        }
        return Optional.of(calls);
    }
}
