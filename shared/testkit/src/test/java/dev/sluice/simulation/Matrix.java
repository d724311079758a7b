package dev.sluice.simulation;

import dev.sluice.simulation.Simulation.Run;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many cells, run side by side on the cores that there are: each has a virtual time of its own.
record Matrix(Map<Cell, Measures> measures, Map<Cell, LoadOverTime> loads) {
    static Matrix run(Collection<Cell> cells) {
        Map<Cell, Measures> measures = new ConcurrentHashMap<>();
        Map<Cell, LoadOverTime> loads = new ConcurrentHashMap<>();
        List<Cell> drawn = Plots.drawn();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<?>> all = cells.stream()
                    .<Future<?>>map(cell -> threads.submit(() -> {
                        Run run = Simulation.run(cell);
                        measures.put(cell, Measures.of(run));
                        if (drawn.contains(cell)) {
                            loads.put(cell, LoadOverTime.of(run));
                        }
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
        return new Matrix(measures, loads);
    }
}
