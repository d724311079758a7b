package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.FixedTime;
import dev.sluice.cli.Main;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Transcript;
import dev.sluice.core.ports.Time;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C while the master key of a stack rotates.
class InterruptedRotationTest {
    private static final String KEY = "slc_" + "Zq7".repeat(14) + "x";

    @TempDir
    private Path home;

    private final StopSignal stop = new StopSignal();
    private final Transcript out = new Transcript();
    private final Transcript err = new Transcript();

    /// The owner loses patience in the first pause.
    private record Impatient(StopSignal stop) implements Time {
        @Override
        public Instant now() {
            return FixedTime.NOON.now();
        }

        @Override
        public long nanos() {
            return FixedTime.NOON.nanos();
        }

        @Override
        public void sleep(Duration pause) {
            stop.ask();
        }
    }

    @Test
    void the_command_ends_and_says_where_the_rotation_is_which_goes_on_to_its_end() throws Exception {
        try (FakeDeployment deployed = new FakeDeployment(home)) {
            deployed.stand(URI.create("http://127.0.0.1:9"));
            deployed.rotateTo(KEY);
            int before = deployed.secrets().steps().size();

            int exit = rotate(deployed);

            assertThat(exit).as(err.text()).isEqualTo(1);
            assertThat(err.text())
                    .contains("interrupted, and the rotation goes on without this command. It is in ")
                    .contains("The old key holds as before, and no other was shown")
                    .doesNotContain("Exception", KEY);
            assertThat(out.text()).doesNotContain("slc_");
            assertThat(stop.isHeeded()).isTrue();
            deployed.secrets().awaitRotation("Sluice/master-key");
            assertThat(deployed.secrets().steps()).hasSize(2 * before);
        }
    }

    private int rotate(FakeDeployment deployed) {
        return Main.run(
                new String[] {"worker-key", "rotate", "--stack", FakeDeployment.STACK, "--yes"},
                deployed.shell()
                        .with(new Impatient(stop))
                        .surroundings(InputStream.nullInputStream(), out, err, new ManualSchedule(), stop));
    }
}
