package dev.sluice.aws.dynamodb;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.CoolStep;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.limits.StateNames;
import dev.sluice.core.limits.StateRules;
import dev.sluice.core.ports.LimitStore;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// State items in the table: each step is one conditional `UpdateItem` (ADMISSION.md 3 to 7).
///
/// Three things cost a further call, all rare. An environment that meets a half-open breaker without having seen its
/// failures asks once more, now as the probe; one that has seen failures and not their end asks once more without a mark.
/// And an attribute of ours that somebody wrote by hand with a wrong type is removed and noted before the step is made
/// again. Thread-safe.
public final class DynamoLimitStore implements LimitStore {
    private static final String STATE = "state";
    private static final String CURSOR = "cursor";
    private static final String POSITIONS = "n";
    private static final String NUMBER = "N";

    private final Table table;
    /// By item: the names of its counts of failures, as last seen. Only a hint.
    private final Map<String, Set<String>> failures = new ConcurrentHashMap<>();

    DynamoLimitStore(Table table) {
        this.table = table;
    }

    @Override
    public Reply admit(AdmitStep step) {
        Table.Span span = table.span();
        if (step.takes().stream().anyMatch(take -> take.amount() > take.most())) {
            return read(span, step.item()) instanceof Reply.Done(StateItem item)
                    ? new Reply.Refused(item)
                    : new Reply.Silent(false);
        }
        boolean marks = hasFailures(step);
        Reply reply = carryOut(span, step.item(), StateUpdates.admit(step, marks));
        boolean wasMistaken = reply instanceof Reply.Refused(StateItem item)
                && hasFailures(item, step.gate()) != marks
                && StateRules.admit(item, step) instanceof Reply.Done;
        return wasMistaken ? carryOut(span, step.item(), StateUpdates.admit(step, !marks)) : reply;
    }

    private boolean hasFailures(AdmitStep step) {
        Set<String> known = failures.get(step.item());
        return known != null
                && step.gate() != null
                && known.contains(StateNames.failures(step.gate().model()));
    }

    private static boolean hasFailures(StateItem item, AdmitStep.@Nullable Gate gate) {
        return gate != null && item.numbers().containsKey(StateNames.failures(gate.model()));
    }

    @Override
    public Reply settle(SettleStep step) {
        return carryOut(table.span(), step.item(), StateUpdates.settle(step));
    }

    @Override
    public Reply cool(CoolStep step) {
        return carryOut(table.span(), step.item(), StateUpdates.cool(step));
    }

    @Override
    public Reply read(String item) {
        return read(table.span(), item);
    }

    private Reply read(Table.Span span, String item) {
        return switch (span.item(item, STATE)) {
            case Answer.Ok<Map<String, AttributeValue>>(var found) -> new Reply.Done(seen(item, found));
            case Answer<?> _ -> new Reply.Silent(false);
        };
    }

    @Override
    public Position advance(String alias) {
        Update update = new Update();
        update.add(POSITIONS, 1);
        return switch (update(table.span(), alias(alias), CURSOR, update, ReturnValue.UPDATED_NEW)) {
            case Answer.Ok<Map<String, AttributeValue>>(var item) -> new Position.At(position(item) - 1);
            case Answer<?> _ -> new Position.Silent();
        };
    }

    @Override
    public Position peek(String alias) {
        return switch (table.span().item(alias(alias), CURSOR)) {
            case Answer.Ok<Map<String, AttributeValue>>(var item) -> new Position.At(position(item));
            case Answer<?> _ -> new Position.Silent();
        };
    }

    private static String alias(String id) {
        return "alias#" + id;
    }

    private static long position(Map<String, AttributeValue> item) {
        AttributeValue value = item.get(POSITIONS);
        return value == null || value.n() == null ? 0 : StateItems.whole(value.n());
    }

    private Reply carryOut(Table.Span span, String item, Update update) {
        return switch (update(span, item, STATE, update, ReturnValue.ALL_NEW)) {
            case Answer.Ok<Map<String, AttributeValue>>(var now) -> new Reply.Done(seen(item, now));
            case Answer.Unmet<Map<String, AttributeValue>>(var now) -> new Reply.Refused(seen(item, now));
            case Answer.Invalid<Map<String, AttributeValue>> _ -> new Reply.Silent(false);
            case Answer.Failed<Map<String, AttributeValue>>(boolean perhapsDone, String _) ->
                new Reply.Silent(perhapsDone);
        };
    }

    /// One update; where attributes of a wrong type stand in its way, they are removed and it is made once more.
    private Answer<Map<String, AttributeValue>> update(
            Table.Span span, String pk, String sk, Update update, ReturnValue wanted) {
        Answer<Map<String, AttributeValue>> answer = once(span, pk, sk, update, wanted);
        Map<String, AttributeValue> old = switch (answer) {
            case Answer.Unmet<Map<String, AttributeValue>>(var item) -> item;
            case Answer.Invalid<?> _ -> item(span, pk, sk);
            case Answer.Ok<?> _, Answer.Failed<?> _ -> Map.of();
        };
        Set<String> wrong = update.noNumbersIn(old);
        if (wrong.isEmpty()) {
            return told(pk, answer);
        }
        Update repair = new Update();
        for (String attribute : wrong) {
            repair.remove(attribute);
            repair.require(repair.hasOtherType(attribute, NUMBER));
        }
        table.note("removed from " + pk + " what is no number: " + String.join(", ", wrong));
        // whether or not it is done: another environment may have been faster
        once(span, pk, sk, repair, ReturnValue.NONE);
        return told(pk, once(span, pk, sk, update, wanted));
    }

    private static Map<String, AttributeValue> item(Table.Span span, String pk, String sk) {
        return span.item(pk, sk) instanceof Answer.Ok<Map<String, AttributeValue>>(var item) ? item : Map.of();
    }

    /// What the table finds wrong with an update that has no wrong attribute in its way, such as an item that is full,
    /// no later attempt makes right.
    private <T> Answer<T> told(String pk, Answer<T> answer) {
        if (answer instanceof Answer.Invalid<T>(String why)) {
            table.noteOnceForAll(pk + " cannot be written: " + why);
        }
        return answer;
    }

    private static Answer<Map<String, AttributeValue>> once(
            Table.Span span, String pk, String sk, Update update, ReturnValue wanted) {
        return span.call(call -> {
            UpdateItemRequest.Builder request = update.request()
                    .tableName(call.table())
                    .key(Table.key(pk, sk))
                    .returnValues(wanted)
                    .overrideConfiguration(call.configuration());
            return call.client().updateItem(request.build()).attributes();
        });
    }

    private StateItem seen(String item, Map<String, AttributeValue> attributes) {
        StateItem state = StateItems.decode(attributes);
        String first = StateNames.failures("");
        Set<String> names = state.numbers().tailMap(first).keySet().stream()
                .takeWhile(name -> name.startsWith(first))
                .collect(Collectors.toUnmodifiableSet());
        if (names.isEmpty()) {
            failures.remove(item);
        } else {
            failures.put(item, names);
        }
        return state;
    }
}
