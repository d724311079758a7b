package dev.sluice.simulation;

import dev.sluice.simulation.SimulatedUpstream.Reached;
import dev.sluice.simulation.Simulation.Answered;
import dev.sluice.simulation.Simulation.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Where the turns of sessions were served.
///
/// @param homes the target of each session's first served turn, by its index
/// @param sticky the share of later turns that were served there; 1 when there are none
/// @param cacheLoss the share of later turns that were served elsewhere than the turn before
record Affinity(Map<Integer, Integer> homes, double sticky, double cacheLoss) {
    static Affinity of(Run run) {
        Map<Integer, Integer> servedAt = servedAt(run.reached());
        Map<Integer, Integer> homes = new TreeMap<>();
        Map<Integer, Integer> latest = new HashMap<>();
        int later = 0;
        int atHome = 0;
        int lost = 0;
        for (Answered answer : run.answered()) {
            Integer target = servedAt.get(answer.turn().number());
            if (target == null || !answer.isServed()) {
                continue;
            }
            int session = answer.turn().session();
            Integer before = latest.put(session, target);
            if (before == null) {
                homes.put(session, target);
                continue;
            }
            later++;
            atHome += target.equals(homes.get(session)) ? 1 : 0;
            lost += target.equals(before) ? 0 : 1;
        }
        return later == 0
                ? new Affinity(homes, 1, 0)
                : new Affinity(homes, (double) atHome / later, (double) lost / later);
    }

    /// The target that served each request.
    static Map<Integer, Integer> servedAt(List<Reached> reached) {
        Map<Integer, Integer> servedAt = new HashMap<>();
        for (Reached attempt : reached) {
            if (attempt.isServed()) {
                servedAt.put(attempt.request(), attempt.target());
            }
        }
        return servedAt;
    }
}
