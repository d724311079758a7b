package dev.sluice.cli.lambda;

import java.time.Duration;

/// What goes wrong on purpose, in each environment anew.
///
/// @param failedNexts so many calls of `invocation/next`, the first ones, get 500
/// @param nextDelay how long each event is held back
/// @param cutAfter after so many bytes of each answer the runtime's connection is cut; negative: never
/// @param repeatsIds whether each second invocation has the request id of the one before
/// @param forbiddenAnswers so many answers, the first ones, get 403
/// @param readPause before each read of an answer: a slow reader
/// @param eventBytes events are padded to that size; 0: not
public record Faults(
        int failedNexts,
        Duration nextDelay,
        long cutAfter,
        boolean repeatsIds,
        int forbiddenAnswers,
        Duration readPause,
        int eventBytes) {
    public static final Faults NONE = new Faults(0, Duration.ZERO, -1, false, 0, Duration.ZERO, 0);

    public Faults withFailedNexts(int count) {
        return new Faults(count, nextDelay, cutAfter, repeatsIds, forbiddenAnswers, readPause, eventBytes);
    }

    public Faults withNextDelay(Duration delay) {
        return new Faults(failedNexts, delay, cutAfter, repeatsIds, forbiddenAnswers, readPause, eventBytes);
    }

    public Faults withCutAfter(long bytes) {
        return new Faults(failedNexts, nextDelay, bytes, repeatsIds, forbiddenAnswers, readPause, eventBytes);
    }

    public Faults withRepeatedIds() {
        return new Faults(failedNexts, nextDelay, cutAfter, true, forbiddenAnswers, readPause, eventBytes);
    }

    public Faults withForbiddenAnswers(int count) {
        return new Faults(failedNexts, nextDelay, cutAfter, repeatsIds, count, readPause, eventBytes);
    }

    public Faults withReadPause(Duration pause) {
        return new Faults(failedNexts, nextDelay, cutAfter, repeatsIds, forbiddenAnswers, pause, eventBytes);
    }

    public Faults withEventBytes(int bytes) {
        return new Faults(failedNexts, nextDelay, cutAfter, repeatsIds, forbiddenAnswers, readPause, bytes);
    }
}
