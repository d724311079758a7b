package dev.sluice.cli.command;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.doctor.Area;
import dev.sluice.cli.doctor.AreaReport;
import dev.sluice.cli.doctor.Severity;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A line for each area on a terminal, ticked as it ends, and gone when the report is there. Nothing anywhere else.
final class DoctorProgress {
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String CLEAR_BELOW = "\r\u001b[J";

    private final PrintStream out;
    private final List<Area> areas;
    private final boolean isShown;
    private final Paint paint;
    private final Map<Area, Severity> ended = new EnumMap<>(Area.class);

    private DoctorProgress(PrintStream out, List<Area> areas, boolean isShown, Paint paint) {
        this.out = out;
        this.areas = areas;
        this.isShown = isShown;
        this.paint = paint;
    }

    static DoctorProgress of(Surroundings surroundings, boolean json, List<Area> areas) {
        Paint paint = Paint.of(surroundings);
        boolean isDumb = surroundings.variable("TERM").filter("dumb"::equals).isPresent();
        return new DoctorProgress(surroundings.out(), areas, !json && !isDumb && paint == Paint.COLOURED, paint);
    }

    void begin() {
        if (isShown) {
            draw();
        }
    }

    void ended(AreaReport report) {
        ended.put(report.area(), report.worst());
        if (isShown) {
            out.printf(UP, areas.size());
            draw();
        }
    }

    void end() {
        if (isShown) {
            out.printf(UP, areas.size());
            out.print(CLEAR_BELOW);
            out.flush();
        }
    }

    private void draw() {
        boolean unicode = DoctorText.isUnicode(out.charset());
        for (Area area : areas) {
            Severity worst = ended.get(area);
            String sign = worst == null ? "…" : DoctorText.painted(worst, worst.sign(unicode), paint);
            out.println(CLEAR_LINE + "  " + (unicode || worst != null ? sign : ".") + " " + area.id());
        }
        out.flush();
    }
}
