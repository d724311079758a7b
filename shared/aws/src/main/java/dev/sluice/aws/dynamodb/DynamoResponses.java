package dev.sluice.aws.dynamodb;

import dev.sluice.core.ports.ResponseStore;
import dev.sluice.core.stored.PackedResponse;
import dev.sluice.core.stored.StoredResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/// Stored answers in the table: `response#<id>`, `part#000` and on.
///
/// The first part is written last and deleted first: whoever finds it finds the others.
public final class DynamoResponses implements ResponseStore {
    private final Table table;

    DynamoResponses(Table table) {
        this.table = table;
    }

    @Override
    public Kept keep(StoredResponse response) {
        Optional<byte[]> packed = PackedResponse.pack(response.document());
        if (packed.isEmpty()) {
            return Kept.TOO_LARGE;
        }
        List<byte[]> parts = PackedResponse.parts(packed.get());
        for (int number = parts.size() - 1; number >= 0; number--) {
            if (!put(ResponseItems.part(response, parts, number))) {
                return Kept.SILENT;
            }
        }
        return Kept.KEPT;
    }

    private boolean put(Map<String, AttributeValue> item) {
        Answer<Boolean> answer = table.span().call(call -> {
            call.client()
                    .putItem(PutItemRequest.builder()
                            .tableName(call.table())
                            .item(item)
                            .overrideConfiguration(call.configuration())
                            .build());
            return true;
        });
        return answer instanceof Answer.Ok<Boolean>;
    }

    @Override
    public Found find(String id, Instant now) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Map<String, AttributeValue> start = Map.of();
        Table.Span span = table.span();
        do {
            Map<String, AttributeValue> from = start;
            Answer<QueryResponse> answer = span.call(call -> call.client().query(query(call, id, from)));
            if (!(answer instanceof Answer.Ok<QueryResponse>(QueryResponse page))) {
                return new Found.Silent();
            }
            items.addAll(page.items());
            start = page.lastEvaluatedKey();
        } while (!start.isEmpty());
        // what has expired is deleted within days, not at once
        return ResponseItems.response(id, items)
                .filter(response -> response.expires().isAfter(now))
                .<Found>map(Found.Here::new)
                .orElseGet(() -> missing(id, items));
    }

    private Found missing(String id, List<Map<String, AttributeValue>> items) {
        if (!items.isEmpty() && ResponseItems.response(id, items).isEmpty()) {
            table.noteOnceForAll("the stored answer " + id + " is damaged: it counts as missing");
        }
        return new Found.Missing();
    }

    private static QueryRequest query(Table.Call call, String id, Map<String, AttributeValue> start) {
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(call.table())
                .keyConditionExpression("pk=:pk")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(ResponseItems.partition(id))))
                .consistentRead(true)
                .overrideConfiguration(call.configuration());
        return start.isEmpty()
                ? request.build()
                : request.exclusiveStartKey(new HashMap<>(start)).build();
    }

    @Override
    public Forgotten forget(String id) {
        Answer<Map<String, AttributeValue>> first = delete(id, 0);
        if (!(first instanceof Answer.Ok<Map<String, AttributeValue>>(Map<String, AttributeValue> old))) {
            return Forgotten.SILENT;
        }
        int parts = ResponseItems.parts(old);
        for (int number = 1; number < parts; number++) {
            delete(id, number); // without the first they are out of reach, and their time to live ends them
        }
        return old.isEmpty() ? Forgotten.MISSING : Forgotten.FORGOTTEN;
    }

    private Answer<Map<String, AttributeValue>> delete(String id, int number) {
        return table.span()
                .call(call -> call.client()
                        .deleteItem(DeleteItemRequest.builder()
                                .tableName(call.table())
                                .key(ResponseItems.key(id, number))
                                .returnValues(ReturnValue.ALL_OLD)
                                .overrideConfiguration(call.configuration())
                                .build())
                        .attributes());
    }
}
