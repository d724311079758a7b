package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    @Test
    void kills_what_is_left_when_the_engine_ends() throws Exception {
        Process left = sleeping();
        Process released = sleeping();
        try (Signals signals = Signals.open()) {
            signals.adopt(Long.toString(left.pid()));
            signals.adopt(Long.toString(released.pid()));
            signals.stop(Long.toString(left.pid()));
            signals.release(Long.toString(released.pid()));
        }

        assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(released.isAlive()).isTrue();
        released.destroyForcibly();
    }

    @Test
    void stops_continues_and_kills() throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", "read -r line; echo back").start();
        String target = Long.toString(process.pid());
        try (Signals signals = Signals.open()) {
            signals.stop(target);
            process.outputWriter().append("go\n").flush();
            assertThat(process.waitFor(Duration.ofMillis(50))).isFalse();
            signals.resume(target);
            assertThat(process.inputReader().readLine()).isEqualTo("back");

            Process other = sleeping();
            signals.kill(Long.toString(other.pid()));
            assertThat(other.waitFor()).isEqualTo(137);
        }
    }

    private static Process sleeping() throws IOException {
        return new ProcessBuilder("sleep", "100").start();
    }
}
