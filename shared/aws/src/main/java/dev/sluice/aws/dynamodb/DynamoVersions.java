package dev.sluice.aws.dynamodb;

import dev.sluice.core.config.PackedDocument;
import dev.sluice.core.ports.ConfigVersions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// The versions of the configuration in the table. Head and version are written together or not at all.
///
/// For the owner's commands: throws [StoreFailure] when the table does not answer or is damaged.
public final class DynamoVersions implements ConfigVersions {
    private static final int PAGE = 20;

    private final Table table;

    DynamoVersions(Table table) {
        this.table = table;
    }

    @Override
    public Optional<Version> head() {
        return item(VersionItems.HEAD);
    }

    @Override
    public Optional<Version> byNumber(long number) {
        return item(VersionItems.sortKey(number));
    }

    private Optional<Version> item(String sortKey) {
        Map<String, AttributeValue> item = Owners.need(table.span().item(VersionItems.CONFIG, sortKey));
        return item.isEmpty() ? Optional.empty() : Optional.of(decode(item));
    }

    private static Version decode(Map<String, AttributeValue> item) {
        return VersionItems.decode(item)
                .orElseThrow(() -> new StoreFailure("the item config/" + Attributes.text(item, Table.SK)
                        + " in the table is damaged: it is no version of a configuration"));
    }

    @Override
    public List<Version> history(int limit) {
        List<Version> newestFirst = new ArrayList<>();
        Map<String, AttributeValue> start = Map.of();
        boolean hasMore = true;
        while (hasMore && newestFirst.size() < limit) {
            QueryResponse page = page(start, Math.min(PAGE, limit - newestFirst.size()));
            page.items().forEach(item -> newestFirst.add(decode(item)));
            start = page.lastEvaluatedKey();
            hasMore = !start.isEmpty();
        }
        return newestFirst;
    }

    private QueryResponse page(Map<String, AttributeValue> start, int most) {
        return Owners.need(table.span().call(call -> {
            QueryRequest.Builder request = QueryRequest.builder()
                    .tableName(call.table())
                    .keyConditionExpression("pk=:pk AND begins_with(sk,:v)")
                    .expressionAttributeValues(Map.of(
                            ":pk", AttributeValue.fromS(VersionItems.CONFIG),
                            ":v", AttributeValue.fromS(VersionItems.VERSIONS)))
                    .scanIndexForward(false)
                    .consistentRead(true)
                    .limit(most)
                    .overrideConfiguration(call.configuration());
            if (!start.isEmpty()) {
                request.exclusiveStartKey(start);
            }
            return call.client().query(request.build());
        }));
    }

    @Override
    public Write write(long expectedVersion, String document, String who, Instant when) {
        byte[] packed = PackedDocument.pack(document);
        if (packed.length > PackedDocument.MOST_BYTES) {
            // no reader of documents lets one come so far
            throw new StoreFailure("the configuration has " + packed.length + " bytes when compressed; at most "
                    + PackedDocument.MOST_BYTES);
        }
        Version next = new Version(expectedVersion + 1, document, who, when);
        boolean isWritten = Transactions.write(
                table,
                List.of(
                        put(VersionItems.encode(next, packed, VersionItems.sortKey(next.number())), 0),
                        put(VersionItems.encode(next, packed, VersionItems.HEAD), expectedVersion)));
        return isWritten ? new Write.Written(next) : conflict(expectedVersion);
    }

    /// @param expected the number that is there now; 0: there is none
    private TransactWriteItem put(Map<String, AttributeValue> item, long expected) {
        Put.Builder put = Put.builder()
                .tableName(table.name())
                .item(item)
                .expressionAttributeNames(Map.of("#n", expected == 0 ? Table.PK : VersionItems.NUMBER));
        if (expected == 0) {
            put.conditionExpression("attribute_not_exists(#n)");
        } else {
            put.conditionExpression("#n=:expected")
                    .expressionAttributeValues(Map.of(":expected", AttributeValue.fromN(Long.toString(expected))));
        }
        return TransactWriteItem.builder().put(put.build()).build();
    }

    private Write conflict(long expected) {
        long head = head().map(Version::number).orElse(0L);
        if (head == expected) {
            throw new StoreFailure("version " + (expected + 1) + " is in the table already, but its head is version "
                    + head + ": somebody has changed the items of config by hand");
        }
        return new Write.Conflict(head);
    }
}
