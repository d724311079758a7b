package dev.sluice.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.ports.LimitStore;
import dev.sluice.core.ports.LimitStore.Position;
import dev.sluice.core.ports.LimitStore.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedLimitsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String COUNTER = "q/month/month1/1772323200";

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();
    private DataDirectory directory;

    @BeforeEach
    void name_the_folder() {
        directory = new DataDirectory(folder.resolve("data"));
    }

    private EmbeddedStore open() {
        return EmbeddedStore.open(directory, notes::add);
    }

    static AdmitStep one(String item, long most) {
        return new AdmitStep(item, null, List.of(new Take(COUNTER, 1, most)), null, List.of(), List.of(), NOON);
    }

    private static StateItem item(EmbeddedStore store) {
        assertThat(store.limits().read("provider#a")).isInstanceOf(Reply.Done.class);
        return ((Reply.Done) store.limits().read("provider#a")).item();
    }

    @Test
    void of_64_threads_exactly_as_many_get_in_as_the_bucket_holds() throws InterruptedException {
        AtomicInteger granted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        try (EmbeddedStore store = open()) {
            inThreads(64, 25, () -> {
                if (store.limits().admit(one("provider#a", 1_000)) instanceof Reply.Done) {
                    granted.incrementAndGet();
                } else {
                    refused.incrementAndGet();
                }
            });
            assertThat(granted).hasValue(1_000);
            assertThat(refused).hasValue(600);
            assertThat(item(store).number(COUNTER)).isEqualTo(1_000);
        }
        try (EmbeddedStore store = open()) {
            assertThat(item(store).number(COUNTER)).isEqualTo(1_000);
            assertThat(store.limits().admit(one("provider#a", 1_000))).isInstanceOf(Reply.Refused.class);
        }
    }

    @Test
    void no_two_threads_get_the_same_position_and_none_is_lost_by_a_restart() throws InterruptedException {
        Set<Long> positions = ConcurrentHashMap.newKeySet();
        try (EmbeddedStore store = open()) {
            inThreads(16, 10, () -> positions.add(((Position.At) store.limits().advance("coding")).position()));
        }
        assertThat(positions).hasSize(160).contains(0L, 159L);
        try (EmbeddedStore store = open()) {
            assertThat(store.limits().peek("coding")).isEqualTo(new Position.At(160));
            assertThat(store.limits().advance("coding")).isEqualTo(new Position.At(160));
            assertThat(store.limits().advance("other")).isEqualTo(new Position.At(0));
        }
    }

    private static void inThreads(int threads, int times, Runnable task) throws InterruptedException {
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            started.add(Thread.ofVirtual().start(() -> {
                for (int n = 0; n < times; n++) {
                    task.run();
                }
            }));
        }
        for (Thread thread : started) {
            thread.join();
        }
    }

    @Test
    void what_was_granted_survives_a_kill_in_the_middle() throws IOException, InterruptedException {
        Process admitting = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Admitting.class.getName(),
                        directory.path().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int told = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(admitting.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && line.endsWith("."); line = lines.readLine()) {
                told = Integer.parseInt(line, 0, line.length() - 1, 10);
                if (told == 300) {
                    assertThat(admitting.toHandle().destroyForcibly()).isTrue(); // what it has told is still read
                }
            }
        }
        assertThat(admitting.waitFor()).isNotZero();
        assertThat(told).isGreaterThanOrEqualTo(300);
        try (EmbeddedStore store = open()) {
            assertThat(item(store).number(COUNTER)).isGreaterThanOrEqualTo(told);
            assertThat(notes).isEmpty();
        }
    }

    /// Admits for ever and tells each grant; killed by its test.
    static final class Admitting {
        private Admitting() {}

        private static void fail(String note) {
            throw new IllegalStateException(note);
        }

        public static void main(String[] args) {
            try (EmbeddedStore store = EmbeddedStore.open(new DataDirectory(Path.of(args[0])), Admitting::fail)) {
                LimitStore limits = store.limits();
                for (int granted = 1; limits.admit(one("provider#a", 1_000_000)) instanceof Reply.Done; granted++) {
                    System.out.println(granted + ".");
                    System.out.flush();
                }
            }
        }
    }

    @Test
    void an_interrupted_thread_closes_the_file_for_nobody() {
        try (EmbeddedStore store = open()) {
            Thread.currentThread().interrupt();
            assertThat(store.limits().admit(one("provider#a", 9))).isInstanceOf(Reply.Done.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.limits().admit(one("provider#a", 9))).isInstanceOf(Reply.Done.class);
            store.versions().write(0, "{}", "ada", NOON);
            assertThat(notes).isEmpty();
        }
    }

    @Test
    void a_store_that_is_closed_is_silent() {
        EmbeddedStore store = open();
        LimitStore limits = store.limits();
        store.close();
        assertThat(limits.admit(one("provider#a", 9))).isEqualTo(new Reply.Silent(true));
        assertThat(limits.advance("coding")).isEqualTo(new Position.Silent());
    }

    @Test
    void what_is_damaged_is_named_and_counted_anew() {
        try (EmbeddedStore store = open()) {
            store.limits().admit(one("provider#a", 9));
        }
        write("limits", "provider#a", "{\"n\":{\"rr\":\"many\",\"cd\":1.5,\"" + COUNTER + "\":7},\"t\":{\"r/1\":5}}");
        write("limits", "provider#b", "no JSON");
        try (EmbeddedStore store = open()) {
            assertThat(item(store).numbers()).containsOnlyKeys(COUNTER).containsEntry(COUNTER, 7L);
            assertThat(item(store).texts()).isEmpty();
            assertThat(store.limits().read("provider#b")).isEqualTo(new Reply.Done(StateItem.EMPTY));
            assertThat(store.limits().admit(one("provider#a", 9))).isInstanceOf(Reply.Done.class);
        }
        assertThat(notes)
                .hasSize(2)
                .anySatisfy(note -> assertThat(note).contains("provider#a", "rr", "cd", "r/1"))
                .anySatisfy(note -> assertThat(note).contains("provider#b", "everything"));
    }

    /// As somebody might who edits the file with another program.
    private void write(String map, String key, String value) {
        try (MVStore store =
                new MVStore.Builder().fileName(directory.store().toString()).open()) {
            MVMap<String, String> entries = store.openMap(
                    map,
                    new MVMap.Builder<String, String>()
                            .keyType(StringDataType.INSTANCE)
                            .valueType(StringDataType.INSTANCE));
            entries.put(key, value);
            store.commit();
        }
    }
}
