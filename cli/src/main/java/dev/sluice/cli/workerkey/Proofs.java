package dev.sluice.cli.workerkey;

import dev.sluice.core.access.FreshKey;
import dev.sluice.core.ports.KeyProbe;
import dev.sluice.core.ports.KeyProbe.Verdict;
import dev.sluice.core.ports.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What calls with a key have shown. A gateway may go by what it knew for 5 seconds, so a call is repeated a while.
public final class Proofs {
    private static final int TRIES = 12;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KeyProbe probe;
    private final Time time;
    private final List<String> proofs = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();

    public Proofs(KeyProbe probe, Time time) {
        this.probe = probe;
        this.time = time;
    }

    /// What a key gets that nobody has.
    Verdict ofStranger(RandomGenerator random) {
        return probe.ask(FreshKey.of(random));
    }

    /// That the key gets 200.
    public boolean accepted(String name, String key) {
        Verdict last = await(key, true);
        return note(name, last, last instanceof Verdict.Accepted);
    }

    /// That the key gets 401.
    public boolean refused(String name, String key) {
        Verdict last = await(key, false);
        return note(name, last, last instanceof Verdict.Refused);
    }

    private Verdict await(String key, boolean wanted) {
        Verdict last = probe.ask(key);
        for (int tries = 1; tries < TRIES && !fits(last, wanted) && paused(); tries++) {
            last = probe.ask(key);
        }
        return last;
    }

    private static boolean fits(Verdict verdict, boolean accepted) {
        return switch (verdict) {
            case Verdict.Accepted _ -> accepted;
            case Verdict.Refused _ -> !accepted;
            case Verdict.Outside _, Verdict.Unclear _ -> false;
        };
    }

    private boolean paused() {
        try {
            time.sleep(PAUSE);
            return true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean note(String name, Verdict verdict, boolean fits) {
        String sentence = name
                + switch (verdict) {
                    case Verdict.Accepted _ -> " answers 200";
                    case Verdict.Refused _ -> " answers 401";
                    case Verdict.Outside _ -> " could not be tried: access.allowedIps leaves this address out";
                    case Verdict.Unclear(String why) -> " could not be tried: " + why;
                };
        (fits ? proofs : doubts).add(sentence);
        return fits;
    }

    public List<String> proofs() {
        return List.copyOf(proofs);
    }

    public List<String> doubts() {
        return List.copyOf(doubts);
    }
}
