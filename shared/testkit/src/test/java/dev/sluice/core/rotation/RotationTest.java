package dev.sluice.core.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.WorkerKeyChange;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.KeyProbe;
import dev.sluice.core.ports.KeyProbe.Verdict;
import dev.sluice.core.ports.VersionedSecret;
import dev.sluice.core.ports.WorkerKeys;
import dev.sluice.core.rotation.StepResult.Done;
import dev.sluice.core.rotation.StepResult.Failed;
import dev.sluice.testkit.FakeWorkerKeys;
import dev.sluice.testkit.VirtualTime;
import dev.sluice.testkit.secrets.FakeSecret;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final String OWN = "Zx9-tQ2.pL7_vB4!mK8+wR3n";

    private final VirtualTime time = new VirtualTime();
    private final FakeSecret secret = new FakeSecret("Sluice/master-key");
    private final FakeWorkerKeys keys = new FakeWorkerKeys();
    private final KeyHash hashes = new KeyHash(new byte[32]);
    private final Deque<Verdict> verdicts = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final Rotation rotation = new Rotation(secret, keys, hashes, this::ask, time, new SplittableRandom(1));

    @BeforeEach
    void set_up() {
        secret.rotates(true);
        secret.put("generated at deploy, never a key");
    }

    private Verdict ask(String key) {
        asked.add(key);
        return verdicts.isEmpty() ? new KeyProbe.Verdict.Accepted() : verdicts.poll();
    }

    private StepResult take(String step, String version) {
        return rotation.take(RotationStep.of(step).orElseThrow(), version);
    }

    private void rotate(String version) {
        assertThat(secret.begin(version)).isEqualTo(version);
        for (RotationStep step : RotationStep.values()) {
            assertThat(rotation.take(step, version)).isInstanceOf(Done.class);
        }
    }

    private String text(String stage) {
        return secret.stage(stage).orElseThrow().text();
    }

    @Test
    void a_rotation_makes_a_key_of_256_bits_that_holds() {
        rotate("v1");
        assertThat(text("AWSCURRENT")).matches("slc_[A-Za-z0-9_-]{43}");
        assertThat(keys.state().current().orElseThrow().hash()).isEqualTo(hashes.of(text("AWSCURRENT")));
        assertThat(asked).containsExactly(text("AWSCURRENT"));
        assertThat(secret.holder("AWSPENDING")).isEmpty();
    }

    @Test
    void a_pending_key_that_is_there_is_kept() {
        secret.begin("v1");
        take("createSecret", "v1");
        String made = text("AWSPENDING");
        take("createSecret", "v1");
        assertThat(text("AWSPENDING")).isEqualTo(made);
    }

    @Test
    void until_it_is_finished_both_keys_are_valid() {
        rotate("v1");
        String first = hashes.of(text("AWSCURRENT"));
        secret.begin("v2");
        take("createSecret", "v2");
        take("setSecret", "v2");
        assertThat(keys.record(first).orElseThrow().expires()).isNull();
        assertThat(keys.record(hashes.of(text("AWSPENDING"))).orElseThrow().expires())
                .isEqualTo(time.now().plus(Duration.ofHours(24)));
        take("finishSecret", "v2");
        assertThat(keys.record(first).orElseThrow().expires())
                .isEqualTo(time.now().plus(Duration.ofHours(24)));
        assertThat(keys.record(hashes.of(text("AWSCURRENT"))).orElseThrow().expires())
                .isNull();
    }

    @Test
    void the_wished_key_is_taken_and_the_label_comes_off() {
        secret.put("wish", OWN, Set.of(VersionedSecret.WISHED));
        rotate("v1");
        assertThat(text("AWSCURRENT")).isEqualTo(OWN);
        assertThat(secret.holder(VersionedSecret.WISHED)).isEmpty();
    }

    @Test
    void a_wish_that_comes_late_is_for_the_next_rotation() {
        secret.begin("v1");
        take("createSecret", "v1");
        secret.put("wish", OWN, Set.of(VersionedSecret.WISHED));
        rotate("v1");
        assertThat(text("AWSCURRENT")).isNotEqualTo(OWN);
        rotate("v2");
        assertThat(text("AWSCURRENT")).isEqualTo(OWN);
    }

    @Test
    void a_weak_wish_is_refused_once_and_without_showing_it() {
        secret.put("wish", "hunter2", Set.of(VersionedSecret.WISHED));
        secret.begin("v1");
        assertThat(take("createSecret", "v1"))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.sentence())
                                .contains("too weak", "7 characters", "rotating again makes a random key")
                                .doesNotContain("hunter2"));
        rotate("v1");
        assertThat(text("AWSCURRENT")).startsWith("slc_");
    }

    @Test
    void a_key_that_held_is_refused_as_a_wish() {
        secret.put("wish", OWN, Set.of(VersionedSecret.WISHED));
        rotate("v1");
        rotate("v2");
        rotate("v3");
        secret.put("again", OWN, Set.of(VersionedSecret.WISHED));
        secret.begin("v4");
        assertThat(take("createSecret", "v4").sentence()).contains("It holds already, or held before");
        rotate("v4");
    }

    @Test
    void a_pending_version_with_a_key_in_use_says_how_to_go_on() {
        rotate("v1");
        secret.begin("v2");
        secret.put("v2", text("AWSCURRENT"), Set.of("AWSPENDING"));
        assertThat(take("createSecret", "v2")).isInstanceOf(Done.class);
        assertThat(take("setSecret", "v2").sentence())
                .isEqualTo("the key of version v2 is in use already: take the label AWSPENDING off that version and"
                        + " rotate again");
    }

    @Test
    void the_test_asks_again_for_thirty_seconds() {
        secret.begin("v1");
        take("createSecret", "v1");
        take("setSecret", "v1");
        verdicts.add(new Verdict.Refused());
        verdicts.add(new Verdict.Unclear("it answers 503"));
        assertThat(take("testSecret", "v1")).isInstanceOf(Done.class);
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(2));
        for (int i = 0; i < 40; i++) {
            verdicts.add(new Verdict.Refused());
        }
        assertThat(take("testSecret", "v1").sentence())
                .isEqualTo("the gateway does not accept the key of version v1 within 30 s: it answers 401");
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void a_list_of_addresses_that_leaves_the_function_out_stops_no_rotation() {
        secret.begin("v1");
        take("createSecret", "v1");
        take("setSecret", "v1");
        verdicts.add(new Verdict.Outside());
        assertThat(take("testSecret", "v1")).isInstanceOf(Done.class);
        assertThat(time.elapsed()).isEqualTo(Duration.ZERO);
        assertThat(take("finishSecret", "v1")).isInstanceOf(Done.class);
    }

    @Test
    void the_test_alone_succeeds_without_a_call() {
        secret.begin("v1");
        assertThat(take("testSecret", "v1")).isInstanceOf(Done.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void steps_out_of_order_say_which_comes_first() {
        secret.begin("v1");
        assertThat(take("setSecret", "v1").sentence()).endsWith("has no key yet: createSecret comes first");
        take("createSecret", "v1");
        assertThat(take("finishSecret", "v1").sentence()).endsWith(": setSecret comes first");
    }

    @Test
    void what_is_not_set_up_or_not_pending_is_refused() {
        assertThat(take("createSecret", "v1").sentence())
                .isEqualTo("version v1 is not pending: another rotation has taken its place");
        secret.rotates(false);
        assertThat(take("createSecret", "v1").sentence()).isEqualTo("rotation is not set up for this secret");
    }

    @Test
    void what_was_decided_is_carried_out_by_whoever_comes_next() {
        rotate("v1");
        secret.begin("v2");
        take("createSecret", "v2");
        take("setSecret", "v2");
        keys.decide("v2"); // and there its function ended
        String second = text("AWSPENDING");
        assertThat(take("createSecret", "v2")).isInstanceOf(Done.class);
        assertThat(text("AWSCURRENT")).isEqualTo(second);
        assertThat(keys.state().current().orElseThrow().version()).isEqualTo("v2");
    }

    @Test
    void a_decided_version_that_is_gone_holds_nobody_up() {
        rotate("v1");
        secret.begin("v2");
        take("createSecret", "v2");
        take("setSecret", "v2");
        keys.decide("v2");
        String second = hashes.of(text("AWSPENDING"));
        secret.remove("AWSPENDING", "v2");
        secret.purge(_ -> true);
        rotate("v3");
        assertThat(keys.record(second).orElseThrow().isValid(time.now())).isFalse();
        assertThat(keys.state().current().orElseThrow().version()).isEqualTo("v3");
    }

    @Test
    void a_label_that_was_moved_by_hand_is_followed_or_moved_again() {
        rotate("v1");
        secret.begin("v2");
        take("createSecret", "v2");
        take("setSecret", "v2");
        secret.move("AWSCURRENT", "v1", "v2");
        assertThat(take("finishSecret", "v2")).isInstanceOf(Done.class);
        assertThat(keys.state().current().orElseThrow().version()).isEqualTo("v2");
        secret.move("AWSCURRENT", "v2", "v1");
        secret.move("AWSPENDING", null, "v2");
        assertThat(take("finishSecret", "v2")).isInstanceOf(Done.class);
        assertThat(secret.holder("AWSCURRENT")).contains("v2");
    }

    @Test
    void a_value_that_was_put_by_hand_is_told() {
        rotate("v1");
        secret.put("by hand", "some other text", Set.of("AWSCURRENT"));
        assertThat(take("finishSecret", "by hand").sentence()).endsWith("was not made by a rotation: rotate once more");
        rotate("v2");
    }

    @Test
    void a_step_that_slept_while_others_went_on_moves_nothing_back() {
        rotate("v1");
        secret.begin("v2");
        take("createSecret", "v2");
        take("setSecret", "v2");
        keys.decide("v2");
        Runnable meanwhile = () -> {
            take("finishSecret", "v2");
            rotate("v3");
        };
        WorkerKeys sleepy = new SleepyKeys(keys, new AtomicReference<>(meanwhile));
        new Rotation(secret, sleepy, hashes, this::ask, time, new SplittableRandom(2)).take(RotationStep.FINISH, "v2");
        assertThat(secret.holder("AWSCURRENT")).contains("v3");
        assertThat(keys.state().current().orElseThrow().version()).isEqualTo("v3");
    }

    /// Somebody who sleeps once, just after he has read the state.
    private record SleepyKeys(WorkerKeys inner, AtomicReference<Runnable> meanwhile) implements WorkerKeys {
        @Override
        public WorkerKeyState state() {
            WorkerKeyState seen = inner.state();
            Runnable once = meanwhile.getAndSet(null);
            if (once != null) {
                once.run();
            }
            return seen;
        }

        @Override
        public WorkerKeyChange change(Function<WorkerKeyState, WorkerKeyChange> rule) {
            return inner.change(rule);
        }
    }
}
