package dev.sluice.simulation;

import dev.sluice.core.ports.CallLog;
import dev.sluice.simulation.SimulatedUpstream.Reached;
import dev.sluice.testkit.FakeLimitStore;
import dev.sluice.testkit.FakeRegistry;
import dev.sluice.testkit.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs one cell: every request through the real gateway, in virtual time.
final class Simulation {
    private final Cell cell;
    private final VirtualScheduler time;
    private final SimulatedUpstream upstream;
    private final DistantLimitStore store;
    private final Environments environments;
    private final List<Answered> answered = new ArrayList<>();

    /// How one request went.
    ///
    /// @param firstContent after its arrival; null: none came
    record Answered(
            Load.Turn turn,
            int status,
            boolean isServed,
            @Nullable Duration firstContent,
            String skipped) {}

    /// What came of a cell.
    ///
    /// @param answered in the order of arrival
    /// @param reached every attempt, in the order of arrival at its provider
    /// @param lives of the environments that were started
    /// @param admissions asked of the store
    /// @param trips to the store in all, admissions among them
    record Run(
            Cell cell,
            List<Answered> answered,
            List<Reached> reached,
            List<Duration> lives,
            long admissions,
            long trips) {}

    private Simulation(Cell cell, List<TargetSpec> targets) {
        this.cell = cell;
        Scenario scenario = cell.scenario();
        this.time = new VirtualScheduler(scenario.start());
        this.upstream = new SimulatedUpstream(time, targets, cell.load());
        this.store =
                new DistantLimitStore(new FakeLimitStore(), time, cell.load().seed());
        FakeRegistry registry = new FakeRegistry();
        registry.write(0, Configuration.text(targets, scenario.caps(), cell.strategy()), "owner", scenario.start());
        registry.create(Environment.key(scenario.start()));
        Environment.World world = new Environment.World(time, upstream, store, registry, Simulation::noDefect);
        this.environments = new Environments(
                time,
                cell.place().isLambda(),
                number -> new Environment(world, number, cell.load().seed()));
    }

    static Run run(Cell cell) {
        return run(cell, cell.scenario().targets());
    }

    /// With other targets than the scenario's.
    static Run run(Cell cell, List<TargetSpec> targets) {
        return new Simulation(cell, targets).run();
    }

    private Run run() {
        for (Load.Turn turn : cell.load().turns()) {
            time.start(turn.arrival(), () -> serve(turn));
        }
        try {
            time.run();
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
        answered.sort((a, b) -> Integer.compare(a.turn().number(), b.turn().number()));
        return new Run(
                cell,
                answered,
                upstream.log(),
                environments.all().stream().map(Environment::life).toList(),
                store.admissions(),
                store.trips());
    }

    private static void noDefect(CallLog.Entry entry) {
        String reason = entry.reason();
        if (reason != null && reason.startsWith("defect:")) {
            throw new IllegalStateException(reason);
        }
    }

    private void serve(Load.Turn turn) {
        Environment environment = environments.take();
        SimulatedClient client = new SimulatedClient(time);
        environment.gateway().handle(RequestText.of(turn), client);
        environments.giveBack(environment);
        Duration content = client.firstContent();
        answered.add(new Answered(
                turn,
                client.status(),
                client.isServed(),
                content == null ? null : content.minus(turn.arrival()),
                client.skipped()));
    }
}
