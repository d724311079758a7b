package dev.sluice.protocol.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A part of the document on dialects that a test writes, between two remarks; `-Dgolden=write` writes it anew.
record DocumentTable(String begin, String end) {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "dialects.md");

    void holds(String table) throws IOException {
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(begin);
        int to = document.indexOf(end);
        assertThat(from)
                .as("the document has a place for the table")
                .isPositive()
                .isLessThan(to);
        if ("write".equals(System.getProperty("golden"))) {
            document = document.substring(0, from + begin.length()) + table + document.substring(to);
            Files.writeString(DOCUMENT, document);
        }

        assertThat(document).as("write it with -Dgolden=write").contains(begin + table + end);
    }

    static void row(StringBuilder text, String first, List<String> cells) {
        text.append("| ").append(first);
        cells.forEach(cell -> text.append(" | ").append(cell));
        text.append(" |\n");
    }
}
