package dev.sluice.core.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.metering.CallKeeper.Books;
import dev.sluice.core.metering.CallKeeper.Waiting;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.model.Usage;
import dev.sluice.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CallKeeperTest {
    private final VirtualTime time = new VirtualTime();
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final List<String> kept = new CopyOnWriteArrayList<>();
    private final List<String> added = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final StoreBreaker store = new StoreBreaker();
    private volatile boolean answers = true;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private CallKeeper keeper(Waiting waiting) {
        CallBook calls = new CallBook() {
            @Override
            public boolean keep(CallLog.Entry entry) {
                await(gate);
                kept.add(entry.requestId());
                return answers;
            }

            @Override
            public List<CallLog.Entry> over(Instant from, Instant to, int most) {
                return List.of();
            }

            @Override
            public Optional<CallLog.Entry> find(String requestId, Instant now) {
                return Optional.empty();
            }
        };
        UsageBook usage = new UsageBook() {
            @Override
            public boolean add(CallLog.Entry entry) {
                added.add(entry.requestId());
                return true;
            }

            @Override
            public List<Line> of(LocalDate day) {
                return List.of();
            }
        };
        return new CallKeeper(
                new Books(calls, usage), entry -> printed.add(entry.requestId()), waiting, store, time, notes::add);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private CallLog.Entry call(String id, String caller) {
        return new CallLog.Entry(
                time.now(),
                id,
                caller,
                "anthropic",
                null,
                "m",
                null,
                200,
                "ok",
                null,
                false,
                List.of(),
                List.of(),
                Usage.NONE,
                Duration.ofSeconds(1),
                null,
                null,
                null);
    }

    @Test
    void a_call_is_told_and_written_into_both_books() {
        keeper(Waiting.UNTIL_WRITTEN).record(call("req_a", "laptop"));

        assertThat(printed).containsExactly("req_a");
        assertThat(kept).containsExactly("req_a");
        assertThat(added).containsExactly("req_a");
        assertThat(notes).isEmpty();
    }

    @Test
    void of_nobody_there_is_a_line_and_nothing_in_the_books() {
        keeper(Waiting.UNTIL_WRITTEN).record(call("req_a", CallLog.Entry.NOBODY));

        assertThat(printed).containsExactly("req_a");
        assertThat(kept).isEmpty();
        assertThat(added).isEmpty();
    }

    @Test
    void whoever_does_not_sleep_between_calls_does_not_wait() {
        gate = new CountDownLatch(1);
        CallKeeper keeper = keeper(Waiting.NOT);
        keeper.record(call("req_a", "laptop"));
        assertThat(kept).isEmpty();

        gate.countDown();
        keeper.close();
        assertThat(kept).containsExactly("req_a");
    }

    @Test
    void no_more_wait_for_a_store_than_can_be_many() {
        gate = new CountDownLatch(1);
        CallKeeper keeper = keeper(Waiting.NOT);
        for (int i = 0; i < 258; i++) {
            keeper.record(call("req_" + i, "laptop"));
        }
        gate.countDown();
        keeper.close();

        assertThat(printed).hasSize(258);
        assertThat(kept).hasSize(256);
        assertThat(notes).hasSize(1);
        assertThat(keeper.missing()).as("those for which there was no room").isEqualTo(2);
    }

    @Test
    void a_silent_store_is_left_alone_and_told_of_once() {
        answers = false;
        CallKeeper keeper = keeper(Waiting.UNTIL_WRITTEN);
        for (int i = 0; i < 9; i++) {
            keeper.record(call("req_" + i, "laptop"));
        }
        assertThat(kept).as("after three silences nobody asks").containsExactly("req_0", "req_1", "req_2");
        assertThat(notes).hasSize(1);

        answers = true;
        time.advance(Duration.ofSeconds(2));
        keeper.record(call("req_x", "laptop"));
        keeper.record(call("req_y", "laptop"));
        assertThat(kept).endsWith("req_x", "req_y");

        answers = false;
        keeper.record(call("req_z", "laptop"));
        assertThat(notes).as("a second silence is told again").hasSize(2);
        assertThat(keeper.missing()).isEqualTo(10);
    }

    @Test
    void while_others_find_the_store_silent_it_is_not_asked() {
        for (int i = 0; i < 3; i++) {
            store.silent(time.nanos());
        }
        keeper(Waiting.UNTIL_WRITTEN).record(call("req_a", "laptop"));

        assertThat(printed).containsExactly("req_a");
        assertThat(kept).isEmpty();
        assertThat(notes).hasSize(1);
    }

    @Test
    void that_the_books_cannot_be_written_is_no_reason_to_go_without_limits() {
        answers = false;
        CallKeeper keeper = keeper(Waiting.UNTIL_WRITTEN);
        for (int i = 0; i < 9; i++) {
            keeper.record(call("req_" + i, "laptop"));
        }
        assertThat(store.isOpen()).isFalse();
    }
}
