package dev.sluice.aws.dynamodb;

import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/// Calls in the table, one partition a day. Looking back throws [StoreFailure] when the table does not answer.
public final class DynamoCalls implements CallBook {
    private final Table table;

    DynamoCalls(Table table) {
        this.table = table;
    }

    @Override
    public boolean keep(CallLog.Entry entry) {
        Answer<Boolean> answer = table.span().call(call -> {
            call.client()
                    .putItem(PutItemRequest.builder()
                            .tableName(call.table())
                            .item(CallItems.encode(entry))
                            .overrideConfiguration(call.configuration())
                            .build());
            return true;
        });
        if (answer instanceof Answer.Invalid<Boolean>(String why)) {
            table.noteOnceForAll("a call cannot be written down: " + why);
        }
        return answer instanceof Answer.Ok<Boolean>;
    }

    @Override
    public List<CallLog.Entry> over(Instant from, Instant to, int most) {
        if (!from.isBefore(to)) {
            return List.of(); // the table would refuse the question
        }
        List<CallLog.Entry> newestFirst = new ArrayList<>();
        LocalDate first = CallItems.day(later(from, to.minus(KEPT)));
        for (LocalDate day = CallItems.day(to);
                !day.isBefore(first) && newestFirst.size() < most;
                day = day.minusDays(1)) {
            Map<String, AttributeValue> start = Map.of();
            do {
                QueryResponse page = page(new Asked(day, from, to, null), start, most - newestFirst.size());
                page.items().forEach(item -> decoded(item).ifPresent(newestFirst::add));
                start = page.lastEvaluatedKey();
            } while (!start.isEmpty() && newestFirst.size() < most);
        }
        return newestFirst.reversed().stream().toList();
    }

    @Override
    public Optional<CallLog.Entry> find(String requestId, Instant now) {
        Instant from = now.minus(KEPT);
        LocalDate first = CallItems.day(from);
        // what is over was over by now; another machine's clock may be a little ahead
        Instant to = now.plusSeconds(3600);
        for (LocalDate day = CallItems.day(to); !day.isBefore(first); day = day.minusDays(1)) {
            Map<String, AttributeValue> start = Map.of();
            do {
                QueryResponse page = page(new Asked(day, from, to, requestId), start, 0);
                Optional<CallLog.Entry> found = page.items().stream()
                        .flatMap(item -> decoded(item).stream())
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
                start = page.lastEvaluatedKey();
            } while (!start.isEmpty());
        }
        return Optional.empty();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Optional<CallLog.Entry> decoded(Map<String, AttributeValue> item) {
        Optional<CallLog.Entry> call = CallItems.decode(item);
        if (call.isEmpty()) {
            table.noteOnceForAll("the item " + Attributes.text(item, Table.PK) + ", " + Attributes.text(item, Table.SK)
                    + " is damaged: that call is left out");
        }
        return call;
    }

    /// @param id null: any
    private record Asked(
            LocalDate day,
            Instant from,
            Instant to,
            @Nullable String id) {}

    /// @param most 0: as many as one answer holds
    private QueryResponse page(Asked asked, Map<String, AttributeValue> start, int most) {
        return Owners.need(table.span().call(call -> {
            Map<String, AttributeValue> values = new HashMap<>(Map.of(
                    ":pk", AttributeValue.fromS(CallItems.partition(asked.day())),
                    ":from", AttributeValue.fromS(CallItems.from(asked.from())),
                    ":to", AttributeValue.fromS(CallItems.from(asked.to()))));
            QueryRequest.Builder request = QueryRequest.builder()
                    .tableName(call.table())
                    .keyConditionExpression("pk=:pk AND sk BETWEEN :from AND :to")
                    .scanIndexForward(false)
                    .consistentRead(true)
                    .overrideConfiguration(call.configuration());
            if (asked.id() != null) {
                values.put(":id", AttributeValue.fromS(asked.id()));
                request.filterExpression("#id=:id").expressionAttributeNames(Map.of("#id", CallItems.ID));
            }
            if (most > 0) {
                request.limit(most);
            }
            if (!start.isEmpty()) {
                request.exclusiveStartKey(start);
            }
            return call.client().query(request.expressionAttributeValues(values).build());
        }));
    }
}
