package dev.sluice.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.ReservationText;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.limits.StateNames;
import dev.sluice.core.ports.LimitStore;
import dev.sluice.core.ports.LimitStore.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// Eight processes of 64 threads each against the same buckets. `-Ddynamodb.long=true` takes ten times as much.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExactnessTest {
    private static final int PROCESSES = 8;
    private static final String THREADS = "64";
    private static final int SWEEPERS = 20;
    private static final int SWEPT_AT_ONCE = 32;
    private static final String KILLED = "provider#killed";
    private static final long SCALE = Boolean.getBoolean("dynamodb.long") ? 10 : 1;

    private static Tables.Fresh table;
    private static Processes processes;

    @BeforeAll
    static void start() {
        table = Tables.fresh();
        processes = Processes.start(
                PROCESSES,
                List.of(table.settings().endpoint().toString(), table.settings().table(), THREADS));
    }

    @AfterAll
    static void end() {
        processes.close();
        table.close();
    }

    @Test
    @Order(1)
    void exactly_as_many_as_one_bucket_holds_are_admitted() {
        long cap = 1_000 * SCALE;
        processes.order("requests provider#one 1 q/day/day1/0=" + cap);
        assertThat(processes.allEnd()).isTrue();
        assertThat(processes.lines("granted")).hasSize((int) cap);
        assertThat(processes.lines("silent")).isEmpty();
        assertThat(item("provider#one").number("q/day/day1/0")).isEqualTo(cap);
    }

    @Test
    @Order(2)
    void overlapping_buckets_stay_exact_while_the_hour_rolls_over() {
        long day = 1_000 * SCALE;
        long hour = 700 * SCALE;
        processes.order("requests provider#two 2 q/day/day1/0=" + day + " q/hour/hour1/{hour}=" + hour);
        assertThat(processes.allEnd()).isTrue();
        assertThat(processes.lines("granted 0")).hasSize((int) hour);
        assertThat(processes.lines("granted 1")).hasSize((int) (day - hour));
        assertThat(processes.lines("silent")).isEmpty();
        StateItem item = item("provider#two");
        assertThat(item.number("q/day/day1/0")).isEqualTo(day);
        assertThat(item.number("q/hour/hour1/0")).isEqualTo(hour);
        assertThat(item.number("q/hour/hour1/1")).isEqualTo(day - hour);
    }

    @Test
    @Order(3)
    void killed_processes_take_nothing_too_much_and_lose_nothing_that_does_not_expire() {
        long cap = 8_000 * SCALE;
        processes.order("tokens " + KILLED + " 1 " + cap);
        List<Boolean> ended = Together.call(PROCESSES, i -> () -> {
            if (i % 2 == 0) {
                processes.children().get(i).killAfter(40);
                return true;
            }
            return processes.children().get(i).readsOnTo("end");
        });
        assertThat(ended).doesNotContain(false);
        assertThat(processes.lines("silent")).isEmpty();
        assertThat(processes.lines("unsettled")).isEmpty();

        StateItem left = item(KILLED);
        List<Reservation> reserved = reservations(left);
        // what was told as settled, and what was done without being told
        int settled = processes.lines("settled").size();
        assertThat(left.number(AdmissionRun.SETTLED)).isGreaterThanOrEqualTo(settled * AdmissionRun.USED);
        assertThat(left.number(AdmissionRun.TOKENS))
                .isEqualTo(left.number(AdmissionRun.SETTLED) + reserved.size() * AdmissionRun.RESERVED)
                .isBetween(cap - AdmissionRun.RESERVED + 1, cap);

        assertThat(reserved).isNotEmpty();
        int sweeps = 0;
        for (int from = 0; from < reserved.size(); from += SWEPT_AT_ONCE) {
            sweep(reserved.subList(from, Math.min(from + SWEPT_AT_ONCE, reserved.size())), cap);
            sweeps++;
        }
        StateItem swept = item(KILLED);
        assertThat(reservations(swept)).hasSize(sweeps);
        assertThat(swept.number(AdmissionRun.TOKENS))
                .isEqualTo(left.number(AdmissionRun.SETTLED) + sweeps * AdmissionRun.RESERVED);
    }

    /// Many sweep the same at once, as environments do that see the same item: one of them gets through.
    private static void sweep(List<Reservation> reserved, long cap) {
        LimitStore limits = table.store().limits();
        String id = "after-" + reserved.getFirst().id();
        List<Reply> replies =
                Together.call(SWEEPERS, i -> () -> limits.admit(AdmissionRun.reserving(KILLED, id + i, cap, reserved)));
        assertThat(replies).filteredOn(Reply.Done.class::isInstance).hasSize(1);
        assertThat(replies).filteredOn(Reply.Refused.class::isInstance).hasSize(SWEEPERS - 1);
    }

    private static List<Reservation> reservations(StateItem item) {
        List<Reservation> found = new ArrayList<>();
        item.texts().forEach((name, text) -> {
            if (StateNames.isReservation(name)) {
                found.add(ReservationText.parse(StateNames.reservationId(name), text)
                        .orElseThrow());
            }
        });
        return found;
    }

    private static StateItem item(String item) {
        return table.store().limits().read(item) instanceof Reply.Done(StateItem state) ? state : StateItem.EMPTY;
    }
}
