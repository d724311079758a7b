package dev.sluice.aws.dynamodb;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/// The table itself, for its owner: is it there, may this version use it, make it.
public final class DynamoTable {
    static final String TTL = "ttl";
    private static final Duration CREATION = Duration.ofSeconds(60);

    private final DynamoDbClient client;
    private final Table table;

    DynamoTable(DynamoDbClient client, Table table) {
        this.client = client;
        this.table = table;
    }

    /// What is there.
    public sealed interface State {
        record Present() implements State {}

        record Absent() implements State {}

        /// A table of that name that this version cannot use.
        record Unusable(String why) implements State {}

        /// It is not known.
        record Silent(String why) implements State {}
    }

    public State check() {
        try {
            TableDescription description = client.describeTable(request -> request.tableName(table.name()))
                    .table();
            if (!description.keySchema().equals(keys())) {
                return new State.Unusable("its key is not pk (partition) and sk (sort): it is not Sluice's");
            }
        } catch (ResourceNotFoundException absent) {
            return new State.Absent();
        } catch (SdkException e) {
            return new State.Silent(Reasons.of(e));
        }
        return switch (table.span().item(TableLayout.ITEM, TableLayout.ITEM)) {
            case Answer.Ok<Map<String, AttributeValue>>(var item) -> state(TableLayout.trouble(item));
            case Answer.Invalid<?>(String why) -> new State.Silent(why);
            case Answer.Failed<?>(boolean _, String why) -> new State.Silent(why);
            case Answer.Unmet<?> _ -> new State.Silent("a condition that nobody set");
        };
    }

    private static State state(Optional<String> trouble) {
        return trouble.<State>map(State.Unusable::new).orElseGet(State.Present::new);
    }

    /// Whether items are deleted when they have expired; empty: it is not known.
    public Optional<Boolean> letsItemsExpire() {
        try {
            TimeToLiveStatus status = client.describeTimeToLive(request -> request.tableName(table.name()))
                    .timeToLiveDescription()
                    .timeToLiveStatus();
            return Optional.of(status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING);
        } catch (SdkException notTold) {
            return Optional.empty();
        }
    }

    /// Makes the table and waits until it can be used; without effect when somebody was faster.
    ///
    /// Throws [StoreFailure] when it cannot be made.
    public void create() {
        try {
            make();
            client.waiter()
                    .waitUntilTableExists(
                            request -> request.tableName(table.name()), waiting -> waiting.waitTimeout(CREATION));
            letItemsExpire();
            client.putItem(request -> request.tableName(table.name())
                    .item(TableLayout.encode())
                    .conditionExpression("attribute_not_exists(pk)"));
        } catch (ConditionalCheckFailedException fasterOne) {
            // the other one has written which layout it is
        } catch (SdkException e) {
            throw new StoreFailure("table " + table.name() + " could not be made: " + Reasons.of(e));
        }
    }

    private void letItemsExpire() {
        TimeToLiveStatus status = client.describeTimeToLive(request -> request.tableName(table.name()))
                .timeToLiveDescription()
                .timeToLiveStatus();
        if (status == TimeToLiveStatus.DISABLED) {
            client.updateTimeToLive(request -> request.tableName(table.name())
                    .timeToLiveSpecification(ttl -> ttl.attributeName(TTL).enabled(true)));
        }
    }

    private void make() {
        try {
            client.createTable(request -> request.tableName(table.name())
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(keys())
                    .attributeDefinitions(attribute(Table.PK), attribute(Table.SK)));
        } catch (ResourceInUseException fasterOne) {
            // it waits for that one
        }
    }

    private static List<KeySchemaElement> keys() {
        return List.of(key(Table.PK, KeyType.HASH), key(Table.SK, KeyType.RANGE));
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }
}
