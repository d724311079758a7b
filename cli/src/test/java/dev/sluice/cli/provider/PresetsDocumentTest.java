package dev.sluice.cli.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresetsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "providers.md");
    private static final String BEGIN = "<!-- presets: written by PresetsDocumentTest -->\n";
    private static final String END = "<!-- end of the presets -->\n";

    @Test
    void the_document_lists_what_the_presets_say() throws IOException {
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(BEGIN);
        int to = document.indexOf(END);
        assertThat(from).as("a place for the table").isPositive().isLessThan(to);
        String table = table(Presets.read());
        if ("write".equals(System.getProperty("golden"))) {
            document = document.substring(0, from + BEGIN.length()) + table + document.substring(to);
            Files.writeString(DOCUMENT, document);
        }
        assertThat(document).as("write it with -Dgolden=write").contains(BEGIN + table + END);
    }

    private static String table(Presets presets) {
        StringBuilder table = new StringBuilder(
                "\n| Preset | Provider | Base URLs | Secret | To know | Documents | Looked up |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        for (Preset preset : presets.all()) {
            List<String> urls = new ArrayList<>();
            preset.endpoints().forEach((dialect, url) -> urls.add("`" + dialect.id() + "` " + code(url)));
            Preset.Secret secret = preset.credential();
            table.append("| `%s` | %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            preset.id(),
                            preset.name(),
                            String.join("<br>", urls),
                            secret == null ? "none" : "`" + secret.variable() + "`",
                            String.join(" ", preset.notes()),
                            String.join("<br>", preset.documents()),
                            preset.checked()));
        }
        return table.append('\n').toString();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
