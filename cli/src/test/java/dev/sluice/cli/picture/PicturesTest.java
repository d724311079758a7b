package dev.sluice.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class PicturesTest {
    private static final Path FOLDER = Path.of("../docs/pictures");

    /// The pictures themselves: `make pictures`. Without that there is none to take, and nothing is skipped.
    @TestFactory
    Stream<DynamicTest> pictures_are_taken(@TempDir Path home) {
        return "write".equals(System.getProperty("pictures"))
                ? Stream.of(DynamicTest.dynamicTest("docs/pictures", () -> take(home)))
                : Stream.empty();
    }

    private static void take(Path home) throws Exception {
        Files.createDirectories(FOLDER);
        String only = System.getProperty("only", "");
        List<Scenario> wanted = Scenario.all().stream()
                .filter(scenario -> scenario.command().contains(only)
                        || scenario.pictures().stream().anyMatch(name -> name.contains(only)))
                .toList();
        assertThat(wanted).as("what has %s in its command or its name", only).isNotEmpty();
        try (Stage stage = new Stage(home)) {
            for (Scenario scenario : wanted) {
                stage.play(scenario, FOLDER);
            }
        }
    }

    @Test
    void every_picture_of_the_list_is_there_and_no_other() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            names().stream().map(name -> name + ".svg").toList());
        }
    }

    @Test
    void every_picture_is_an_image_that_needs_nothing_else() throws Exception {
        for (String name : names()) {
            String svg = Files.readString(FOLDER.resolve(name + ".svg"));
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(svg)))
                            .getDocumentElement()
                            .getTagName())
                    .isEqualTo("svg");
            assertThat(svg).doesNotContain("href", "url(", "<script", "/home/", "/tmp/", "/root/");
        }
    }

    @Test
    void a_line_of_the_list_is_a_run_with_steps() {
        Scenario scenario = Scenario.parse("80x24 | sluice top | see In flight | press <down>q | picture top A title");
        assertThat(scenario)
                .isEqualTo(new Scenario(
                        80,
                        24,
                        "sluice top",
                        List.of(
                                new Scenario.See("In flight"),
                                new Scenario.Press("\u001b[Bq"),
                                new Scenario.Take("top", "A title", false))));
    }

    private static List<String> names() throws IOException {
        return Scenario.all().stream()
                .flatMap(scenario -> scenario.pictures().stream())
                .toList();
    }
}
