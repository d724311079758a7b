package dev.sluice.simulation;

import java.util.Locale;

/// An upright axis with its grid.
final class Scale {
    private static final int LINES = 5;

    private Scale() {}

    /// A round number that is not below that value.
    static double above(double value) {
        double power = 1;
        while (power * 10 <= value) {
            power *= 10;
        }
        for (double step : new double[] {1, 1.5, 2, 2.5, 4, 5, 7.5}) {
            if (step * power >= value) {
                return step * power;
            }
        }
        return 10 * power;
    }

    static void axis(Svg svg, double left, double right, double top, double plot, double most, String unit) {
        for (int i = 0; i <= LINES; i++) {
            double y = top + plot - plot * i / LINES;
            svg.line(left, y, right, y, i == 0 ? "axis" : "grid");
            svg.words(left - 6, y + 4, "end", "soft", number(most * i / LINES));
        }
        svg.line(left, top, left, top + plot, "axis");
        svg.words(left - 6, top - 10, "end", "soft", unit);
    }

    private static String number(double value) {
        return value == StrictMath.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
