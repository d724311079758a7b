package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.tool.gate.Gate;
import dev.sluice.cli.tool.gate.Gate.Verdict;
import dev.sluice.model.Dialect;
import java.time.Duration;

/// A gate for a key that was made a moment ago: a gateway may go by what it knew for 5 seconds.
final class PatientGate {
    private static final int TRIES = 9;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Gate gate;
    private final Context context;

    PatientGate(Gate gate, Context context) {
        this.gate = gate;
        this.context = context;
    }

    Verdict ask(Dialect dialect, String model) {
        Verdict verdict = gate.ask(dialect, model);
        for (int tries = 1; tries < TRIES && isTooEarly(verdict) && paused(tries); tries++) {
            verdict = gate.ask(dialect, model);
        }
        return verdict;
    }

    private static boolean isTooEarly(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused && refused.isUnknownKey();
    }

    private boolean paused(int tries) {
        if (tries == 1 && !context.common().json()) {
            context.report().note("waiting for the gateway to know the new key...");
        }
        try {
            context.surroundings().time().sleep(PAUSE);
            return !context.surroundings().stop().isAsked();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
