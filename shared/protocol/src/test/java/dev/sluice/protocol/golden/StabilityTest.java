package dev.sluice.protocol.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.vectors.PresentCodecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The same request gives the same bytes: a provider's cache of prompts works by them.
class StabilityTest {
    /// `-Dstability.times=10000` takes a minute.
    private static final int TIMES = Integer.getInteger("stability.times", 300);

    /// The small requests, which use the most forms.
    @Test
    void any_number_of_translations_of_a_request_are_the_same_bytes() throws IOException {
        for (Path fixture : Translations.fixtures()) {
            if (Files.size(fixture) < 4000) {
                for (UpstreamCodec upstream : PresentCodecs.all().all()) {
                    stable(new Translations(fixture), upstream);
                }
            }
        }
    }

    private static void stable(Translations translations, UpstreamCodec upstream) {
        byte[] first = translations.bytes(upstream);
        for (int i = 1; i < TIMES; i++) {
            assertThat(translations.bytes(upstream)).isEqualTo(first);
        }
    }

    /// The order of `Set.of` and `Map.of` changes from one process to the next.
    @Test
    void other_processes_write_the_same_bytes() throws IOException, InterruptedException {
        String own = Translations.hash();
        for (int i = 0; i < 2; i++) {
            assertThat(hashOfAnotherProcess()).isEqualTo(own);
        }
    }

    private static String hashOfAnotherProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Translations.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return said.strip();
    }
}
