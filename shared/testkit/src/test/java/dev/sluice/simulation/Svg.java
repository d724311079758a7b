package dev.sluice.simulation;

import java.util.Locale;

/// Writes one drawing by hand: readable on light and on dark ground, the same to the byte on every machine.
final class Svg {
    /// Told apart by people who see colours differently, on both grounds.
    static final String[] COLOURS = {"#d1495b", "#3b82c4", "#2f9e6e", "#c98a1b", "#8a63c9", "#5b6b7a"};

    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height, String title) {
        text.append(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" \
                font-family="system-ui, sans-serif" font-size="12">
                <title>%s</title>
                <style>
                text { fill: #24292f } .soft { fill: #57606a } .axis { stroke: #8c959f; stroke-width: 1 }
                .grid { stroke: #8c959f; stroke-width: 1; opacity: 0.3 } .on { fill: #ffffff }
                @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .soft { fill: #9da7b3 } .on { fill: #ffffff } }
                </style>
                """, width, height, width, height, title));
        words(10, 20, "start", "", title);
    }

    /// @param anchor `start`, `middle` or `end`
    /// @param style a class of the style sheet, or empty
    void words(double x, double y, String anchor, String style, String words) {
        text.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>%n",
                x,
                y,
                anchor,
                style.isEmpty() ? "" : " class=\"" + style + "\"",
                words));
    }

    void box(double x, double y, double width, double height, String fill) {
        text.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                x,
                y,
                width,
                height,
                fill));
    }

    /// @param style `axis` or `grid`
    void line(double x1, double y1, double x2, double y2, String style) {
        text.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                style));
    }

    /// @param dash a pattern of dashes, or empty
    void path(double[] xs, double[] ys, String stroke, String dash) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            points.append(String.format(Locale.ROOT, "%s%.1f,%.1f", i == 0 ? "" : " ", xs[i], ys[i]));
        }
        text.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"")
                .append(stroke)
                .append('"');
        if (!dash.isEmpty()) {
            text.append(" stroke-dasharray=\"").append(dash).append('"');
        }
        text.append(" points=\"").append(points).append("\"/>\n");
    }

    String text() {
        return (text + "</svg>\n").replace(System.lineSeparator(), "\n");
    }
}
