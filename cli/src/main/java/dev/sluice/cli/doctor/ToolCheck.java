package dev.sluice.cli.doctor;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolState;
import dev.sluice.cli.tool.UndoRecord;
import dev.sluice.cli.tool.gate.Gate;
import dev.sluice.cli.tool.known.Tools;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Each coding tool that is set up: its files, and its live gate.
final class ToolCheck implements AreaCheck {
    /// What setup takes when it is told none.
    private static final String MODEL = "smart";

    /// What all else of this area may take.
    private static final Duration BESIDE = Duration.ofSeconds(20);

    private static final String LONGER =
            "; a model that is slow, or has to be loaded first, may need longer: sluice doctor --only tools --timeout"
                    + " 300 waits for it";

    private final Premises premises;
    private final boolean gates;
    private final Duration slowest;
    /// Tools that ask the same ask once.
    private final Map<List<String>, CompletableFuture<Gate.Verdict>> verdicts = new ConcurrentHashMap<>();

    /// @param gates whether a request like the tool's own is sent: a small completion of each of its models
    /// @param slowest how long the models of a tool may take before they are called slow
    ToolCheck(Premises premises, boolean gates, Duration slowest) {
        this.premises = premises;
        this.gates = gates;
        this.slowest = slowest;
    }

    @Override
    public Duration atMost(Duration usual) {
        return gates ? slowest.plus(BESIDE) : usual;
    }

    /// A tool that is set up, or was: for the person, or for the project in this folder.
    record SetUp(Tool tool, boolean project, ToolState state) {
        String named() {
            return tool.name() + (project ? " (this project)" : "");
        }

        /// What tells setup to do the same again, as far as it is kept: which place, and which models.
        String scope() {
            UndoRecord record = state.record();
            StringBuilder scope = new StringBuilder(project ? " --project" : "");
            if (record != null
                    && !record.models().isEmpty()
                    && !record.models().getFirst().equals(MODEL)) {
                scope.append(" --model ").append(Notes.quoted(record.models().getFirst()));
            }
            if (record != null) {
                record.tiers().forEach((tier, ref) -> scope.append(" --model ").append(Notes.quoted(tier + "=" + ref)));
            }
            return scope.toString();
        }

        /// The address, where it was named by hand: a key of the tool's own is of a gateway that was found by itself.
        String address(Optional<String> found) {
            UndoRecord record = state.record();
            if (record == null || record.ownKey() != null) {
                return "";
            }
            return found.filter(record.url()::equals).isPresent() ? "" : " --url " + Notes.quoted(record.url());
        }
    }

    @Override
    public Area area() {
        return Area.TOOLS;
    }

    /// Those with a record of their setup.
    static List<SetUp> setUp(Premises premises) {
        Surroundings surroundings = premises.surroundings();
        List<SetUp> found = new ArrayList<>();
        for (boolean project : List.of(false, true)) {
            Place place = Place.of(surroundings, project);
            for (Tool tool : Tools.all()) {
                ToolState state = ToolState.of(tool, place);
                if (state.record() != null) {
                    found.add(new SetUp(tool, project, state));
                }
            }
        }
        return found;
    }

    @Override
    public void look(Notes notes) {
        List<SetUp> all = setUp(premises);
        if (all.isEmpty()) {
            notes.say(Ailment.NO_TOOL, "no coding tool is set up; sluice tool setup NAME does it");
        }
        for (SetUp one : all) {
            Optional.ofNullable(one.state().key()).ifPresent(premises.shade()::hide);
        }
        List<Thread> asking = new ArrayList<>();
        for (SetUp one : all) {
            Notes part = notes.part();
            asking.add(Thread.ofVirtual().start(() -> tool(one, part)));
        }
        try {
            for (Thread thread : asking) {
                thread.join(); // none asks for longer than the bound of this area
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void tool(SetUp one, Notes notes) {
        UndoRecord record = one.state().record();
        if (record == null) {
            return;
        }
        boolean isWhole = files(one, record, notes);
        winning(one, notes);
        String key = one.state().key();
        if (key == null) {
            say(Ailment.TOOL_KEY_LOST, "the key that " + one.named() + " was given is not kept any more", one, notes);
        } else if (gates) {
            gate(one, record, key, isWhole, notes);
        }
    }

    private void say(Ailment ailment, String sentence, SetUp one, Notes notes) {
        Optional<String> found = premises.given().url().isEmpty() ? premises.url() : Optional.empty();
        notes.say(ailment, sentence, "tool", one.tool().name(), "scope", one.scope() + one.address(found));
    }

    private boolean files(SetUp one, UndoRecord record, Notes notes) {
        if (!record.complete()) {
            say(Ailment.TOOL_CUT_SHORT, "the setup of " + one.named() + " was cut short", one, notes);
            return false;
        }
        boolean isWhole = true;
        for (ToolState.FileState file : one.state().files()) {
            switch (file.condition()) {
                case AS_WRITTEN -> {}
                case MISSING, AS_BEFORE -> {
                    isWhole = false;
                    say(
                            Ailment.TOOL_FILES_GONE,
                            one.named() + ": " + file.path() + " is "
                                    + file.condition().words(),
                            one,
                            notes);
                }
                case EDITED -> {
                    isWhole &= !file.lostUrl();
                    if (file.lostUrl()) {
                        say(
                                Ailment.TOOL_EDITED_AWAY,
                                one.named() + ": " + file.path() + " was edited and no longer names " + record.url(),
                                one,
                                notes);
                    } else {
                        notes.note(
                                "tool-edited",
                                one.named() + ": " + file.path() + " was edited since, and still names the gateway");
                    }
                }
            }
        }
        if (isWhole) {
            notes.ok("tool-files", one.named() + " is set up for " + record.url());
        }
        return isWhole;
    }

    private void winning(SetUp one, Notes notes) {
        for (String variable : one.tool().facts().winning()) {
            if (premises.surroundings().variable(variable).isPresent()) {
                notes.say(
                        Ailment.TOOL_OUTVOTED,
                        "the variable " + variable + " of this shell may win over what was written for " + one.named(),
                        "variable",
                        variable,
                        "tool",
                        one.tool().name());
            }
        }
    }

    private void gate(SetUp one, UndoRecord record, String key, boolean isWhole, Notes notes) {
        List<String> passed = new ArrayList<>();
        Time time = premises.surroundings().time();
        long begin = time.nanos();
        for (String model : record.models()) {
            Duration left = slowest.minusNanos(time.nanos() - begin);
            if (!left.isPositive()) {
                notes.note(
                        "tool-unasked",
                        one.named() + ": " + model + " was not asked, since those before it took all of "
                                + slowest.toSeconds() + " s" + LONGER);
                continue;
            }
            Dialect dialect = one.tool().facts().dialect();
            Gate gate = new Gate(record.url(), key);
            CompletableFuture<Gate.Verdict> asked = verdicts.computeIfAbsent(
                    List.of(record.url(), key, dialect.id(), model), _ -> gate.asking(dialect, model, left));
            switch (Gate.by(asked, left).orElse(null)) {
                case null -> slow(one, model, left, notes);
                case Gate.Verdict.Passed _ -> passed.add(model);
                case Gate.Verdict.Refused(String why) -> {
                    if (refused(one, record, model, why, notes)) {
                        return;
                    }
                }
            }
        }
        if (!passed.isEmpty()) {
            notes.ok(
                    "tool-gate",
                    one.named() + (isWhole ? "" : ", as it was set up,") + " is answered for "
                            + passed.stream().distinct().collect(Collectors.joining(", ")));
        }
    }

    private void slow(SetUp one, String model, Duration left, Notes notes) {
        notes.note(
                "tool-slow",
                one.named() + ": " + model + " has not answered within " + (left.toMillis() + 999) / 1_000 + " s"
                        + LONGER);
    }

    /// Setup finds by itself what was not named by hand.
    private String given(Optional<String> here) {
        return premises.given().url().isEmpty()
                ? ""
                : here.map(url -> " --url " + url).orElse("");
    }

    /// Whether the same would be said of every model.
    private boolean refused(SetUp one, UndoRecord record, String model, String why, Notes notes) {
        String at = "the gateway at " + record.url();
        if (why.startsWith("it does not answer")) {
            Optional<String> here = premises.url().filter(url -> !url.equals(record.url()));
            boolean isElsewhere = here.map(url -> Knock.at(
                                            url + "/health",
                                            Optional.empty(),
                                            premises.surroundings().time())
                                    .status()
                            == 200)
                    .orElse(false);
            notes.say(
                    isElsewhere ? Ailment.TOOL_ELSEWHERE : Ailment.TOOL_GATEWAY_SILENT,
                    one.named() + ": " + at + " does not answer"
                            + (isElsewhere ? ", and the one at " + here.orElseThrow() + " does" : ""),
                    "tool",
                    one.tool().name(),
                    "scope",
                    one.scope() + given(here));
            return true;
        }
        if (why.startsWith("401")) {
            say(
                    Ailment.TOOL_KEY_REFUSED,
                    one.named() + ": " + at + " does not take the key that the tool was given",
                    one,
                    notes);
            return true;
        }
        notes.say(
                Ailment.TOOL_REFUSED,
                one.named() + ": " + at + " refuses a request for " + model + ": " + why,
                "tool",
                one.tool().name(),
                "ref",
                model);
        return false;
    }
}
