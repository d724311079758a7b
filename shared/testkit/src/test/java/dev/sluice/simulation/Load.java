package dev.sluice.simulation;

import dev.sluice.model.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the clients ask: Poisson arrivals of turns of coding sessions. The same for every strategy.
///
/// @param perSecond on average
/// @param stream how long an answer takes after its first content, by median
record Load(long seed, int requests, double perSecond, Duration stream) {
    private static final int SESSIONS_AT_ONCE = 40;
    private static final double LAST_TURN = 0.1;

    /// One request.
    ///
    /// @param turn of its session, from 0
    record Turn(int number, Duration arrival, int session, int turn, Dialect dialect) {}

    List<Turn> turns() {
        int[] sessions = new int[SESSIONS_AT_ONCE];
        int[] next = new int[SESSIONS_AT_ONCE];
        int known = SESSIONS_AT_ONCE;
        for (int i = 0; i < SESSIONS_AT_ONCE; i++) {
            sessions[i] = i;
        }
        List<Turn> turns = new ArrayList<>();
        double at = 0;
        for (int i = 0; i < requests; i++) {
            at += Dice.exponential(1 / perSecond, seed, 1, i);
            int slot = (int) (Dice.uniform(seed, 2, i) * SESSIONS_AT_ONCE);
            int session = sessions[slot];
            turns.add(new Turn(i, Duration.ofNanos((long) (at * 1e9)), session, next[slot]++, dialect(session)));
            if (Dice.uniform(seed, 3, i) < LAST_TURN) {
                sessions[slot] = known++;
                next[slot] = 0;
            }
        }
        return turns;
    }

    private static Dialect dialect(int session) {
        return session % 2 == 0 ? Dialect.ANTHROPIC : Dialect.OPENAI_CHAT;
    }
}
