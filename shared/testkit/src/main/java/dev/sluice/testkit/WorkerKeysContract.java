package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.access.WorkerKeyChange.Changed;
import dev.sluice.core.access.WorkerKeyChange.Refused;
import dev.sluice.core.access.WorkerKeyChange.Unchanged;
import dev.sluice.core.access.WorkerKeyChange.Why;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.WorkerKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every place of the master key does, whatever store it is in.
public abstract class WorkerKeysContract {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant TOMORROW = NOON.plus(Duration.ofHours(24));
    private static final String A = Keys.hash(1);
    private static final String B = Keys.hash(2);
    private static final String C = Keys.hash(3);

    private Place place = new Place(new FakeWorkerKeys(), _ -> Optional.empty(), _ -> {});
    private WorkerKeys keys = place.keys();

    /// @param record what requests are known by, by hash
    /// @param put puts a client's key beside the master's
    public record Place(WorkerKeys keys, Function<String, Optional<KeyRecord>> record, Consumer<KeyRecord> put) {}

    /// A place where nothing was ever rotated.
    protected abstract Place fresh();

    @BeforeEach
    void begin_afresh() {
        place = fresh();
        keys = place.keys();
    }

    private boolean isValid(String hash, Instant now) {
        return place.record().apply(hash).filter(key -> key.isValid(now)).isPresent();
    }

    private void rotate(String version, String hash, Instant now) {
        keys.pend(version, hash, now, now.plus(Duration.ofHours(24)));
        keys.decide(version);
        assertThat(keys.promote(version, now)).isTrue();
    }

    @Test
    void a_fresh_place_has_no_key() {
        assertThat(keys.state()).isEqualTo(WorkerKeyState.NONE);
        assertThat(keys.decide("v1")).isFalse();
        assertThat(keys.promote("v1", NOON)).isFalse();
        assertThat(keys.abandon("v1")).isFalse();
        assertThat(keys.revokePrevious(NOON)).isFalse();
    }

    @Test
    void a_pending_key_is_valid_until_its_end() {
        assertThat(keys.pend("v1", A, NOON, TOMORROW)).isInstanceOf(Changed.class);
        assertThat(keys.state().pending()).contains(new WorkerKeyState.Key("v1", A, NOON, TOMORROW));
        assertThat(isValid(A, TOMORROW.minusNanos(1))).isTrue();
        assertThat(isValid(A, TOMORROW)).isFalse();
        assertThat(place.record().apply(A)).get().satisfies(key -> {
            assertThat(key.kind()).isEqualTo(Caller.Kind.MASTER);
            assertThat(key.allowedModels()).isEmpty();
            assertThat(key.limits()).isEmpty();
        });
    }

    @Test
    void a_pending_key_that_comes_again_has_a_new_end() {
        keys.pend("v1", A, NOON, TOMORROW);
        Instant later = NOON.plus(Duration.ofHours(30));
        keys.pend("v1", A, later, later.plus(Duration.ofHours(24)));
        assertThat(isValid(A, later)).isTrue();
        assertThat(keys.state().pending().orElseThrow().since()).isEqualTo(NOON);
    }

    @Test
    void another_pending_key_takes_the_place_of_one_that_is_not_decided() {
        keys.pend("v1", A, NOON, TOMORROW);
        keys.pend("v2", B, NOON, TOMORROW);
        assertThat(isValid(A, NOON)).isFalse();
        assertThat(isValid(B, NOON)).isTrue();
        assertThat(keys.decide("v1")).isFalse();
        assertThat(keys.promote("v1", NOON)).isFalse();
        assertThat(keys.promote("v2", NOON)).isTrue();
    }

    @Test
    void a_decided_key_has_no_end_and_gives_its_place_to_nobody() {
        keys.pend("v1", A, NOON, TOMORROW);
        assertThat(keys.decide("v1")).isTrue();
        assertThat(keys.decide("v1")).isTrue();
        assertThat(keys.state().decided()).contains("v1");
        assertThat(keys.pend("v1", A, NOON, TOMORROW)).isEqualTo(new Unchanged());
        assertThat(keys.pend("v2", B, NOON, TOMORROW)).isEqualTo(new Refused(Why.ANOTHER_IS_DECIDED));
        assertThat(isValid(A, NOON.plus(Duration.ofDays(1000)))).isTrue();
        assertThat(isValid(B, NOON)).isFalse();
    }

    @Test
    void a_promoted_key_holds_without_end_and_the_one_before_it_for_its_grace() {
        rotate("v1", A, NOON);
        assertThat(keys.state().previous()).isEmpty();
        keys.wish(Duration.ofHours(2));
        Instant later = NOON.plus(Duration.ofDays(90));
        rotate("v2", B, later);
        Instant end = later.plus(Duration.ofHours(2));
        assertThat(keys.state())
                .isEqualTo(new WorkerKeyState(
                        Optional.of(new WorkerKeyState.Key("v2", B, later, null)),
                        Optional.of(new WorkerKeyState.Key("v1", A, NOON, end)),
                        Optional.empty(),
                        WorkerKeyState.USUAL_GRACE,
                        Optional.of(later),
                        List.of(A)));
        assertThat(isValid(A, end.minusNanos(1))).isTrue();
        assertThat(isValid(A, end)).isFalse();
        assertThat(isValid(B, later.plus(Duration.ofDays(1000)))).isTrue();
    }

    @Test
    void a_repetition_changes_nothing_more() {
        rotate("v1", A, NOON);
        rotate("v2", B, NOON);
        WorkerKeyState before = keys.state();
        Instant later = NOON.plus(Duration.ofHours(23));
        assertThat(keys.pend("v2", B, later, later.plusSeconds(60))).isEqualTo(new Unchanged());
        assertThat(keys.decide("v2")).isTrue();
        assertThat(keys.promote("v2", later)).isTrue();
        assertThat(keys.state()).isEqualTo(before);
        assertThat(isValid(A, TOMORROW)).isFalse();
        assertThat(keys.promote("v1", later)).as("an old one").isFalse();
    }

    @Test
    void without_grace_the_old_key_ends_with_the_promotion() {
        rotate("v1", A, NOON);
        keys.wish(Duration.ZERO);
        rotate("v2", B, NOON);
        assertThat(isValid(A, NOON)).isFalse();
        assertThat(isValid(B, NOON)).isTrue();
        assertThat(keys.state().grace()).as("of the one after it").isEqualTo(WorkerKeyState.USUAL_GRACE);
    }

    @Test
    void only_one_key_before_the_current_one_lives_on() {
        rotate("v1", A, NOON);
        rotate("v2", B, NOON.plusSeconds(60));
        rotate("v3", C, NOON.plusSeconds(120));
        assertThat(List.of(A, B, C))
                .extracting(hash -> isValid(hash, NOON.plusSeconds(120)))
                .containsExactly(false, true, true);
    }

    @Test
    void the_key_before_is_revoked_once() {
        rotate("v1", A, NOON);
        assertThat(keys.revokePrevious(NOON)).isFalse();
        rotate("v2", B, NOON);
        assertThat(keys.revokePrevious(NOON.plusSeconds(1))).isTrue();
        assertThat(keys.revokePrevious(NOON.plusSeconds(2))).isFalse();
        assertThat(isValid(A, NOON)).isFalse();
        assertThat(isValid(B, NOON)).isTrue();
        assertThat(keys.state().previous().orElseThrow().lives(NOON.plusSeconds(1)))
                .isFalse();
    }

    @Test
    void an_abandoned_key_is_no_longer_valid() {
        keys.pend("v1", A, NOON, TOMORROW);
        keys.decide("v1");
        assertThat(keys.abandon("v2")).isFalse();
        assertThat(keys.abandon("v1")).isTrue();
        assertThat(isValid(A, NOON)).isFalse();
        assertThat(keys.state().pending()).isEmpty();
    }

    @Test
    void a_key_that_is_in_use_is_not_taken_again() {
        rotate("v1", A, NOON);
        rotate("v2", B, NOON);
        assertThat(keys.pend("v3", A, NOON, TOMORROW)).isEqualTo(new Refused(Why.KEY_IN_USE));
        assertThat(keys.pend("v3", B, NOON, TOMORROW)).isEqualTo(new Refused(Why.KEY_IN_USE));
        rotate("v4", Keys.hash(4), NOON);
        assertThat(keys.pend("v3", A, NOON, TOMORROW)).as("one of long ago").isEqualTo(new Refused(Why.KEY_IN_USE));
        place.put().accept(Keys.plain(3, "laptop"));
        assertThat(keys.pend("v3", C, NOON, TOMORROW)).isEqualTo(new Refused(Why.KEY_IN_USE));
        assertThat(place.record().apply(C)).contains(Keys.plain(3, "laptop"));
        assertThat(keys.state().pending()).isEmpty();
    }

    @Test
    void of_many_that_promote_at_once_the_grace_is_counted_once() {
        rotate("v1", A, NOON);
        keys.pend("v2", B, NOON, TOMORROW);
        List<Boolean> done = Together.run(12, i -> keys.promote("v2", NOON.plusSeconds(i)));
        assertThat(done).doesNotContain(false);
        Instant promoted = keys.state().rotated().orElseThrow();
        assertThat(keys.state().previous().orElseThrow().until()).isEqualTo(promoted.plus(WorkerKeyState.USUAL_GRACE));
    }

    @Test
    void of_many_pending_keys_at_once_one_is_valid() {
        Together.run(12, i -> keys.pend("v" + i, Keys.hash(i), NOON, TOMORROW));
        String winner = keys.state().pending().orElseThrow().hash();
        for (int i = 0; i < 12; i++) {
            assertThat(isValid(Keys.hash(i), NOON)).isEqualTo(Keys.hash(i).equals(winner));
        }
    }
}
