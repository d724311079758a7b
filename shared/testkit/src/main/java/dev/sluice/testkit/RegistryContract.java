package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.core.ports.Registry;
import dev.sluice.core.ports.Registry.Reading;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every registry does that answers, whatever it is made of: each read sees all that was written before it began.
public abstract class RegistryContract {
    private static final Instant WHEN = Instant.parse("2026-11-21T12:00:00Z");
    private static final Set<String> NOBODY = Set.of();

    private Sides sides = sides(new FakeRegistry());

    /// A registry and its owner's side, over one store.
    public record Sides(Registry registry, KeyBook keys, ConfigVersions versions) {}

    /// All over one store in which nothing was ever written.
    protected abstract Sides fresh();

    private static Sides sides(FakeRegistry fake) {
        return new Sides(fake, fake, fake);
    }

    @BeforeEach
    void begin_with_a_fresh_store() {
        sides = fresh();
    }

    private Reading read(Set<String> hashes) {
        return sides.registry().read(hashes);
    }

    private Optional<Version> write(long expected, String document) {
        sides.versions().write(expected, document, "me", WHEN);
        return Optional.of(new Version(expected + 1, document, "me", WHEN));
    }

    private static Reading known(Optional<Version> head, KeyRecord... keys) {
        Map<String, KeyRecord> byHash = new LinkedHashMap<>();
        for (KeyRecord key : keys) {
            byHash.put(key.hash(), key);
        }
        return new Reading.Known(head, byHash);
    }

    @Test
    void a_fresh_store_has_neither_head_nor_keys() {
        assertThat(read(NOBODY)).isEqualTo(known(Optional.empty()));
        assertThat(read(Set.of(Keys.hash(1)))).isEqualTo(known(Optional.empty()));
    }

    @Test
    void head_and_keys_come_together() {
        Optional<Version> head = write(0, "{\"version\":1}");
        sides.keys().create(Keys.full(1, "laptop"));
        sides.keys().create(Keys.plain(2, "desk"));

        assertThat(read(Set.of(Keys.hash(1), Keys.hash(2))))
                .isEqualTo(known(head, Keys.full(1, "laptop"), Keys.plain(2, "desk")));
    }

    @Test
    void only_keys_that_were_asked_for_come() {
        Optional<Version> head = write(0, "{}");
        sides.keys().create(Keys.plain(1, "laptop"));
        sides.keys().create(Keys.plain(2, "desk"));

        assertThat(read(NOBODY)).isEqualTo(known(head));
        assertThat(read(Set.of(Keys.hash(2)))).isEqualTo(known(head, Keys.plain(2, "desk")));
    }

    @Test
    void unknown_keys_are_left_out() {
        sides.keys().create(Keys.plain(1, "laptop"));

        assertThat(read(Set.of(Keys.hash(1), Keys.hash(9))))
                .isEqualTo(known(Optional.empty(), Keys.plain(1, "laptop")));
        assertThat(read(Set.of("laptop"))).as("a name is no hash").isEqualTo(known(Optional.empty()));
    }

    @Test
    void the_next_read_sees_a_new_head() {
        write(0, "{\"a\":1}");
        read(NOBODY);
        Optional<Version> second = write(1, "{\"a\":2}");

        assertThat(read(NOBODY)).isEqualTo(known(second));
    }

    @Test
    void the_next_read_sees_a_new_key() {
        read(Set.of(Keys.hash(1)));
        sides.keys().create(Keys.plain(1, "laptop"));

        assertThat(read(Set.of(Keys.hash(1)))).isEqualTo(known(Optional.empty(), Keys.plain(1, "laptop")));
    }

    @Test
    void the_next_read_sees_that_a_key_was_revoked() {
        sides.keys().create(Keys.full(1, "laptop"));
        read(Set.of(Keys.hash(1)));
        sides.keys().revoke("laptop");

        assertThat(read(Set.of(Keys.hash(1))))
                .isEqualTo(known(Optional.empty(), Keys.full(1, "laptop").revoke()));
    }

    @Test
    void expired_keys_come_too() {
        KeyRecord expired = Keys.until(1, "guest", Instant.parse("2001-01-01T00:00:00Z"));
        sides.keys().create(expired);

        assertThat(read(Set.of(Keys.hash(1)))).isEqualTo(known(Optional.empty(), expired));
    }

    @Test
    void a_head_of_300_kilobytes_comes_whole() {
        Optional<Version> head = write(0, ConfigVersionsContract.large(7));
        sides.keys().create(Keys.plain(1, "laptop"));

        assertThat(read(Set.of(Keys.hash(1)))).isEqualTo(known(head, Keys.plain(1, "laptop")));
    }

    @Test
    void the_head_is_the_last_of_many_versions() {
        LongStream.range(0, 12).forEach(n -> write(n, "{\"n\":" + n + "}"));

        assertThat(read(NOBODY)).isEqualTo(known(Optional.of(new Version(12, "{\"n\":11}", "me", WHEN))));
    }
}
