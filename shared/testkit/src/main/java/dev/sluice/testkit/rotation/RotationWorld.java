package dev.sluice.testkit.rotation;

import dev.sluice.core.access.FreshKey;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.ports.KeyProbe;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.core.ports.VersionedSecret;
import dev.sluice.core.ports.WorkerKeys;
import dev.sluice.core.rotation.Rotation;
import dev.sluice.core.rotation.RotationStep;
import dev.sluice.core.rotation.StepResult;
import dev.sluice.testkit.VirtualTime;
import dev.sluice.testkit.WorkerKeysContract.Place;
import dev.sluice.testkit.secrets.FakeSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/// A secret, a table, a gateway and a clock, and everything that can happen to a rotation there.
final class RotationWorld {
    private static final List<RotationStep> STEPS = List.of(RotationStep.values());
    private static final int MOST_CROSSINGS = 24;
    private static final Duration PURGED_AFTER = Duration.ofHours(24);
    private static final String NOT_MINTED = "made by nobody's rotation";

    private final VirtualTime time = new VirtualTime();
    private final FakeSecret secret = new FakeSecret("Sluice/master-key");
    private final KeyHash hashes = new KeyHash(new byte[32]);
    private final SplittableRandom chance = new SplittableRandom(7);
    private final List<String> versions = new ArrayList<>();
    private final Map<String, Duration> seen = new HashMap<>();
    private final List<String> trace = new ArrayList<>();
    private final RotationLaws laws;
    private final Crossings crossings;
    private final WorkerKeys keys;
    private final Rotation rotation;

    /// @param checksEachCall else only what each happening leaves behind
    RotationWorld(Place place, boolean checksEachCall) {
        secret.rotates(true);
        secret.put(NOT_MINTED);
        laws = new RotationLaws(secret, place, hashes, time);
        crossings = new Crossings(checksEachCall ? laws::check : () -> {});
        keys = new CrossedKeys(place.keys(), crossings, laws::wrote, laws::changed);
        KeyProbe probe = key -> place.record()
                        .apply(laws.hash(key))
                        .filter(known -> known.isValid(time.now()))
                        .isPresent()
                ? new KeyProbe.Verdict.Accepted()
                : new KeyProbe.Verdict.Refused();
        rotation = new Rotation(new CrossedSecret(secret, crossings), keys, hashes, probe, time, chance);
    }

    List<String> trace() {
        return trace;
    }

    /// One thing happens, perhaps with a failure or with another thing in the middle of it.
    void happen(SplittableRandom dice) {
        switch (dice.nextInt(6)) {
            case 0 -> {
                int at = dice.nextInt(MOST_CROSSINGS);
                trace.add("(a call fails at crossing " + at + ")");
                crossings.plan(at, Crossings::fail);
            }
            case 1 -> {
                int at = dice.nextInt(MOST_CROSSINGS);
                SplittableRandom inner = dice.split();
                crossings.plan(at, () -> within(inner));
            }
            default -> crossings.planNothing();
        }
        if (dice.nextInt(3) == 0) {
            together(dice);
        } else {
            attempt(() -> once(dice, 40));
        }
        crossings.planNothing();
        laws.check();
    }

    /// Two at once, each of them one thing or two.
    private void together(SplittableRandom dice) {
        trace.add("(two at once)");
        SplittableRandom one = dice.split();
        SplittableRandom other = dice.split();
        crossings.together(new Turns(dice.split()), () -> some(one), () -> some(other));
        trace.add("(both have ended)");
    }

    private void some(SplittableRandom dice) {
        attempt(() -> once(dice, 32));
        if (dice.nextBoolean()) {
            attempt(() -> once(dice, 32));
        }
    }

    /// What happens while another step is under way: it may fail, too; of time there passes no more than a function has.
    private void within(SplittableRandom dice) {
        trace.add("  (meanwhile)");
        if (dice.nextInt(3) == 0) {
            crossings.plan(dice.nextInt(MOST_CROSSINGS), Crossings::fail);
        }
        attempt(() -> once(dice, 32));
        trace.add("  (and on)");
    }

    private void attempt(Runnable what) {
        try {
            what.run();
        } catch (PortFailure lost) {
            trace.add("  lost");
        }
    }

    private void once(SplittableRandom dice, int sides) {
        int side = dice.nextInt(sides);
        if (side < 6) {
            begin();
        } else if (side < 16) {
            step(dice);
        } else if (side < 24) {
            begin();
            pending().ifPresent(this::rotate);
        } else if (side < 26) {
            wish(dice);
        } else if (side < 28) {
            trace.add("revoke the previous key");
            keys.revokePrevious(time.now());
        } else if (side < 30) {
            wishKey(dice);
        } else if (side < 32) {
            cancel();
        } else if (side < 34) {
            purge();
        } else {
            pass(dice);
        }
    }

    /// As `RotateSecret` does.
    private void begin() {
        String token = new UUID(chance.nextLong(), chance.nextLong()).toString();
        String version = secret.begin(token);
        trace.add("begin " + name(version));
        laws.check();
    }

    private Optional<String> pending() {
        return secret.holder(VersionedSecret.PENDING);
    }

    private String name(String version) {
        if (!versions.contains(version)) {
            versions.add(version);
            seen.put(version, time.elapsed());
        }
        return "v" + (versions.indexOf(version) + 1);
    }

    private void step(SplittableRandom dice) {
        if (!versions.isEmpty()) {
            // mostly the latest ones
            int back = Math.min(dice.nextInt(3), versions.size() - 1);
            String version = versions.get(versions.size() - 1 - back);
            take(STEPS.get(dice.nextInt(STEPS.size())), version);
        }
    }

    private boolean take(RotationStep step, String version) {
        trace.add(step.word() + " " + name(version));
        StepResult result = rotation.take(step, version);
        trace.add("  " + result.sentence());
        return result instanceof StepResult.Done;
    }

    /// As Secrets Manager does: the steps in order, none after one that fails.
    private boolean rotate(String version) {
        for (RotationStep step : STEPS) {
            if (!take(step, version)) {
                return false;
            }
        }
        return true;
    }

    private void wish(SplittableRandom dice) {
        Duration grace = Duration.ofHours(List.of(0, 0, 1, 24, 72).get(dice.nextInt(5)));
        trace.add("wish for a grace of " + grace);
        keys.wish(grace);
    }

    /// A key of the owner's own: strong, weak, or one that is in use.
    private void wishKey(SplittableRandom dice) {
        String key = switch (dice.nextInt(4)) {
            case 0 -> "weak";
            case 1 -> secret.stage(VersionedSecret.CURRENT).orElseThrow().text();
            case 2 ->
                secret.stage(VersionedSecret.PREVIOUS)
                        .map(VersionedSecret.Value::text)
                        .orElse("weak");
            default -> FreshKey.of(chance);
        };
        trace.add("wish for a key");
        secret.put(new UUID(chance.nextLong(), chance.nextLong()).toString(), key, Set.of(VersionedSecret.WISHED));
    }

    private void cancel() {
        pending()
                .filter(version -> !secret.holder(VersionedSecret.CURRENT).equals(Optional.of(version)))
                .ifPresent(version -> {
                    trace.add("cancel " + name(version));
                    secret.remove(VersionedSecret.PENDING, version);
                });
    }

    /// The service deletes versions without a label when they are a day old.
    private void purge() {
        trace.add("purge");
        secret.purge(version -> {
            Duration since = seen.get(version);
            return since != null && time.elapsed().minus(since).compareTo(PURGED_AFTER) > 0;
        });
    }

    private void pass(SplittableRandom dice) {
        Duration span = Duration.ofMinutes(
                List.of(0, 5, 59, 60, 23 * 60, 25 * 60, 80 * 60, 90 * 24 * 60).get(dice.nextInt(8)));
        trace.add("time passes: " + span);
        time.advance(span);
    }

    /// A rotation that is tried again until it has ended, with nothing in its way.
    void endWell() {
        for (int tries = 0; tries < 4; tries++) {
            begin();
            String version = pending().orElseThrow();
            if (rotate(version)) {
                laws.checkEnded(version);
                return;
            }
        }
        throw new RotationLaws.Broken("a rotation does not come to its end");
    }
}
