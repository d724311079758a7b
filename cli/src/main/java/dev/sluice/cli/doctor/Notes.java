package dev.sluice.cli.doctor;

import dev.sluice.cli.Printable;
import dev.sluice.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is found in one area, as it is found. Thread-safe: what was found before time is up counts.
final class Notes {
    private static final String SAFE = "._:/@%+=,-~";

    private final Area area;
    private final List<String> scope;
    private final Shade shade;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Notes> parts = new ArrayList<>();

    /// @param scope the options that say which gateway is meant, for the mends
    Notes(Area area, List<String> scope, Shade shade) {
        this.area = area;
        this.scope = List.copyOf(scope);
        this.shade = shade;
    }

    Area area() {
        return area;
    }

    void ok(String check, String sentence) {
        add(Severity.OK, check, sentence, Optional.empty(), Json.Obj.EMPTY, null);
    }

    void ok(String check, String sentence, Duration took) {
        add(Severity.OK, check, sentence, Optional.empty(), Json.Obj.EMPTY, took);
    }

    /// Good to know, and nothing has to be done.
    void note(String check, String sentence) {
        add(Severity.NOTE, check, sentence, Optional.empty(), Json.Obj.EMPTY, null);
    }

    /// @param found name and value by turns, for the mend and for the details
    void say(Ailment ailment, String sentence, String... found) {
        Json.Builder details = Json.object();
        String text = ailment.mend().text();
        for (int i = 0; i + 1 < found.length; i += 2) {
            boolean isCommand = ailment.mend() instanceof Mend.Command;
            text = text.replace("{" + found[i] + "}", isCommand ? quoted(found[i + 1]) : found[i + 1]);
            if (!found[i + 1].isBlank()) {
                details.put(found[i], shade.over(found[i + 1].strip()));
            }
        }
        boolean isOurs = ailment.mend() instanceof Mend.Command && text.startsWith("sluice ");
        String line = isOurs && !scope.isEmpty()
                ? text + " "
                        + String.join(" ", scope.stream().map(Notes::quoted).toList())
                : text;
        add(
                ailment.severity(),
                ailment.id(),
                sentence,
                Optional.of(ailment.mend().saying(shade.over(line))),
                details.build(),
                null);
    }

    private synchronized void add(
            Severity severity,
            String check,
            String sentence,
            Optional<Mend> mend,
            Json.Obj details,
            @Nullable Duration took) {
        findings.add(new Finding(area, severity, check, shade.over(Printable.of(sentence)), mend, details, took));
    }

    /// For one of several things that are looked at side by side: told in the order in which the parts were asked for.
    synchronized Notes part() {
        Notes part = new Notes(area, scope, shade);
        parts.add(part);
        return part;
    }

    synchronized List<Finding> findings() {
        List<Finding> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.findings()));
        all.addAll(findings);
        return all;
    }

    /// As a shell takes it for one word; what begins with a blank is several already.
    static String quoted(String value) {
        boolean isPlain = value.isEmpty()
                || value.startsWith(" ")
                || value.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || SAFE.indexOf(c) >= 0);
        return isPlain ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
