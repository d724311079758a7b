package dev.sluice.cli.tool.known;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.tool.FileChange;
import dev.sluice.cli.tool.ModelChoice;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.SetupPlan;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolFacts;
import dev.sluice.cli.tool.Wish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every tool's files say after a setup in an empty home, and the page of documentation that lists them. Both are
/// written anew with `-Dgolden=write`.
class ToolGoldenTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "tool", "golden");
    private static final Path PAGE = Path.of("..", "docs", "tools.md");
    private static final String BEGIN = "<!-- written by ToolGoldenTest -->\n";

    @TempDir
    private Path home;

    static Stream<Tool> tools() {
        return Tools.all().stream();
    }

    private static Wish wish(Tool tool) {
        ModelChoice small = new ModelChoice("small", 128_000L, 16_000L);
        return new Wish(
                "http://127.0.0.1:8787",
                "slc_golden-key",
                new ModelChoice("coding", 200_000L, 32_000L),
                tool.facts().tiers().isEmpty()
                        ? Map.of()
                        : Map.of(tool.facts().tiers().getLast(), small),
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    private Place place(Optional<Path> project) {
        return new Place(home, project, Map.of(), false);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void writes_these_files(Tool tool) throws IOException {
        StringBuilder all = new StringBuilder();
        describe(all, tool, place(Optional.empty()));
        if (tool.facts().userOnly().isEmpty()) {
            all.append("\n==== with --project\n");
            describe(all, tool, place(Optional.of(home.resolve("project"))));
        }
        compare(GOLDEN.resolve(tool.name() + ".txt"), all.toString());
    }

    private void describe(StringBuilder all, Tool tool, Place place) {
        Wish wish = wish(tool);
        for (FileChange change : SetupPlan.of(tool, place, wish).changes()) {
            byte[] after = change.after();
            assertThat(after).isNotNull();
            all.append("== ")
                    .append(change.named())
                    .append(change.secret() ? " (0600)" : "")
                    .append('\n')
                    .append(new String(after, StandardCharsets.UTF_8));
            if (after[after.length - 1] != '\n') {
                all.append("\n\\ no line end\n");
            }
        }
        tool.steps(place, wish)
                .forEach(step -> all.append("by hand: ").append(step).append('\n'));
        all.append("start: ").append(tool.start(place)).append('\n');
    }

    private void compare(Path golden, String text) throws IOException {
        String shown = text.replace(home.resolve("project").toString(), "PROJECT")
                .replace(home.toString(), "HOME")
                .replaceAll("-[0-9a-f]{12}\\b", "-HASH");
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, shown);
        }
        assertThat(shown).isEqualTo(Files.readString(golden));
    }

    @Test
    void the_key_is_in_private_files_only() {
        for (Tool tool : Tools.all()) {
            for (FileChange change :
                    SetupPlan.of(tool, place(Optional.empty()), wish(tool)).changes()) {
                byte[] after = change.after();
                assertThat(after).isNotNull();
                boolean holdsKey = new String(after, StandardCharsets.UTF_8).contains("slc_golden-key");
                assertThat(!holdsKey || change.secret())
                        .as(change.named().toString())
                        .isTrue();
            }
        }
    }

    @Test
    void limits_that_are_not_known_are_left_out() {
        for (Tool tool : Tools.all()) {
            Wish known = wish(tool);
            Wish wish = new Wish(known.url(), known.key(), ModelChoice.unknown("coding"), Map.of(), known.when());
            if (tool.obstacle(place(Optional.empty()), wish).isPresent()) {
                assertThat(tool.name()).isEqualTo("zed");
                continue;
            }
            for (FileChange change :
                    SetupPlan.of(tool, place(Optional.empty()), wish).changes()) {
                byte[] after = change.after();
                assertThat(after).isNotNull();
                assertThat(new String(after, StandardCharsets.UTF_8))
                        .as(tool.name())
                        .doesNotContain("null", "200000", "32000", "limit\"", "contextWindow", "max_tokens");
            }
        }
    }

    @Test
    void the_page_lists_every_tool() throws IOException {
        StringBuilder table = new StringBuilder();
        table.append(
                "| Name | Tool | Files of the person | Project | Dialect | Further models | Document, read on | Proven |\n");
        table.append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (Tool tool : Tools.all()) {
            table.append(row(tool));
        }
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN);
        assertThat(from).isPositive();
        int to = page.indexOf(BEGIN, from + 1);
        String written = page.substring(0, from + BEGIN.length()) + table + page.substring(to);
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, written);
        }
        assertThat(written).isEqualTo(Files.readString(PAGE));
    }

    private String row(Tool tool) {
        ToolFacts facts = tool.facts();
        List<String> files = new ArrayList<>();
        for (FileChange change :
                SetupPlan.of(tool, place(Optional.empty()), wish(tool)).changes()) {
            files.add("`" + change.named().toString().replace(home.toString(), "~") + "`");
        }
        return "| "
                + String.join(
                        " | ",
                        "`" + facts.name() + "`",
                        facts.title(),
                        files.isEmpty() ? "none: by hand" : String.join("<br>", files),
                        facts.userOnly().isEmpty() ? "yes" : "no",
                        facts.dialect().id(),
                        facts.tiers().isEmpty() ? "" : String.join(", ", facts.tiers()),
                        "<" + facts.document() + ">, " + facts.read(),
                        facts.proof().words())
                + " |\n";
    }
}
