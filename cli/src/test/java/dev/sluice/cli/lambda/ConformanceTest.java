package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tables of docs/lambda-engine.md, made by running what they tell of; `-Dgolden=write` writes them anew.
class ConformanceTest {
    private static final Path PAGE = Path.of("..", "docs", "lambda-engine.md");

    @TempDir
    static Path task;

    @Test
    void the_state_table_is_what_the_runtime_api_answers() throws Exception {
        StringBuilder table = new StringBuilder("| state | next | restore/next | response | error | init/error |"
                + " restore/error |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        for (String state : RuntimeApiMatrixTest.REACHABLE) {
            table.append("| ").append(state);
            for (String request : RuntimeApiMatrixTest.CALLS) {
                table.append(" | ").append(RuntimeApiMatrixTest.cell(state, request));
            }
            table.append(" |\n");
        }
        holds("states", table.toString());
    }

    /// One thing that AWS's own client does.
    ///
    /// @param start what the handler does when it is built and around its snapshot
    private record Scenario(String title, InitType type, String start, List<String> events) {}

    private static final List<Scenario> SCENARIOS = List.of(
            new Scenario("answers, twice", InitType.ON_DEMAND, "", List.of("{}", "{}")),
            new Scenario("the handler throws, then answers", InitType.ON_DEMAND, "", List.of("{\"fail\":1}", "{}")),
            new Scenario(
                    "an answer over 6 MiB + 100 bytes, then a small one",
                    InitType.ON_DEMAND,
                    "",
                    List.of("{\"huge\":1}", "{}")),
            new Scenario("exits in an invocation", InitType.ON_DEMAND, "", List.of("{\"exit\":1}")),
            new Scenario("the handler's constructor throws", InitType.ON_DEMAND, "error", List.of("{}")),
            new Scenario("SnapStart with hooks", InitType.SNAP_START, "", List.of("{}")),
            new Scenario("SnapStart, the hook before throws", InitType.SNAP_START, "before", List.of("{}")),
            new Scenario("SnapStart, the hook after throws", InitType.SNAP_START, "after", List.of("{}")));

    @Test
    void the_runtime_client_of_aws_takes_the_steps_that_the_page_shows() throws Exception {
        SampleHandler.copyTo(task);
        Set<String> taken = new TreeSet<>();
        StringBuilder table = new StringBuilder(
                "| What the client does | Its way through the states | What comes of it |\n| --- | --- | --- |\n");
        for (Scenario scenario : SCENARIOS) {
            Engine.Choice choice = Engine.Choice.usual().with(scenario.type()).with(Map.of("START", scenario.start()));
            try (Engine engine = AwsRuntimeClientTest.engine(task, choice)) {
                table.append(row(scenario, engine, taken));
            }
        }
        Set<String> illegal = new TreeSet<>(taken);
        illegal.removeAll(legal());
        Set<String> others = new LinkedHashSet<>(legal());
        others.removeAll(taken);
        table.append("\nLegal steps that this client takes: ")
                .append(taken.size() - illegal.size())
                .append(" of ")
                .append(legal().size())
                .append(". The others: ")
                .append(String.join(", ", others))
                .append(".\nIllegal steps that it tries: ")
                .append(String.join(", ", illegal))
                .append(", of ")
                .append(RuntimeStateTest.STATES.size() * RuntimeStep.values().length - legal().size())
                .append(".\n");
        holds("client", table.toString());
    }

    private static String row(Scenario scenario, Engine engine, Set<String> taken) throws InterruptedException {
        List<String> outcomes = new ArrayList<>();
        for (String event : scenario.events()) {
            outcomes.add(engine.invoke(event)
                    .failure()
                    .map(InvocationFailure::type)
                    .map(type -> "`" + type + "`")
                    .orElse("answered"));
            engine.awaitStandstill(); // what it does next belongs to its way
        }
        List<EngineEvent.Stepped> steps = engine.all(EngineEvent.Stepped.class);
        StringBuilder way = new StringBuilder();
        int process = 0;
        for (EngineEvent.Stepped step : steps) {
            if (step.environment() != process) {
                way.append(process == 0 ? "" : "; a new process: ").append(step.from());
                process = step.environment();
            }
            way.append(" → ").append(step.to()).append(step.allowed() ? "" : " (403)");
            taken.add(step.from() + " → " + step.to());
        }
        return "| " + scenario.title() + " | " + way + " | " + String.join(", ", outcomes) + " |\n";
    }

    private static Set<String> legal() {
        Set<String> legal = new LinkedHashSet<>();
        for (RuntimeState state : RuntimeStateTest.STATES) {
            for (RuntimeStep step : RuntimeStep.values()) {
                if (state.after(step) != null) {
                    legal.add(state.title() + " → " + step.target());
                }
            }
        }
        return legal;
    }

    private static void holds(String part, String text) throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- " + part + " -->\n";
        String end = "<!-- /" + part + " -->";
        assertThat(page).contains(begin, end);
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end);
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page.substring(0, from) + text + page.substring(to));
        } else {
            assertThat(page.substring(from, to))
                    .as("write it with -Dgolden=write")
                    .isEqualTo(text);
        }
    }
}
