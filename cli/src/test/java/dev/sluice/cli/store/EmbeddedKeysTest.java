package dev.sluice.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.config.RateLimitConfig.Window;
import dev.sluice.core.ports.Registry.Reading;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKeysTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private EmbeddedStore open() {
        return EmbeddedStore.open(new DataDirectory(folder.resolve("data")), _ -> {});
    }

    private static KeyRecord rich() {
        RateLimitConfig limit = new RateLimitConfig(
                "day",
                "A day's worth",
                List.of("all"),
                100L,
                null,
                new BigDecimal("1.50"),
                new Window(Unit.DAY, 1),
                new BigDecimal("0.1"));
        return new KeyRecord(
                "abc",
                "laptop",
                Caller.Kind.CLIENT,
                false,
                NOON,
                NOON.plusSeconds(60),
                Set.of("coding", "a/b"),
                List.of(limit));
    }

    @Test
    void everything_of_a_key_is_still_there_after_a_restart() {
        try (EmbeddedStore store = open()) {
            assertThat(store.keys().create(rich())).isTrue();
        }
        try (EmbeddedStore store = open()) {
            assertThat(store.keys().list()).containsExactly(rich());
            assertThat(store.registry().read(Set.of("abc", "other")))
                    .isEqualTo(new Reading.Known(Optional.empty(), Map.of("abc", rich())));
            assertThat(store.keys().revoke("laptop")).isTrue();
        }
        try (EmbeddedStore store = open()) {
            assertThat(store.keys().list()).singleElement().matches(KeyRecord::revoked);
            assertThat(store.keys().create(rich())).isFalse();
        }
    }
}
