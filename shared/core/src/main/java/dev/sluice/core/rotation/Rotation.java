package dev.sluice.core.rotation;

import static dev.sluice.core.ports.VersionedSecret.CURRENT;
import static dev.sluice.core.ports.VersionedSecret.PENDING;
import static dev.sluice.core.ports.VersionedSecret.WISHED;

import dev.sluice.core.access.FreshKey;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyStrength;
import dev.sluice.core.access.WorkerKeyChange;
import dev.sluice.core.access.WorkerKeyChange.Refused;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.KeyProbe;
import dev.sluice.core.ports.KeyProbe.Verdict;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.VersionedSecret;
import dev.sluice.core.ports.VersionedSecret.Description;
import dev.sluice.core.ports.VersionedSecret.Value;
import dev.sluice.core.ports.WorkerKeys;
import dev.sluice.core.rotation.StepResult.Done;
import dev.sluice.core.rotation.StepResult.Failed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The rotation of the master key in Secrets Manager's four steps. Each may be repeated, come late or twice at once, and
/// fail anywhere; the next call goes on from what is there.
///
/// Keys pass through and are named nowhere: the table gets their hashes, the log gets sentences without them.
public final class Rotation {
    private static final Duration PENDING_LIFE = Duration.ofHours(24);
    private static final Duration TEST_PATIENCE = Duration.ofSeconds(30);
    private static final Duration TEST_PAUSE = Duration.ofSeconds(1);
    private static final String OTHERS = "another step is at the same work: try again";

    private final VersionedSecret secret;
    private final WorkerKeys keys;
    private final KeyHash hashes;
    private final KeyProbe probe;
    private final Time time;
    private final RandomGenerator random;
    private final Decision decision;

    /// @param hashes as the gateway makes them
    /// @param random fit for secrets
    public Rotation(
            VersionedSecret secret,
            WorkerKeys keys,
            KeyHash hashes,
            KeyProbe probe,
            Time time,
            RandomGenerator random) {
        this.secret = secret;
        this.keys = keys;
        this.hashes = hashes;
        this.probe = probe;
        this.time = time;
        this.random = random;
        this.decision = new Decision(secret, keys, time);
    }

    /// Takes one step.
    ///
    /// @param version that the rotation makes: its request token
    public StepResult take(RotationStep step, String version) {
        try {
            return switch (step) {
                case CREATE -> onward(version, this::create);
                case SET -> onward(version, this::set);
                case TEST -> test(version);
                case FINISH -> onward(version, this::finish);
            };
        } catch (PortFailure failed) {
            return new Failed(String.valueOf(failed.getMessage()));
        }
    }

    @FunctionalInterface
    private interface Work {
        StepResult on(String version, Description seen);
    }

    /// Ends what was decided before, then does the work for a version that is still pending.
    private StepResult onward(String version, Work work) {
        Description first = secret.describe();
        if (!decision.carryOut(first)) {
            return new Failed(OTHERS);
        }
        Description seen = secret.describe();
        if (!seen.rotates()) {
            return new Failed("rotation is not set up for this secret");
        }
        Set<String> stages = seen.stagesOf(version);
        if (stages.contains(CURRENT)) {
            return current(version);
        }
        return stages.contains(PENDING)
                ? work.on(version, seen)
                : new Failed("version " + version + " is not pending: another rotation has taken its place");
    }

    /// The label has been moved; by hand, if the table does not know it.
    private StepResult current(String version) {
        boolean holds = keys.promote(version, time.now());
        secret.remove(PENDING, version);
        return new Done(
                holds
                        ? "version " + version + " is the current one"
                        : "version " + version
                                + " is the current one, but it was not made by a rotation: rotate once more");
    }

    private StepResult create(String version, Description seen) {
        Optional<Value> wished = secret.stage(WISHED);
        Optional<Value> made = secret.version(version);
        if (made.isPresent()) {
            wished.filter(wish -> wish.text().equals(made.get().text())).ifPresent(this::fulfilled);
            return new Done("version " + version + " has its key");
        }
        if (wished.isPresent()) {
            Optional<String> fault = fault(wished.get().text());
            if (fault.isPresent()) {
                fulfilled(wished.get()); // else every rotation from now on would fail like this one
                return new Failed("the key under the label " + WISHED + " is not taken, and the label is off; rotating"
                        + " again makes a random key. " + fault.get());
            }
        }
        boolean isPut =
                secret.put(version, wished.map(Value::text).orElseGet(() -> FreshKey.of(random)), Set.of(PENDING));
        if (isPut) {
            wished.ifPresent(this::fulfilled);
        }
        return new Done("version " + version + (wished.isPresent() ? " has the wished key" : " has a new key"));
    }

    private void fulfilled(Value wish) {
        secret.remove(WISHED, wish.version());
    }

    /// What speaks against a key of the owner's own.
    private Optional<String> fault(String key) {
        List<String> faults = KeyStrength.faults(key);
        if (!faults.isEmpty()) {
            return Optional.of("It is too weak. " + String.join(" ", faults));
        }
        return keys.state().isUsed(hashes.of(key))
                ? Optional.of("It holds already, or held before.")
                : Optional.empty();
    }

    private StepResult set(String version, Description seen) {
        Optional<Value> made = secret.version(version);
        if (made.isEmpty()) {
            return new Failed("version " + version + " has no key yet: createSecret comes first");
        }
        String hash = hashes.of(made.get().text());
        WorkerKeyChange change = keys.pend(version, hash, time.now(), time.now().plus(PENDING_LIFE));
        return switch (change) {
            case WorkerKeyChange.Changed _, WorkerKeyChange.Unchanged _ ->
                new Done("calls with the key of version " + version + " succeed");
            case Refused(WorkerKeyChange.Why why)
            when why == WorkerKeyChange.Why.KEY_IN_USE ->
                new Failed("the key of version " + version + " is in use already: take the label " + PENDING
                        + " off that version and rotate again");
            case Refused _ -> new Failed(OTHERS);
        };
    }

    private StepResult test(String version) {
        Optional<WorkerKeyState.Key> pending =
                keys.state().pending().filter(key -> key.version().equals(version));
        if (pending.isEmpty()) {
            return new Done("there is no pending key of version " + version + " to call with");
        }
        Optional<Value> made = secret.version(version);
        if (made.isEmpty() || !hashes.of(made.get().text()).equals(pending.get().hash())) {
            return new Failed("the table's pending key is not the one of version " + version);
        }
        return await(made.get().text(), version);
    }

    /// The gateway may hold on to what it knew for some seconds.
    private StepResult await(String key, String version) {
        long start = time.nanos();
        while (true) {
            Verdict verdict = probe.ask(key);
            if (verdict instanceof Verdict.Accepted) {
                return new Done("the gateway accepts the key of version " + version);
            }
            // Scheduled rotations must not fail for it; and the table, which the gateway goes by, was just seen to hold
            // the key.
            if (verdict instanceof Verdict.Outside) {
                return new Done(
                        "access.allowedIps keeps this function out: the gateway answers, and the table has the key"
                                + " of version " + version);
            }
            if (time.nanos() - start + TEST_PAUSE.toNanos() > TEST_PATIENCE.toNanos() || !paused()) {
                String last = verdict instanceof Verdict.Unclear(String why) ? why : "it answers 401";
                return new Failed("the gateway does not accept the key of version " + version + " within "
                        + TEST_PATIENCE.toSeconds() + " s: " + last);
            }
        }
    }

    private boolean paused() {
        try {
            time.sleep(TEST_PAUSE);
            return true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private StepResult finish(String version, Description seen) {
        if (!keys.decide(version)) {
            return new Failed("the table has no pending key of version " + version + ": setSecret comes first");
        }
        if (isCurrent(version)) { // the label was taken back by hand
            secret.move(CURRENT, seen.versionOf(CURRENT).orElse(null), version);
        } else if (!decision.carryOut(seen)) {
            return new Failed(OTHERS);
        }
        return secret.describe().stagesOf(version).contains(CURRENT) ? current(version) : new Failed(OTHERS);
    }

    private boolean isCurrent(String version) {
        return keys.state()
                .current()
                .filter(key -> key.version().equals(version))
                .isPresent();
    }
}
