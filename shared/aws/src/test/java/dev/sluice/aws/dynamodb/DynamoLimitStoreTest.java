package dev.sluice.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.CoolStep;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.limits.StateNames;
import dev.sluice.core.limits.StateRules;
import dev.sluice.core.ports.LimitStore;
import dev.sluice.core.ports.LimitStore.Position;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoLimitStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final String COUNTER = "q/b/hour1/1";

    private static Tables.Fresh table;

    @BeforeAll
    static void make_table() {
        table = Tables.fresh();
    }

    @AfterAll
    static void close() {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void does_what_the_rules_say_step_by_step(long seed) {
        try (Tables.Fresh own = Tables.fresh()) {
            LimitStore store = own.store().limits();
            RandomSteps steps = new RandomSteps(seed);
            StateItem item = StateItem.EMPTY;
            for (int i = 0; i < 150; i++) {
                steps.passTime();
                Object step;
                Reply expected;
                Reply actual;
                switch (steps.kind()) {
                    case 0, 1, 2 -> {
                        SettleStep settle = steps.settle();
                        step = settle;
                        expected = StateRules.settle(item, settle);
                        actual = store.settle(settle);
                    }
                    case 3 -> {
                        CoolStep cool = steps.cool();
                        step = cool;
                        expected = StateRules.cool(item, cool);
                        actual = store.cool(cool);
                    }
                    default -> {
                        AdmitStep admit = steps.admit(item);
                        step = admit;
                        expected = StateRules.admit(item, admit);
                        actual = store.admit(admit);
                    }
                }
                assertThat(actual).as("step %s: %s at %s", i, step, item).isEqualTo(expected);
                if (expected instanceof Reply.Done(StateItem next)) {
                    item = next;
                }
            }
            assertThat(store.read(RandomSteps.ITEM)).isEqualTo(new Reply.Done(item));
            assertThat(own.notes()).isEmpty();
        }
    }

    @Test
    void an_absent_item_reads_as_empty() {
        assertThat(limits().read("provider#never")).isEqualTo(new Reply.Done(StateItem.EMPTY));
    }

    @Test
    void a_take_above_its_cap_is_refused_with_the_item() {
        limits().admit(admit("provider#cap", null, new Take(COUNTER, 1, 5)));
        Reply reply = limits().admit(admit("provider#cap", null, new Take(COUNTER, 6, 5)));
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.item().number(COUNTER)).isEqualTo(1));
    }

    @Test
    void an_environment_that_never_saw_the_failures_still_makes_one_probe_only() {
        String item = "provider#half-open";
        fail(item, NOON);
        fail(item, NOON);
        try (DynamoStore other = table.another()) {
            Instant open = NOON.plusSeconds(29);
            Instant over = NOON.plusSeconds(30);
            assertThat(other.limits().admit(admit(item, gate(), open))).isInstanceOf(Reply.Refused.class);
            try (DynamoStore unknowing = table.another()) {
                assertThat(unknowing.limits().admit(admit(item, gate(), over)))
                        .isInstanceOfSatisfying(
                                Reply.Done.class,
                                done -> assertThat(done.item().number(StateNames.probedAt("m")))
                                        .isEqualTo(over.toEpochMilli()));
            }
            try (DynamoStore late = table.another()) {
                assertThat(late.limits().admit(admit(item, gate(), over))).isInstanceOf(Reply.Refused.class);
            }
            assertThat(other.limits().admit(admit(item, gate(), over))).isInstanceOf(Reply.Refused.class);
            assertThat(other.limits().admit(admit(item, gate(), over.plus(LEASE))))
                    .isInstanceOf(Reply.Done.class);
        }
    }

    @Test
    void an_environment_that_never_saw_the_failures_end_leaves_no_mark_of_a_probe() {
        String item = "provider#ended";
        fail(item, NOON);
        try (DynamoStore other = table.another()) {
            SettleStep well = new SettleStep(item, new TreeMap<>(), null, new Breaker.Closed("m"), NOON);
            assertThat(other.limits().settle(well)).isInstanceOf(Reply.Done.class);
        }
        assertThat(limits().admit(admit(item, gate(), new Take(COUNTER, 1, 1))))
                .isEqualTo(new Reply.Done(StateItem.of(Map.of(COUNTER, 1L, "rr", 1L), Map.of())));
        assertThat(limits().admit(admit(item, gate(), new Take(COUNTER, 1, 1))))
                .isEqualTo(new Reply.Refused(StateItem.of(Map.of(COUNTER, 1L, "rr", 1L), Map.of())));
    }

    @Test
    void a_half_open_breaker_lets_one_of_many_through() {
        String item = "provider#crowd";
        fail(item, NOON);
        fail(item, NOON);
        try (DynamoStore other = table.another()) {
            List<Reply> replies =
                    Together.call(64, _ -> () -> other.limits().admit(admit(item, gate(), NOON.plusSeconds(31))));
            assertThat(replies).filteredOn(Reply.Done.class::isInstance).hasSize(1);
            assertThat(replies).filteredOn(Reply.Refused.class::isInstance).hasSize(63);
        }
    }

    @Test
    void names_of_models_without_failures_leave_nothing_behind() {
        Reply reply = limits().admit(admit("provider#names", gate(), NOON));
        assertThat(reply).isEqualTo(new Reply.Done(StateItem.of(Map.of(StateNames.ADMISSIONS, 1L), Map.of())));
    }

    @Test
    void thirty_two_buckets_fit_one_step() {
        Take[] takes = IntStream.range(0, 32)
                .mapToObj(
                        i -> new Take("t/bucket-" + i + "/month12/1761955200", 1_000_000_000_000L, Long.MAX_VALUE / 4))
                .toArray(Take[]::new);
        assertThat(limits().admit(admit("provider#many", gate(), takes))).isInstanceOf(Reply.Done.class);
        assertThat(limits().admit(admit("provider#many", gate(), takes)))
                .isInstanceOfSatisfying(
                        Reply.Done.class,
                        done -> assertThat(done.item().number(takes[31].counter()))
                                .isEqualTo(2_000_000_000_000L));
    }

    @Test
    void positions_are_given_out_once_each() {
        Set<Long> positions = ConcurrentHashMap.newKeySet();
        Together.call(
                200, _ -> () -> limits().advance("a") instanceof Position.At(long position) && positions.add(position));
        assertThat(positions).hasSize(200).contains(0L, 199L);
        assertThat(limits().peek("a")).isEqualTo(new Position.At(200));
        assertThat(limits().peek("never")).isEqualTo(new Position.At(0));
    }

    @Test
    void a_number_written_by_hand_as_text_is_removed_and_noted_and_the_step_is_made() {
        put("provider#texts", Map.of(COUNTER, AttributeValue.fromS("many"), "rr", AttributeValue.fromBool(true)));
        assertThat(limits().admit(admit("provider#texts", gate(), new Take(COUNTER, 2, 5))))
                .isEqualTo(new Reply.Done(StateItem.of(Map.of(COUNTER, 2L, "rr", 1L), Map.of())));
        assertThat(table.notes())
                .anyMatch(note -> note.contains("provider#texts") && note.contains(COUNTER) && note.contains("rr"));
    }

    @Test
    void a_cooldown_written_by_hand_as_text_stops_nobody() {
        put(
                "provider#cool",
                Map.of(
                        "cd", AttributeValue.fromS("2099-01-01"),
                        "cd/m", AttributeValue.fromM(Map.of()),
                        "bf/m", AttributeValue.fromS("3")));
        assertThat(limits().admit(admit("provider#cool", gate(), NOON)))
                .isEqualTo(new Reply.Done(StateItem.of(Map.of("rr", 1L), Map.of())));
    }

    @Test
    void a_position_written_by_hand_as_text_starts_anew() {
        Map<String, AttributeValue> item = new HashMap<>(Table.key("alias#texts", "cursor"));
        item.put("n", AttributeValue.fromS("x"));
        table.client()
                .putItem(request -> request.tableName(table.settings().table()).item(item));
        assertThat(limits().peek("texts")).isEqualTo(new Position.At(0));
        assertThat(limits().advance("texts")).isEqualTo(new Position.At(0));
        assertThat(limits().advance("texts")).isEqualTo(new Position.At(1));
    }

    @Test
    void odd_numbers_written_by_hand_read_as_the_nearest_safe_one() {
        put(
                "provider#odd",
                Map.of(
                        "q/a", AttributeValue.fromN("1.2"),
                        "q/b", AttributeValue.fromN("1e30"),
                        "q/c", AttributeValue.fromN("-3.9"),
                        "q/d", AttributeValue.fromL(List.of())));
        assertThat(limits().read("provider#odd"))
                .isEqualTo(
                        new Reply.Done(StateItem.of(Map.of("q/a", 2L, "q/b", Long.MAX_VALUE, "q/c", -3L), Map.of())));
    }

    @Test
    void a_reservation_written_by_hand_as_a_number_is_none() {
        put("provider#reserved", Map.of("r/a", AttributeValue.fromN("7")));
        SettleStep settle = new SettleStep("provider#reserved", new TreeMap<>(), "b", Breaker.UNCHANGED, NOON);
        assertThat(limits().settle(settle)).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void what_the_table_refuses_for_another_reason_is_told_once() {
        put("provider#huge", Map.of("x", AttributeValue.fromS("x".repeat(409_500))));
        for (int i = 0; i < 2; i++) {
            assertThat(limits().admit(admit("provider#huge", gate(), new Take("q/" + "b".repeat(200), 1, 5))))
                    .isEqualTo(new Reply.Silent(false));
        }
        assertThat(table.notes())
                .filteredOn(note -> note.contains("provider#huge"))
                .singleElement()
                .asString()
                .contains("Item size");
    }

    @Test
    void a_cooldown_keeps_its_cause() {
        CoolStep step =
                new CoolStep("provider#cause", "m", NOON.plusSeconds(9), Failure.Category.RATE_LIMITED, true, NOON);
        String until = Long.toString(NOON.plusSeconds(9).toEpochMilli());
        assertThat(limits().cool(step))
                .isEqualTo(new Reply.Done(StateItem.of(
                        Map.of("cd/m", Long.parseLong(until)), Map.of("cw/m", until + ";RATE_LIMITED;named"))));
    }

    private static LimitStore limits() {
        return table.store().limits();
    }

    private static Gate gate() {
        return new Gate("m", 2, LEASE, true);
    }

    private static AdmitStep admit(String item, Gate gate, Instant now) {
        return new AdmitStep(item, gate, List.of(), null, List.of(), List.of(), now);
    }

    private static AdmitStep admit(String item, Gate gate, Take... takes) {
        return new AdmitStep(item, gate, List.of(takes), null, List.of(), List.of(), NOON);
    }

    private static void fail(String item, Instant now) {
        limits().settle(new SettleStep(item, new TreeMap<>(), null, new Breaker.Failed("m", now.plusSeconds(30)), now));
    }

    private static void put(String pk, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new HashMap<>(attributes);
        item.putAll(Table.key(pk, "state"));
        table.client()
                .putItem(request -> request.tableName(table.settings().table()).item(item));
    }
}
