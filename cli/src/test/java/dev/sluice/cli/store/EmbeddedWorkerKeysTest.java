package dev.sluice.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.WorkerKeyState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedWorkerKeysTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOON.plus(Duration.ofMinutes(1));
    private static final Instant DONE = NOON.plus(Duration.ofMinutes(5));

    @TempDir
    private Path folder;

    private DataDirectory directory;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void name_the_folder() {
        directory = new DataDirectory(folder.resolve("data"));
    }

    private void open(Consumer<EmbeddedWorkerKeys> use) {
        try (EmbeddedStore store = EmbeddedStore.open(directory, notes::add)) {
            use.accept(store.workerKeys("f"));
        }
    }

    /// What the store of an earlier version holds.
    private void write(String name, String text) throws Exception {
        Files.createDirectories(directory.path());
        try (MVStore raw = MVStore.open(directory.store().toString())) {
            MVMap<String, String> keys = keys(raw);
            keys.put(name, text);
            raw.commit();
        }
    }

    private static MVMap<String, String> keys(MVStore raw) {
        return raw.openMap(
                "keys",
                new MVMap.Builder<String, String>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(StringDataType.INSTANCE));
    }

    private String read(String name) {
        try (MVStore raw = MVStore.open(directory.store().toString())) {
            MVMap<String, String> keys = keys(raw);
            return String.valueOf(keys.get(name));
        }
    }

    @Test
    void the_key_of_an_earlier_version_goes_on_and_can_be_rotated() throws Exception {
        write("master#f", "old");
        open(keys -> {
            assertThat(keys.opens("old", NOON)).isTrue();
            assertThat(keys.state().current()).contains(new WorkerKeyState.Key("first", "old", Instant.EPOCH, null));
            keys.pend("v2", "new", NOON, DONE);
            assertThat(keys.promote("v2", NOON)).isTrue();
        });
        open(keys -> {
            assertThat(keys.opens("new", LATER)).isTrue();
            assertThat(keys.opens("old", LATER)).isTrue();
            assertThat(keys.opens("old", NOON.plus(WorkerKeyState.USUAL_GRACE))).isFalse();
        });
        assertThat(read("master#f"))
                .as("an earlier version goes by the key that holds")
                .isEqualTo("new");
    }

    @Test
    void a_damaged_state_leaves_the_key_that_holds() throws Exception {
        write("master#f", "old");
        write("worker#f", "{\"current\":{}}");
        open(keys -> assertThat(keys.opens("old", NOON)).isTrue());
        assertThat(notes).singleElement().asString().contains("damaged");
    }

    @Test
    void the_first_key_has_none_before_it() {
        open(keys -> {
            keys.begin("one", NOON);
            assertThat(keys.state().previous()).isEmpty();
            assertThat(keys.revokePrevious(NOON)).isFalse();
        });
    }

    @Test
    void all_of_it_is_on_the_disk() {
        WorkerKeyState[] written = new WorkerKeyState[1];
        open(keys -> {
            keys.begin("one", NOON);
            keys.pend("v2", "two", NOON, DONE);
            keys.promote("v2", NOON);
            keys.pend("v3", "three", NOON, DONE);
            keys.wish(Duration.ofHours(2));
            written[0] = keys.state();
        });
        open(keys -> assertThat(keys.state()).isEqualTo(written[0]));
        assertThat(written[0].pending()).isEqualTo(Optional.of(new WorkerKeyState.Key("v3", "three", NOON, DONE)));
        assertThat(notes).isEmpty();
    }
}
