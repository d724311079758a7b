package dev.sluice.cli.control;

import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.preview.Preview;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.model.Json;
import dev.sluice.testkit.CallBookContract;
import dev.sluice.testkit.UsageBookContract;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The books of a running `start`, looked at over its control channel.
class RemoteBooksTest {
    @TempDir
    private Path home;

    private final List<Runnable> open = new ArrayList<>();

    /// The books that a process writes, and the same as another process sees them.
    private record Both(EmbeddedStore store, Holdings seen) {}

    private Both start() {
        DataDirectory directory = new DataDirectory(home.resolve("data" + open.size()));
        EmbeddedStore store = EmbeddedStore.open(directory, _ -> {});
        ControlServer server = ControlServer.open(
                directory,
                new Holdings.Local(store, directory, surroundings()),
                _ -> new Preview.Told(200, Json.Obj.EMPTY),
                Invocations.NONE,
                new SecureRandom());
        open.add(() -> {
            server.close();
            store.close();
        });
        return new Both(store, Holdings.open(directory, surroundings()));
    }

    private Surroundings surroundings() {
        return new Shell(home)
                .surroundings(
                        InputStream.nullInputStream(),
                        new Transcript(),
                        new Transcript(),
                        new ManualSchedule(),
                        new StopSignal());
    }

    @AfterEach
    void end() {
        open.forEach(Runnable::run);
    }

    @Nested
    class Calls extends CallBookContract {
        @Override
        protected CallSides fresh() {
            Both both = start();
            return new CallSides(both.store().calls(), both.seen().calls());
        }
    }

    @Nested
    class Usage extends UsageBookContract {
        @Override
        protected UsageSides fresh() {
            Both both = start();
            return new UsageSides(both.store().usage(), both.seen().usage());
        }
    }
}
