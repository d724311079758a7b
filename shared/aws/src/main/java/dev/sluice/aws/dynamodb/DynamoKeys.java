package dev.sluice.aws.dynamodb;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.KeyBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    private final Table table;

    DynamoKeys(Table table) {
        this.table = table;
    }

    @Override
    public boolean create(KeyRecord key) {
        Map<String, AttributeValue> name = new HashMap<>(Table.key(NAMES, key.name()));
        name.put(HASH, AttributeValue.fromS(key.hash()));
        return switch (Transactions.write(
                table, UUID.randomUUID().toString(), List.of(put(KeyItems.encode(key)), put(name)))) {
            case DONE -> true;
            case REFUSED -> false;
        };
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
        Map<String, AttributeValue> found = Owners.need(table.span().item(NAMES, name));
        String hash = Attributes.text(found, HASH);
        if (hash == null) {
            return false;
        }
        Answer<Boolean> answer = table.span().call(call -> {
            call.client()
                    .updateItem(UpdateItemRequest.builder()
                            .tableName(call.table())
                            .key(Table.key(KeyItems.partition(hash), KeyItems.KEY))
                            .updateExpression("SET #r=:yes")
                            .conditionExpression("attribute_exists(pk) AND (attribute_not_exists(#r) OR #r<>:yes)")
                            .expressionAttributeNames(Map.of("#r", KeyItems.REVOKED))
                            .expressionAttributeValues(Map.of(":yes", AttributeValue.fromBool(true)))
                            .overrideConfiguration(call.configuration())
                            .build());
            return true;
        });
        return !(answer instanceof Answer.Unmet<Boolean>) && Owners.need(answer);
    }
}
