package dev.sluice.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.ports.Registry;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.model.Failure;
import dev.sluice.protocol.Outcome;
import dev.sluice.testkit.FakeRegistry;
import dev.sluice.testkit.Keys;
import dev.sluice.testkit.Together;
import dev.sluice.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How old what requests go by may be, in virtual time.
@Timeout(60)
class RecentRegistryTest {
    private static final Set<String> NO_KEYS = Set.of();
    private static final String HASH = Keys.hash(1);
    private static final Caller LAPTOP = Keys.plain(1, "laptop").caller();
    private static final Caller OWNER = new Caller("own-hash", "master", Caller.Kind.MASTER, Set.of());

    private final VirtualTime time = new VirtualTime();
    private final FakeRegistry store = new FakeRegistry();
    private final StoreBreaker breaker = new StoreBreaker();
    private final Listening listening = new Listening();
    private final RecentRegistry registry = over(store, RecentRegistry.FRESH);

    /// Remembers what it is told, and what requests went by at that moment.
    private final class Listening implements RecentRegistry.Listener {
        private final List<Long> taken = new ArrayList<>();
        private final List<Long> inForceMeanwhile = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        @Override
        public void taken(ConfigSnapshot snapshot) {
            taken.add(snapshot.version());
            inForceMeanwhile.add(registry.lastSeen().version());
        }

        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }
    }

    private RecentRegistry over(Registry registry, Duration fresh) {
        return new RecentRegistry(registry, Map.of(OWNER.keyHash(), OWNER), breaker, time, fresh, listening);
    }

    private void write(String document) {
        store.write(store.head().map(head -> head.number()).orElse(0L), document, "me", time.now());
    }

    private void writeGood() {
        write("{\"version\":1}");
    }

    private void advance(String duration) {
        time.advance(Duration.parse("PT" + duration));
    }

    private static long version(Look look) {
        return look.config() instanceof Outcome.Ok<ConfigSnapshot>(ConfigSnapshot config) ? config.version() : -1;
    }

    private static Failure.Refused refusal(Look look) {
        return look.config() instanceof Outcome.Bad<ConfigSnapshot>(Failure.Refused refused)
                ? refused
                : Failure.Refused.of(Failure.Kind.INVALID_REQUEST, "not refused: " + look.config());
    }

    private Look.Key key(String hash) {
        return registry.look(Set.of(hash)).key(hash);
    }

    // Fresh.

    @Test
    void nothing_is_read_before_the_first_request() {
        assertThat(registry.lastSeen().isEmpty()).isTrue();
        assertThat(store.reads()).isZero();
    }

    @Test
    void without_a_head_the_configuration_is_empty() {
        Look look = registry.look(NO_KEYS);

        assertThat(look.config()).isEqualTo(Outcome.ok(ConfigSnapshot.empty()));
        assertThat(look.stale()).isFalse();
    }

    @Test
    void configuration_and_keys_are_read_together_once_in_5_seconds() {
        writeGood();
        store.create(Keys.plain(1, "laptop"));

        for (int millis = 0; millis < 5000; millis += 100) {
            Look look = registry.look(Set.of(HASH));
            assertThat(version(look)).isEqualTo(1);
            assertThat(look.stale()).isFalse();
            assertThat(look.key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
            advance("0.1S");
        }
        assertThat(store.reads()).isEqualTo(1);
        registry.look(Set.of(HASH));
        assertThat(store.reads()).isEqualTo(2);
    }

    @Test
    void another_key_is_one_more_read() {
        registry.look(Set.of(HASH));
        registry.look(Set.of(HASH, Keys.hash(2)));
        registry.look(Set.of(Keys.hash(2)));

        assertThat(store.reads()).isEqualTo(2);
    }

    @Test
    void a_new_version_counts_for_every_request_that_starts_5_seconds_later() {
        writeGood();
        registry.look(NO_KEYS);
        advance("1S");
        writeGood();
        assertThat(version(registry.look(NO_KEYS))).isEqualTo(1);
        advance("5S");

        assertThat(version(registry.look(NO_KEYS))).isEqualTo(2);
    }

    @Test
    void a_revoked_key_is_refused_5_seconds_later() {
        store.create(Keys.plain(1, "laptop"));
        assertThat(key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
        store.revoke("laptop");
        advance("4.999S");
        assertThat(key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
        advance("0.001S");

        assertThat(key(HASH)).isEqualTo(Look.Key.UNKNOWN);
    }

    @Test
    void a_new_key_is_known_5_seconds_later_even_if_it_was_tried_before() {
        assertThat(key(HASH)).isEqualTo(Look.Key.UNKNOWN);
        store.create(Keys.plain(1, "laptop"));
        advance("5S");

        assertThat(key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
    }

    @Test
    void a_key_expires_to_the_moment_though_it_was_read_before() {
        store.create(Keys.until(1, "guest", time.now().plusSeconds(3)));
        assertThat(key(HASH)).isInstanceOf(Look.Key.Found.class);
        advance("2.999S");
        assertThat(key(HASH)).isInstanceOf(Look.Key.Found.class);
        advance("0.001S");

        assertThat(key(HASH)).isEqualTo(Look.Key.UNKNOWN);
        assertThat(store.reads()).isEqualTo(1);
    }

    @Test
    void a_wrong_key_in_a_loop_costs_one_read_in_5_seconds() {
        for (int i = 0; i < 100; i++) {
            assertThat(key(Keys.hash(666))).isEqualTo(Look.Key.UNKNOWN);
            advance("0.1S");
        }
        assertThat(store.reads()).isEqualTo(2);
    }

    @Test
    void any_number_of_wrong_keys_does_not_push_out_a_good_one() {
        store.create(Keys.plain(1, "laptop"));
        key(HASH);
        for (int i = 2; i < 12_002; i++) {
            key(Keys.hash(i));
        }
        int reads = store.reads();

        assertThat(key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
        assertThat(key(Keys.hash(12_001))).as("the latest wrong one").isEqualTo(Look.Key.UNKNOWN);
        assertThat(store.reads()).isEqualTo(reads);
        key(Keys.hash(2));
        assertThat(store.reads()).as("the oldest wrong one was forgotten").isEqualTo(reads + 1);
    }

    @Test
    void own_callers_are_known_without_the_store() {
        store.silent(true);

        assertThat(key(OWNER.keyHash())).isEqualTo(new Look.Key.Found(OWNER));
    }

    @Test
    void with_a_freshness_of_zero_every_request_asks() {
        RecentRegistry eager = over(store, Duration.ZERO);
        writeGood();
        assertThat(version(eager.look(NO_KEYS))).isEqualTo(1);
        writeGood();
        store.create(Keys.plain(1, "laptop"));

        Look look = eager.look(Set.of(HASH));

        assertThat(version(look)).isEqualTo(2);
        assertThat(look.stale()).isFalse();
        assertThat(look.key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
        assertThat(store.reads()).isEqualTo(2);
    }

    // What follows the configuration.

    @Test
    void who_follows_a_new_configuration_is_told_before_any_request_goes_by_it() {
        writeGood();
        registry.look(NO_KEYS);
        registry.look(NO_KEYS);
        advance("5S");
        registry.look(NO_KEYS);
        writeGood();
        advance("5S");
        registry.look(NO_KEYS);

        assertThat(listening.taken).containsExactly(1L, 2L);
        assertThat(listening.inForceMeanwhile).containsExactly(0L, 1L);
        assertThat(registry.lastSeen().version()).isEqualTo(2);
    }

    @Test
    void a_head_of_the_same_number_is_not_read_again() {
        writeGood();
        Look first = registry.look(NO_KEYS);
        advance("5S");
        Look second = registry.look(NO_KEYS);

        assertThat(store.reads()).isEqualTo(2);
        assertThat(((Outcome.Ok<ConfigSnapshot>) second.config()).value())
                .isSameAs(((Outcome.Ok<ConfigSnapshot>) first.config()).value());
    }

    // A silent store.

    @Test
    void while_the_store_is_silent_what_it_said_counts_for_15_minutes() {
        writeGood();
        store.create(Keys.plain(1, "laptop"));
        registry.look(Set.of(HASH));
        store.silent(true);
        advance("4.999S");
        assertThat(registry.look(Set.of(HASH)).stale()).isFalse();

        for (String later : List.of("0.001S", "5M", "9M54.999S")) {
            advance(later);
            Look look = registry.look(Set.of(HASH));
            assertThat(version(look)).isEqualTo(1);
            assertThat(look.stale()).isTrue();
            assertThat(look.key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
        }
        advance("0.001S");
        Look look = registry.look(Set.of(HASH));
        assertThat(refusal(look).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
        assertThat(refusal(look).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(refusal(look).message()).contains("15 minutes");
        assertThat(look.key(HASH)).isEqualTo(Look.Key.UNAVAILABLE);
        assertThat(registry.lastSeen().version()).isEqualTo(1);
    }

    @Test
    void a_key_never_seen_is_not_unknown_while_the_store_is_silent() {
        registry.look(NO_KEYS);
        store.silent(true);

        assertThat(key(HASH)).isEqualTo(Look.Key.UNAVAILABLE);
    }

    @Test
    void a_key_once_unknown_may_have_been_made_since() {
        key(HASH);
        store.silent(true);
        advance("4.999S");
        assertThat(key(HASH)).isEqualTo(Look.Key.UNKNOWN);
        advance("0.001S");

        assertThat(key(HASH)).isEqualTo(Look.Key.UNAVAILABLE);
    }

    @Test
    void a_key_seen_revoked_or_expired_stays_so_while_the_store_is_silent() {
        store.create(Keys.plain(1, "laptop"));
        store.revoke("laptop");
        store.create(Keys.until(2, "guest", time.now().plusSeconds(60)));
        registry.look(Set.of(HASH, Keys.hash(2)));
        store.silent(true);
        advance("59S");
        assertThat(key(Keys.hash(2))).isInstanceOf(Look.Key.Found.class);
        advance("1S");

        assertThat(key(Keys.hash(2))).isEqualTo(Look.Key.UNKNOWN);
        assertThat(key(HASH)).isEqualTo(Look.Key.UNKNOWN);
    }

    @Test
    void a_fresh_configuration_is_not_stale_because_a_key_could_not_be_read() {
        registry.look(NO_KEYS);
        store.silent(true);

        assertThat(registry.look(Set.of(HASH)).stale()).isFalse();
    }

    @Test
    void what_was_never_read_is_a_503_with_a_time_to_try_again() {
        store.silent(true);

        assertThat(refusal(registry.look(NO_KEYS)).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
        assertThat(refusal(registry.look(NO_KEYS)).retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void after_3_silences_only_one_request_a_second_asks() {
        writeGood();
        registry.look(NO_KEYS);
        store.silent(true);
        advance("10S");
        int before = store.reads();
        for (int i = 0; i < 50; i++) {
            registry.look(NO_KEYS);
        }
        assertThat(store.reads() - before).isEqualTo(3);
        advance("1S");
        registry.look(NO_KEYS);
        registry.look(NO_KEYS);
        assertThat(store.reads() - before).isEqualTo(4);
    }

    @Test
    void when_the_store_answers_again_everything_is_as_before() {
        writeGood();
        store.create(Keys.plain(1, "laptop"));
        registry.look(Set.of(HASH));
        store.silent(true);
        advance("20M");
        for (int i = 0; i < 5; i++) {
            registry.look(Set.of(HASH));
        }
        writeGood();
        store.silent(false);
        assertThat(refusal(registry.look(Set.of(HASH))).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
        advance("1S");

        Look look = registry.look(Set.of(HASH));
        assertThat(version(look)).isEqualTo(2);
        assertThat(look.stale()).isFalse();
        assertThat(look.key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
        assertThat(breaker.isOpen()).isFalse();
    }

    // What cannot be read.

    @Test
    void a_bad_head_never_replaces_a_good_one_and_is_told_once() {
        writeGood();
        registry.look(NO_KEYS);
        write("{\"version\":1,\"providers\":\"none\"}");
        for (int i = 0; i < 400; i++) {
            advance("5S");
            Look look = registry.look(NO_KEYS);
            assertThat(version(look)).isEqualTo(1);
            assertThat(look.stale()).isTrue();
        }
        assertThat(listening.notes).hasSize(1);
        assertThat(listening.notes.getFirst()).contains("Version 2", "providers", "version 1 stays");
        assertThat(registry.look(NO_KEYS).stale()).as("while it is fresh").isTrue();

        writeGood();
        advance("5S");
        assertThat(version(registry.look(NO_KEYS))).isEqualTo(3);
        assertThat(registry.look(NO_KEYS).stale()).isFalse();
        assertThat(listening.taken).containsExactly(1L, 3L);
    }

    @Test
    void keys_are_read_beside_a_bad_head() {
        writeGood();
        registry.look(NO_KEYS);
        write("no document");
        store.create(Keys.plain(1, "laptop"));
        advance("5S");

        assertThat(key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
    }

    @Test
    void a_bad_head_before_any_good_one_is_a_503_that_names_it_and_no_more() {
        write("{\"version\":1,\"providers\":\"secret stuff\"}");

        Failure.Refused refused = refusal(registry.look(NO_KEYS));
        assertThat(refused.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(refused.message()).contains("Version 1").doesNotContain("secret stuff", "providers");
        registry.look(NO_KEYS);
        assertThat(store.reads()).isEqualTo(1);
    }

    @Test
    void a_table_of_a_later_layout_is_a_503_that_says_so() {
        store.unreadable("the table has layout 9, this version knows 1");

        Look look = registry.look(Set.of(HASH));

        assertThat(refusal(look).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
        assertThat(refusal(look).message()).contains("layout 9");
        assertThat(look.key(HASH)).isEqualTo(Look.Key.UNAVAILABLE);
        assertThat(listening.notes).singleElement().asString().contains("layout 9");
    }

    @Test
    void what_was_read_before_the_store_became_unreadable_goes_on() {
        writeGood();
        store.create(Keys.plain(1, "laptop"));
        registry.look(Set.of(HASH));
        store.unreadable("damaged");
        for (int i = 0; i < 20; i++) {
            advance("5S");
            Look look = registry.look(Set.of(HASH));
            assertThat(version(look)).isEqualTo(1);
            assertThat(look.stale()).isTrue();
            assertThat(look.key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
        }
        assertThat(listening.notes).hasSize(1);
        assertThat(breaker.isOpen()).as("it answers").isFalse();

        advance("15M");
        Look look = registry.look(Set.of(HASH));
        assertThat(version(look)).as("the store has no better one").isEqualTo(1);
        assertThat(look.key(HASH)).as("it could have been revoked since").isEqualTo(Look.Key.UNAVAILABLE);
        store.unreadable(null);
        assertThat(key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
    }

    @Test
    void a_key_is_revoked_within_5_seconds_though_the_configuration_beside_it_is_damaged() {
        writeGood();
        store.create(Keys.plain(1, "laptop"));
        registry.look(Set.of(HASH));
        store.damagedHead("damaged");
        store.revoke("laptop");
        store.create(Keys.plain(2, "phone"));

        advance("5S");

        assertThat(key(HASH)).isEqualTo(Look.Key.UNKNOWN);
        assertThat(key(Keys.hash(2)))
                .isEqualTo(new Look.Key.Found(Keys.plain(2, "phone").caller()));
        assertThat(key(Keys.hash(3))).isEqualTo(Look.Key.UNKNOWN);
        assertThat(version(registry.look(NO_KEYS))).isEqualTo(1);
    }

    // Many at once.

    @Test
    void of_many_requests_at_once_one_reads_and_the_others_wait_for_it() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        writeGood();
        store.create(Keys.plain(1, "laptop"));
        RecentRegistry slow = over(
                hashes -> {
                    reads.incrementAndGet();
                    asked.countDown();
                    await(answer);
                    return store.read(hashes);
                },
                RecentRegistry.FRESH);

        List<Look> looks = Together.run(64, i -> {
            if (i == 0) {
                await(asked);
                answer.countDown();
            }
            return slow.look(Set.of(HASH));
        });

        assertThat(reads).hasValue(1);
        assertThat(looks).allSatisfy(look -> {
            assertThat(version(look)).isEqualTo(1);
            assertThat(look.key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
        });
    }

    @Test
    void a_key_is_asked_for_again_after_5_seconds_though_another_request_has_read_the_configuration_since() {
        writeGood();
        store.create(Keys.plain(1, "laptop"));
        assertThat(key(HASH)).isEqualTo(new Look.Key.Found(LAPTOP));
        store.revoke("laptop");
        advance("3S");
        registry.look(Set.of(Keys.hash(2)));
        advance("2S");

        assertThat(key(HASH)).isEqualTo(Look.Key.UNKNOWN);
    }

    @Test
    void nobody_goes_by_a_reading_that_began_too_long_ago() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        writeGood();
        RecentRegistry slow = over(
                hashes -> {
                    Registry.Reading reading = store.read(hashes);
                    if (reads.incrementAndGet() == 1) {
                        asked.countDown();
                        await(answer);
                    }
                    return reading;
                },
                RecentRegistry.FRESH);
        Thread stuck = Thread.ofVirtual().start(() -> slow.look(NO_KEYS));
        await(asked);
        writeGood();
        advance("5S");
        // it would wait for ever for the other
        Thread.ofVirtual().start(() -> {
            if (version(slow.look(NO_KEYS)) == 2) {
                answer.countDown();
            }
        });
        stuck.join();

        assertThat(reads).hasValue(2);
        assertThat(slow.lastSeen().version()).isEqualTo(2);
    }

    @Test
    void an_answer_that_comes_late_does_not_undo_a_later_one() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        writeGood();
        store.create(Keys.plain(1, "laptop"));
        RecentRegistry mixed = over(
                hashes -> {
                    Registry.Reading reading = store.read(hashes);
                    if (hashes.contains(Keys.hash(2))) {
                        asked.countDown();
                        await(answer);
                    }
                    return reading;
                },
                RecentRegistry.FRESH);
        Thread late = Thread.ofVirtual().start(() -> mixed.look(Set.of(HASH, Keys.hash(2))));
        await(asked);
        advance("1S");
        writeGood();
        store.revoke("laptop");
        assertThat(mixed.look(Set.of(HASH)).key(HASH)).isEqualTo(Look.Key.UNKNOWN);
        answer.countDown();
        late.join();

        assertThat(mixed.lastSeen().version()).isEqualTo(2);
        assertThat(mixed.look(Set.of(HASH)).key(HASH)).isEqualTo(Look.Key.UNKNOWN);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
