package dev.sluice.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.builtins.ScreenTerminal;
import org.jline.utils.WCWidth;

/// What stands on a terminal's screen, as a picture for a page: an SVG that needs nothing beside itself.
///
/// Its text is text, so that it can be searched and read out; its background is its own, so that it can be read on light and
/// on dark pages.
public final class Picture {
    private static final int BEFORE = 44;
    private static final int AROUND = 16;
    private static final int HIGH = 18;
    private static final double WIDE = 8.4;

    /// A terminal's 16 colours, as the screen keeps them, in tones that can be read on the picture's background.
    private static final Map<Integer, String> TONES = Map.ofEntries(
            Map.entry(0x000, "#484f58"),
            Map.entry(0x800, "#ff7b72"),
            Map.entry(0x080, "#56d364"),
            Map.entry(0x880, "#e3b341"),
            Map.entry(0x008, "#79c0ff"),
            Map.entry(0x808, "#d2a8ff"),
            Map.entry(0x088, "#76e3ea"),
            Map.entry(0xccc, "#d0d7de"),
            Map.entry(0x888, "#8b949e"),
            Map.entry(0xf00, "#ffa198"),
            Map.entry(0x0f0, "#7ee787"),
            Map.entry(0xff0, "#f2cc60"),
            Map.entry(0x00f, "#a5d6ff"),
            Map.entry(0xf0f, "#e2c5ff"),
            Map.entry(0x0ff, "#b3f0ff"),
            Map.entry(0xfff, "#f0f6fc"));

    private static final String PAPER = "#0d1117";
    private static final String INK = "#d0d7de";

    private final int columns;
    private final List<List<Run>> lines;

    private Picture(int columns, List<List<Run>> lines) {
        this.columns = columns;
        this.lines = lines;
    }

    /// How a stretch of text looks. The bits are those of [ScreenTerminal#dump].
    private record Look(long bits) {
        private static final long UNDERLINE = 1L << 56;
        private static final long INVERSE = 1L << 57;
        private static final long BOLD = 1L << 59;
        private static final long HAS_INK = 1L << 60;
        private static final long HAS_PAPER = 1L << 61;
        private static final long DIM = 1L << 62;
        private static final long ITALIC = 1L << 63;

        static Look of(long cell) {
            return new Look(cell & 0xffffffff_00000000L);
        }

        boolean has(long bit) {
            return (bits & bit) != 0;
        }

        String ink() {
            return has(INVERSE) ? own(HAS_PAPER, 32, PAPER) : own(HAS_INK, 44, INK);
        }

        String paper() {
            return has(INVERSE) ? own(HAS_INK, 44, INK) : own(HAS_PAPER, 32, PAPER);
        }

        private String own(long isSet, int shift, String otherwise) {
            return has(isSet) ? tone((int) (bits >> shift) & 0xfff) : otherwise;
        }

        private static String tone(int rgb) {
            String known = TONES.get(rgb);
            return known == null
                    ? String.format("#%02x%02x%02x", (rgb >> 8) * 17, (rgb >> 4 & 0xf) * 17, (rgb & 0xf) * 17)
                    : known;
        }

        String attributes() {
            return (has(BOLD) ? " font-weight=\"bold\"" : "")
                    + (has(DIM) ? " opacity=\"0.65\"" : "")
                    + (has(ITALIC) ? " font-style=\"italic\"" : "")
                    + (has(UNDERLINE) ? " text-decoration=\"underline\"" : "");
        }
    }

    /// Text of one look.
    ///
    /// @param at the column where it begins
    /// @param width in columns
    private record Run(int at, int width, String text, Look look) {
        boolean isSeen() {
            return !text.isBlank() || !look.paper().equals(PAPER) || look.has(Look.UNDERLINE);
        }
    }

    public static Picture of(ScreenTerminal screen) {
        int columns = screen.getColumns();
        int rows = screen.getRows();
        long[] cells = new long[columns * rows];
        screen.dump(cells, new int[2]);
        List<List<Run>> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            lines.add(runs(cells, row * columns, columns));
        }
        return new Picture(columns, lines);
    }

    private static List<Run> runs(long[] cells, int from, int columns) {
        List<Run> runs = new ArrayList<>();
        int start = 0;
        while (start < columns) {
            Look look = Look.of(cells[from + start]);
            StringBuilder text = new StringBuilder();
            int end = start;
            while (end < columns && Look.of(cells[from + end]).equals(look)) {
                int letter = (int) cells[from + end];
                if (letter != 0) { // the second cell of a wide letter
                    text.appendCodePoint(letter);
                }
                end++;
            }
            runs.add(new Run(start, end - start, text.toString(), look));
            start = end;
        }
        return runs;
    }

    /// Without the empty lines below: for what was printed, not drawn.
    public Picture cropped() {
        int last = lines.size();
        while (last > 1 && lines.get(last - 1).stream().noneMatch(Run::isSeen)) {
            last--;
        }
        return new Picture(columns, lines.subList(0, last));
    }

    /// @param title stands in the window's frame, and is read out for the picture
    public String svg(String title) {
        long width = Math.round(columns * WIDE) + 2 * AROUND;
        int height = BEFORE + lines.size() * HIGH + AROUND;
        StringBuilder svg = new StringBuilder(4096)
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"" + width + "\" height=\""
                        + height + "\" viewBox=\"0 0 " + width + " " + height + "\">\n")
                .append("<title>" + escaped(title) + "</title>\n")
                .append("<rect x=\"0.5\" y=\"0.5\" width=\"" + (width - 1) + "\" height=\"" + (height - 1)
                        + "\" rx=\"8\" fill=\"" + PAPER + "\" stroke=\"#6e7681\"/>\n")
                .append(dot(20, "#ff5f57") + dot(38, "#febc2e") + dot(56, "#28c840") + "\n")
                .append(
                        "<g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\""
                                + " font-size=\"14\" fill=\"" + INK + "\">\n")
                .append("<text x=\"" + width / 2
                        + "\" y=\"23\" text-anchor=\"middle\" font-size=\"12\" fill=\"#8b949e\">" + escaped(title)
                        + "</text>\n");
        for (int row = 0; row < lines.size(); row++) {
            for (Run run : lines.get(row)) {
                append(svg, run, BEFORE + row * HIGH);
            }
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    private static String dot(int x, String colour) {
        return "<circle cx=\"" + x + "\" cy=\"19\" r=\"6\" fill=\"" + colour + "\"/>";
    }

    private static void append(StringBuilder svg, Run run, int top) {
        if (!run.isSeen()) {
            return;
        }
        if (!run.look().paper().equals(PAPER)) {
            svg.append("<rect x=\"" + x(run.at()) + "\" y=\"" + top + "\" width=\"" + number(run.width() * WIDE)
                    + "\" height=\"" + HIGH + "\" fill=\"" + run.look().paper() + "\"/>\n");
        }
        if (run.look().has(Look.UNDERLINE)) {
            text(svg, run, 0, run.text(), top);
            return;
        }
        int end = 0;
        for (int start = wordFrom(run.text(), 0); start < run.text().length(); start = wordFrom(run.text(), end)) {
            int gap = run.text().indexOf("  ", start);
            end = gap < 0 ? run.text().length() : gap;
            text(svg, run, start, run.text().substring(start, end).stripTrailing(), top);
        }
    }

    private static int wordFrom(String text, int from) {
        int start = from;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        return start;
    }

    /// What stands behind a gap is placed anew: fonts differ in how wide they draw what is no letter.
    private static void text(StringBuilder svg, Run run, int from, String seen, int top) {
        int before = columns(run.text().substring(0, from));
        svg.append("<text xml:space=\"preserve\" x=\"" + x(run.at() + before) + "\" y=\"" + (top + 14)
                + "\" textLength=\""
                + number(columns(seen) * WIDE) + "\" lengthAdjust=\"spacingAndGlyphs\""
                + (run.look().ink().equals(INK) ? "" : " fill=\"" + run.look().ink() + "\"")
                + run.look().attributes() + ">" + escaped(seen) + "</text>\n");
    }

    private static int columns(String text) {
        return text.codePoints().map(WCWidth::wcwidth).sum();
    }

    private static String x(int column) {
        return number(AROUND + column * WIDE);
    }

    private static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
