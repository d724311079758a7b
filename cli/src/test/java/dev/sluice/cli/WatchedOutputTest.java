package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WatchedOutputTest {
    private static WatchedOutput after(String failure) {
        WatchedOutput watched = new WatchedOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        });
        new PrintStream(watched, true, StandardCharsets.UTF_8).println("an answer");
        return watched;
    }

    @Test
    void tells_of_a_full_disk_and_not_of_a_reader_that_had_enough() {
        assertThat(after("No space left on device").problem()).contains("No space left on device");
        assertThat(after("Broken pipe").problem()).isEmpty();
        assertThat(new WatchedOutput(OutputStream.nullOutputStream()).problem()).isEmpty();
    }
}
