package dev.sluice.aws.dynamodb;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.KeyBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Callers' keys in the table. Beside each `key#<hmac>` stands `key-names`, `<name>`: it keeps names unique, and lists
/// the keys without reading the whole table.
///
/// For the owner's commands: throws [StoreFailure] when the table does not answer.
public final class DynamoKeys implements KeyBook {
    private static final String NAMES = "key-names";
    private static final String HASH = "hash";
    private static final int TRIES = 3;

    private final Table table;

    DynamoKeys(Table table) {
        this.table = table;
    }

    @Override
    public boolean create(KeyRecord key) {
        Map<String, AttributeValue> name = new HashMap<>(Table.key(NAMES, key.name()));
        name.put(HASH, AttributeValue.fromS(key.hash()));
        return Transactions.write(table, List.of(put(KeyItems.encode(key)), put(name)));
    }

    private TransactWriteItem put(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table.name())
                        .item(item)
                        .conditionExpression("attribute_not_exists(pk)")
                        .build())
                .build();
    }

    @Override
    public List<KeyRecord> list() {
        List<KeyRecord> byName = new ArrayList<>();
        Map<String, AttributeValue> start = Map.of();
        do {
            QueryResponse page = names(start);
            for (Map<String, AttributeValue> name : page.items()) {
                Optional.ofNullable(Attributes.text(name, HASH))
                        .flatMap(this::byHash)
                        .ifPresent(byName::add);
            }
            start = page.lastEvaluatedKey();
        } while (!start.isEmpty());
        return byName;
    }

    private QueryResponse names(Map<String, AttributeValue> start) {
        return Owners.need(table.span().call(call -> {
            QueryRequest.Builder request = QueryRequest.builder()
                    .tableName(call.table())
                    .keyConditionExpression("pk=:pk")
                    .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(NAMES)))
                    .consistentRead(true)
                    .overrideConfiguration(call.configuration());
            if (!start.isEmpty()) {
                request.exclusiveStartKey(start);
            }
            return call.client().query(request.build());
        }));
    }

    private Optional<KeyRecord> byHash(String hash) {
        Map<String, AttributeValue> item = Owners.need(table.span().item(KeyItems.partition(hash), KeyItems.KEY));
        Optional<KeyRecord> key = KeyItems.decode(item);
        if (key.isEmpty()) {
            table.note("the item key#" + hash + " is damaged: nobody can call with that key");
        }
        return key;
    }

    @Override
    public boolean revoke(String name) {
        String hash = Attributes.text(Owners.need(table.span().item(NAMES, name)), HASH);
        if (hash == null) {
            return false;
        }
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<KeyRecord> key = byHash(hash);
            if (key.isEmpty() || key.get().revoked()) {
                return false;
            }
            if (replace(key.get(), key.get().revoke())) {
                return true;
            }
        }
        throw new StoreFailure("the key " + name + " changes all the time: try again");
    }

    /// False: it is no longer what it was.
    private boolean replace(KeyRecord old, KeyRecord changed) {
        Answer<Boolean> answer = table.span().call(call -> {
            call.client()
                    .updateItem(UpdateItemRequest.builder()
                            .tableName(call.table())
                            .key(Table.key(KeyItems.partition(old.hash()), KeyItems.KEY))
                            .updateExpression("SET #r=:new")
                            .conditionExpression("#r=:old")
                            .expressionAttributeNames(Map.of("#r", KeyItems.RECORD))
                            .expressionAttributeValues(Map.of(
                                    ":old", AttributeValue.fromS(KeyItems.text(old)),
                                    ":new", AttributeValue.fromS(KeyItems.text(changed))))
                            .overrideConfiguration(call.configuration())
                            .build());
            return true;
        });
        return !(answer instanceof Answer.Unmet<Boolean>) && Owners.need(answer);
    }
}
