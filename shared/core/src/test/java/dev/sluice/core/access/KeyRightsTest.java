package dev.sluice.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.RateLimitConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// CVE-2026-47101: a key was made that could do more than its maker, and with it everything.
class KeyRightsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> MODELS = List.of("coding", "one/m", "one/*", "m", "alias:coding", "*/*");
    private static final List<Caller.Kind> KINDS =
            List.of(Caller.Kind.MASTER, Caller.Kind.CLIENT, Caller.Kind.ANONYMOUS);
    private static final int MANY = 20_000;

    private final Random random = new Random(42);

    private KeyRecord any() {
        Set<String> models = new HashSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            models.add(MODELS.get(random.nextInt(MODELS.size())));
        }
        List<RateLimitConfig> limits = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            limits.add(anyLimit(i));
        }
        Instant expires = random.nextBoolean() ? null : NOON.plus(Duration.ofDays(random.nextInt(3)));
        Caller.Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        return new KeyRecord("h", "k", kind, random.nextInt(8) == 0, NOON, expires, models, limits);
    }

    private RateLimitConfig anyLimit(int id) {
        RateLimitConfig.Unit unit = random.nextBoolean() ? RateLimitConfig.Unit.DAY : RateLimitConfig.Unit.HOUR;
        Long requests = random.nextBoolean() ? Long.valueOf(1 + random.nextInt(3)) : null;
        Long tokens = random.nextBoolean() ? Long.valueOf(1 + random.nextInt(3)) : null;
        BigDecimal usd = random.nextBoolean() ? BigDecimal.valueOf(1 + random.nextInt(3)) : null;
        List<String> models = random.nextBoolean() ? List.of("all") : List.of("m");
        BigDecimal margin = random.nextBoolean() ? BigDecimal.ZERO : new BigDecimal("0.5");
        return new RateLimitConfig(
                "l" + id, "l" + id, models, requests, tokens, usd, new RateLimitConfig.Window(unit, 1), margin);
    }

    @Test
    void a_key_is_within_itself_but_for_who_has_none() {
        for (int i = 0; i < MANY; i++) {
            KeyRecord key = any();
            assertThat(KeyRights.within(key, key)).isEqualTo(key.kind() != Caller.Kind.ANONYMOUS);
        }
    }

    /// However many keys are made with one another, none gets wider than the first.
    @Test
    void what_is_within_what_is_within_is_within() {
        int chains = 0;
        for (int i = 0; i < MANY; i++) {
            KeyRecord first = any();
            KeyRecord second = any();
            KeyRecord third = any();
            if (KeyRights.within(first, second) && KeyRights.within(second, third)) {
                chains++;
                assertThat(KeyRights.wider(first, third)).isEmpty();
            }
        }
        assertThat(chains).isPositive();
    }

    @Test
    void whatever_is_within_lives_no_longer_reaches_no_more_and_uses_no_more() {
        int seen = 0;
        for (int i = 0; i < MANY; i++) {
            KeyRecord creator = any();
            KeyRecord wished = any();
            if (!KeyRights.within(creator, wished)) {
                continue;
            }
            seen++;
            Instant[] times = {NOON, NOON.plus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(9))};
            for (Instant time : times) {
                assertThat(!wished.isValid(time) || creator.isValid(time)).isTrue();
            }
            assertThat(creator.allowedModels().isEmpty()
                            || !wished.allowedModels().isEmpty())
                    .isTrue();
            assertThat(creator.allowedModels().isEmpty()
                            || creator.allowedModels().containsAll(wished.allowedModels()))
                    .isTrue();
            for (long used = 0; used <= 3; used++) {
                assertThat(allows(creator, used)).as("%s", wished).isGreaterThanOrEqualTo(allows(wished, used));
            }
        }
        assertThat(seen).isPositive();
    }

    /// 1 when a day's use of that many requests of model m is let through.
    private static int allows(KeyRecord key, long used) {
        return key.limits().stream()
                        .filter(limit -> limit.window().unit() == RateLimitConfig.Unit.DAY)
                        .allMatch(limit -> limit.requests() == null
                                || limit.requests() * (1 - limit.safetyMargin().doubleValue()) >= used)
                ? 1
                : 0;
    }

    @Test
    void each_field_that_is_wider_is_named() {
        RateLimitConfig day = limit(10L);
        KeyRecord creator = key(Caller.Kind.CLIENT, NOON, Set.of("coding"), List.of(day));
        assertThat(KeyRights.wider(creator, key(Caller.Kind.MASTER, null, Set.of(), List.of(limit(11L)))))
                .hasSize(4)
                .satisfiesExactly(
                        kind -> assertThat(kind).contains("master key"),
                        models -> assertThat(models).contains("models", "coding"),
                        expires -> assertThat(expires).contains("expires", NOON.toString()),
                        limits -> assertThat(limits).contains("limits"));
        assertThat(KeyRights.within(creator, key(Caller.Kind.CLIENT, NOON, Set.of("coding"), List.of(limit(9L)))))
                .isTrue();
        assertThat(KeyRights.within(creator, key(Caller.Kind.CLIENT, NOON, Set.of("coding"), List.of())))
                .isFalse();
    }

    @Test
    void the_owner_may_make_every_key_but_that_of_nobody() {
        for (int i = 0; i < MANY; i++) {
            KeyRecord wished = any();
            assertThat(KeyRights.within(KeyRights.owner(NOON), wished))
                    .isEqualTo(wished.kind() != Caller.Kind.ANONYMOUS);
        }
    }

    private static RateLimitConfig limit(long requests) {
        return new RateLimitConfig(
                "day",
                "day",
                List.of("all"),
                requests,
                null,
                null,
                new RateLimitConfig.Window(RateLimitConfig.Unit.DAY, 1),
                BigDecimal.ZERO);
    }

    private static KeyRecord key(
            Caller.Kind kind, @Nullable Instant expires, Set<String> models, List<RateLimitConfig> limits) {
        return new KeyRecord("h", "k", kind, false, NOON, expires, models, limits);
    }
}
