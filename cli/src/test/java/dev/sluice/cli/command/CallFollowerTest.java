package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.FixedTime;
import dev.sluice.cli.Schedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Transcript;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import dev.sluice.testkit.FakeCallBook;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallFollowerTest {
    private static final Instant NOON = FixedTime.NOON.now();

    @TempDir
    private Path home;

    private final FakeCallBook book = new FakeCallBook();
    private final StopSignal stop = new StopSignal();
    private final Transcript err = new Transcript();
    private final List<String> told = new ArrayList<>();

    /// Follows through these steps, with a look after each, and then stops.
    private void follow(CallBook followed, Runnable... steps) {
        Schedule scripted = (_, look) -> {
            for (Runnable step : steps) {
                step.run();
                look.run();
            }
            stop.ask();
            return () -> {};
        };
        CallFollower follower = new CallFollower(
                followed,
                new Shell(home).surroundings(InputStream.nullInputStream(), new Transcript(), err, scripted, stop),
                entry -> told.add(entry.requestId()));
        follower.begin();
        follower.follow();
    }

    private Runnable ends(String id, Instant over) {
        return () -> book.keep(CallEntries.good(id, over));
    }

    @Test
    void each_call_is_told_once_as_it_ends() {
        ends("req_before", NOON.minusSeconds(1)).run();
        follow(book, ends("req_a", NOON), () -> {}, ends("req_b", NOON.plusSeconds(1)), () -> {});

        assertThat(told).containsExactly("req_a", "req_b");
        assertThat(stop.exitCode()).hasValue(0);
    }

    @Test
    void of_calls_of_one_millisecond_none_is_lost_between_two_looks() {
        follow(book, ends("req_a", NOON), ends("req_b", NOON), ends("req_c", NOON));

        assertThat(told).containsExactly("req_a", "req_b", "req_c");
    }

    @Test
    void one_that_is_written_down_late_is_still_told() {
        follow(book, ends("req_a", NOON), ends("req_late", NOON.minusSeconds(20)), () -> {});

        assertThat(told).containsExactly("req_a", "req_late");
    }

    @Test
    void one_by_a_clock_that_is_ahead_does_not_hide_the_others() {
        follow(book, ends("req_ahead", NOON.plusSeconds(600)), ends("req_a", NOON.minusSeconds(2)), () -> {});

        assertThat(told).containsExactly("req_ahead", "req_a");
    }

    @Test
    void a_store_that_does_not_answer_is_told_once_and_asked_again() {
        follow(
                book,
                () -> book.silent(true),
                () -> {},
                () -> book.silent(false),
                ends("req_a", NOON),
                () -> book.silent(true));

        assertThat(told).containsExactly("req_a");
        assertThat(err.text().lines()).hasSize(2).allMatch(line -> line.contains("the book does not answer"));
    }

    @Test
    void that_more_have_ended_than_one_look_holds_is_told() {
        Runnable many = () -> IntStream.range(0, CallFollower.MOST + 2)
                .forEach(i ->
                        ends("req_" + i, NOON.minusSeconds(20).plusMillis(i)).run());
        follow(book, ends("req_a", NOON.minusSeconds(25)), many, () -> {});

        assertThat(told).hasSize(CallFollower.MOST + 1).contains("req_a").doesNotContain("req_0", "req_1");
        assertThat(err.text().lines()).singleElement().asString().contains("more than 10000 calls", "are not shown");
    }

    @Test
    void with_the_gateway_it_ends() {
        boolean[] isGone = {false};
        CallBook gone = new CallBook() {
            @Override
            public boolean keep(CallLog.Entry entry) {
                return false;
            }

            @Override
            public List<CallLog.Entry> over(Instant from, Instant to, int most) {
                if (isGone[0]) {
                    throw CommandFailure.failed("the running start has ended");
                }
                return List.of();
            }

            @Override
            public Optional<CallLog.Entry> find(String requestId, Instant now) {
                return Optional.empty();
            }
        };
        assertThatThrownBy(() -> follow(gone, () -> isGone[0] = true))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("has ended");
        assertThat(stop.exitCode()).isEmpty();
    }
}
