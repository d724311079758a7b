package dev.sluice.aws.dynamodb;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.access.WorkerKeyChange;
import dev.sluice.core.access.WorkerKeyChange.Changed;
import dev.sluice.core.access.WorkerKeyChange.Refused;
import dev.sluice.core.access.WorkerKeyChange.Why;
import dev.sluice.core.access.WorkerKeyJson;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.WorkerKeys;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// The master key's place in the table: the item `worker-key`, `state`, and beside it a `key#<hmac>` for each key that is
/// or was valid. It reads the one and puts both; nothing else, and nothing is deleted: the table's TTL does that a day
/// after a key's end.
///
/// Throws [StoreFailure] when the table does not answer or the item is damaged. Thread-safe.
public final class DynamoWorkerKeys implements WorkerKeys {
    private static final String PARTITION = "worker-key";
    private static final String SORT = "state";
    private static final String STATE = "state";
    private static final String REVISION = "revision";
    private static final String MASTER = "master";
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int TRIES = 32;

    private final Table table;

    DynamoWorkerKeys(Table table) {
        this.table = table;
    }

    /// @param revision counts the changes; 0: there was none
    private record Seen(long revision, WorkerKeyState state) {}

    @Override
    public WorkerKeyState state() {
        return read().state();
    }

    private Seen read() {
        Map<String, AttributeValue> item = Owners.need(table.span().item(PARTITION, SORT));
        if (item.isEmpty()) {
            return new Seen(0, WorkerKeyState.NONE);
        }
        Long revision = Attributes.whole(item, REVISION);
        String text = Attributes.text(item, STATE);
        Json.Obj object = text == null ? null : JsonText.objectOrNull(text);
        if (revision == null || object == null) {
            throw damaged();
        }
        return new Seen(revision, WorkerKeyJson.decode(object).orElseThrow(DynamoWorkerKeys::damaged));
    }

    private static StoreFailure damaged() {
        return new StoreFailure("the item worker-key/state in the table is damaged: it is no state of the master key");
    }

    @Override
    public WorkerKeyChange change(Function<WorkerKeyState, WorkerKeyChange> rule) {
        Seen seen = read();
        for (int tries = 0; tries < TRIES; tries++) {
            WorkerKeyChange change = rule.apply(seen.state());
            if (!(change instanceof Changed changed) || Transactions.write(table, puts(seen, changed))) {
                return change;
            }
            Seen now = read();
            if (now.revision() == seen.revision()) {
                return new Refused(Why.KEY_IN_USE); // so it was the other condition
            }
            seen = now;
        }
        throw new StoreFailure("others change the master key all the time: try again");
    }

    private List<TransactWriteItem> puts(Seen seen, Changed changed) {
        List<TransactWriteItem> puts = new ArrayList<>();
        Map<String, AttributeValue> item = new HashMap<>(Table.key(PARTITION, SORT));
        item.put(STATE, AttributeValue.fromS(JsonText.print(WorkerKeyJson.encode(changed.state()))));
        item.put(REVISION, AttributeValue.fromN(Long.toString(seen.revision() + 1)));
        Put.Builder state = Put.builder().tableName(table.name()).item(item);
        if (seen.revision() == 0) {
            state.conditionExpression("attribute_not_exists(pk)");
        } else {
            state.conditionExpression("#r=:r")
                    .expressionAttributeNames(Map.of("#r", REVISION))
                    .expressionAttributeValues(Map.of(":r", AttributeValue.fromN(Long.toString(seen.revision()))));
        }
        puts.add(TransactWriteItem.builder().put(state.build()).build());
        changed.keys().forEach(key -> puts.add(put(key)));
        return puts;
    }

    /// Never over a client's key: the gateway's rights would become the owner's.
    private TransactWriteItem put(KeyRecord key) {
        Map<String, AttributeValue> item = KeyItems.encode(key);
        item.put(MASTER, AttributeValue.fromBool(true));
        if (key.expires() != null) {
            long end = key.expires().plus(REMEMBERED).getEpochSecond();
            item.put(DynamoTable.TTL, AttributeValue.fromN(Long.toString(end)));
        }
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table.name())
                        .item(item)
                        .conditionExpression("attribute_not_exists(pk) OR #m=:m")
                        .expressionAttributeNames(Map.of("#m", MASTER))
                        .expressionAttributeValues(Map.of(":m", AttributeValue.fromBool(true)))
                        .build())
                .build();
    }
}
