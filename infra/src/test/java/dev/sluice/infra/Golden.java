package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A text that is kept in a file; `-Dgolden=write` writes it anew.
final class Golden {
    private Golden() {}

    static void hold(Path file, String text) throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        }
        assertThat(text).as("%s (rewrite it with -Dgolden=write)", file).isEqualTo(Synthesized.read(file));
    }

    /// Holds what stands between two marks of a document: `<!-- begin NAME -->` and `<!-- end NAME -->`.
    static void holdSection(Path file, String name, String text) throws IOException {
        String begin = "<!-- begin " + name + " -->\n";
        String end = "<!-- end " + name + " -->";
        String document = Synthesized.read(file);
        assertThat(document).contains(begin, end);
        int from = document.indexOf(begin) + begin.length();
        String changed = document.substring(0, from) + text + document.substring(document.indexOf(end));
        hold(file, changed);
    }
}
