package dev.sluice.simulation;

import dev.sluice.simulation.Simulation.Run;
import java.time.Duration;
import java.util.List;

/// What the clients asked and what reached each target, in steps of ten seconds.
record LoadOverTime(List<TargetSpec> targets, int[] clients, int[][] attempts) {
    private static final int STEP = 10;
    /// The last requests arrive in the sixtieth step, which is not whole.
    private static final int STEPS = 59;

    private static final int AXIS = 60;

    static LoadOverTime of(Run run) {
        List<TargetSpec> targets = run.cell().scenario().targets();
        int[] clients = new int[STEPS];
        int[][] attempts = new int[targets.size()][STEPS];
        run.answered().forEach(answer -> count(clients, answer.turn().arrival()));
        run.reached().forEach(reached -> count(attempts[reached.target()], reached.at()));
        return new LoadOverTime(targets, clients, attempts);
    }

    private static void count(int[] counts, Duration at) {
        int step = (int) (at.toSeconds() / STEP);
        if (step < counts.length) {
            counts[step]++;
        }
    }

    String drawn(String title) {
        int left = 60;
        int top = 76;
        int plot = 220;
        int width = 780;
        Svg svg = new Svg(left + width + 30, top + plot + 50, title);
        int most = 0;
        for (int step = 0; step < STEPS; step++) {
            most = Math.max(most, clients[step]);
            for (int[] counts : attempts) {
                most = Math.max(most, counts[step]);
            }
        }
        double scale = Scale.above(most);
        Scale.axis(svg, left, left + width, top, plot, scale, "in 10 s");
        for (int minute = 0; minute <= 10; minute++) {
            double x = left + width * minute / 10.0;
            svg.words(x, top + plot + 18, "middle", "soft", minute + ":00");
        }
        svg.words(left + width / 2.0, top + plot + 38, "middle", "soft", "minutes");
        curve(svg, clients, scale, new int[] {left, top, width, plot}, Svg.COLOURS[5], "4 3");
        legend(svg, left, "clients", Svg.COLOURS[5]);
        for (int i = 0; i < targets.size(); i++) {
            curve(svg, attempts[i], scale, new int[] {left, top, width, plot}, Svg.COLOURS[i], "");
            legend(svg, left + 150 * (i + 1), targets.get(i).ref(), Svg.COLOURS[i]);
        }
        return svg.text();
    }

    private static void legend(Svg svg, double x, String name, String colour) {
        svg.box(x, 34, 12, 12, colour);
        svg.words(x + 18, 44, "start", "", name);
    }

    /// @param area left, top, width, height
    private static void curve(Svg svg, int[] counts, double most, int[] area, String colour, String dash) {
        double[] xs = new double[STEPS];
        double[] ys = new double[STEPS];
        for (int step = 0; step < STEPS; step++) {
            xs[step] = area[0] + area[2] * (step + 0.5) / AXIS;
            ys[step] = area[1] + area[3] - area[3] * counts[step] / most;
        }
        svg.path(xs, ys, colour, dash);
    }
}
