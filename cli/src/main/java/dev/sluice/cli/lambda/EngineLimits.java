package dev.sluice.cli.lambda;

import java.time.Duration;

/// The service's own limits.
///
/// @param environments the most at one time; beyond it invocations are throttled
/// @param provisioned how many of them stand ready ahead of any invocation, where the function is set so
/// @param init for the first start of an environment on demand
/// @param snapshotInit for a start up to the snapshot, unless the function's timeout is longer
/// @param restore from the restored snapshot to the first `invocation/next`
/// @param snapshotAge how long the process stands still between snapshot and restore
/// @param settling how long an invocation waits for an environment that has answered and is about to be free, before
///     it takes a new one
/// @param payload the most bytes of an event, and of a buffered answer
/// @param stream the most bytes of a streamed answer
/// @param burst bytes of a streamed answer that are passed on at full speed
/// @param rate bytes in a second after that
public record EngineLimits(
        int environments,
        int provisioned,
        Duration init,
        Duration snapshotInit,
        Duration restore,
        Duration snapshotAge,
        Duration settling,
        int payload,
        long stream,
        long burst,
        long rate) {
    private static final int MEBIBYTE = 1024 * 1024;

    public static final EngineLimits DEFAULT = new EngineLimits(
            10,
            1,
            Duration.ofSeconds(10),
            Duration.ofSeconds(130),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ofMillis(100),
            6 * MEBIBYTE + 100,
            200L * MEBIBYTE,
            6L * MEBIBYTE,
            2L * MEBIBYTE);

    public EngineLimits withEnvironments(int most) {
        return new EngineLimits(
                most, provisioned, init, snapshotInit, restore, snapshotAge, settling, payload, stream, burst, rate);
    }

    public EngineLimits withProvisioned(int ready) {
        return new EngineLimits(
                environments, ready, init, snapshotInit, restore, snapshotAge, settling, payload, stream, burst, rate);
    }

    public EngineLimits withInit(Duration limit) {
        return new EngineLimits(
                environments,
                provisioned,
                limit,
                snapshotInit,
                restore,
                snapshotAge,
                settling,
                payload,
                stream,
                burst,
                rate);
    }

    public EngineLimits withRestore(Duration limit) {
        return new EngineLimits(
                environments,
                provisioned,
                init,
                snapshotInit,
                limit,
                snapshotAge,
                settling,
                payload,
                stream,
                burst,
                rate);
    }

    public EngineLimits withSettling(Duration patience) {
        return new EngineLimits(
                environments,
                provisioned,
                init,
                snapshotInit,
                restore,
                snapshotAge,
                patience,
                payload,
                stream,
                burst,
                rate);
    }

    public EngineLimits withStream(long bytes) {
        return new EngineLimits(
                environments,
                provisioned,
                init,
                snapshotInit,
                restore,
                snapshotAge,
                settling,
                payload,
                bytes,
                burst,
                rate);
    }
}
