package dev.sluice.core.resilience;

import dev.sluice.core.config.LoopBreakerRules;
import java.util.LinkedHashMap;

/// Notices a caller that resends one failing body, or goes on with one failing conversation, without limit: each resend
/// would be paid. What it counts is known by a hash. Thread-safe, bounded.
///
/// The order for one request: `isLooping`; unless that refuses it, `failed` or `succeeded` when it is over.
public final class LoopBreaker {
    private static final int MOST_BODIES = 4096;
    private static final int MOST_REPEATS = 1000;

    private final LinkedHashMap<Body, Failures> bodies = new LinkedHashMap<>(16, 0.75f, true);

    private record Body(String keyHash, long hash) {}

    /// The latest moments at which one body failed, in a ring.
    private static final class Failures {
        private final long[] moments;
        private int count;

        Failures(int size) {
            moments = new long[size];
        }

        void add(long nanos) {
            moments[count++ % moments.length] = nanos;
            if (count == 2 * moments.length) {
                count = moments.length;
            }
        }

        /// Whether the ring is full and its oldest moment is still inside the window.
        boolean fillWindow(long windowNanos, long nanos) {
            return count >= moments.length && nanos - moments[count % moments.length] < windowNanos;
        }
    }

    /// Whether nothing has failed lately: then no body need be hashed, and `succeeded` has nothing to do.
    public synchronized boolean isIdle() {
        return bodies.isEmpty();
    }

    /// Whether this body was sent and failed as often as the rules allow. A refusal counts as one more failure, so that
    /// a loop stays stopped until the caller pauses.
    public synchronized boolean isLooping(String keyHash, long bodyHash, LoopBreakerRules rules, long nanos) {
        if (rules.repeats() <= 0) {
            return false;
        }
        Failures failures = bodies.get(new Body(keyHash, bodyHash));
        if (failures == null || !failures.fillWindow(rules.window().toNanos(), nanos)) {
            return false;
        }
        failures.add(nanos);
        return true;
    }

    /// The answer to this body failed or was cut.
    public synchronized void failed(String keyHash, long bodyHash, LoopBreakerRules rules, long nanos) {
        if (rules.repeats() <= 0) {
            return;
        }
        int size = Math.min(rules.repeats(), MOST_REPEATS);
        Body body = new Body(keyHash, bodyHash);
        Failures failures = bodies.get(body);
        if (failures == null || failures.moments.length != size) {
            failures = new Failures(size);
            bodies.put(body, failures);
            forgetTheLeastRecent();
        }
        failures.add(nanos);
    }

    /// The answer to this body was whole: earlier failures no longer count.
    public synchronized void succeeded(String keyHash, long bodyHash) {
        bodies.remove(new Body(keyHash, bodyHash));
    }

    private void forgetTheLeastRecent() {
        if (bodies.size() > MOST_BODIES) {
            bodies.pollFirstEntry();
        }
    }
}
