package dev.sluice.aws.dynamodb;

import dev.sluice.core.metering.UsageLines;
import dev.sluice.core.metering.UsageNames;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.model.Usage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/// What was used, in the table: `usage#<day>`, `<key>#<provider/model>`, each number added to by every call.
///
/// Looking back throws [StoreFailure] when the table does not answer.
public final class DynamoUsage implements UsageBook {
    private static final String PREFIX = "usage#";
    private static final String NO_TARGET = "-";
    private static final String REQUESTS = "requests";
    private static final String ERRORS = "errors";
    private static final String UNPRICED = "unpriced";
    private static final String NANO_USD = "nanoUsd";

    private final Table table;
    private final UsageNames names;

    DynamoUsage(Table table) {
        this.table = table;
        this.names = new UsageNames(table::note);
    }

    @Override
    public boolean add(CallLog.Entry entry) {
        LocalDate day = CallItems.day(entry.over());
        // what other processes have named is not asked for: whoever answers requests may not read these items
        Line line = names.counted(day, UsageLines.of(entry), Set::of);
        Update update = new Update();
        update.set(DynamoTable.TTL, end(day));
        update.add(REQUESTS, line.requests());
        addIf(update, ERRORS, line.errors());
        addIf(update, UNPRICED, line.unpriced());
        addIf(update, NANO_USD, UsageLines.nanos(line.usd()));
        kinds(line.usage()).forEach((kind, tokens) -> {
            if (tokens != null) {
                update.add(kind, tokens);
            }
        });
        String target = line.target() == null ? NO_TARGET : line.target();
        String item = line.caller() + "#" + target;
        Answer<Boolean> answer = table.span().call(call -> {
            call.client()
                    .updateItem(update.request()
                            .tableName(call.table())
                            .key(Table.key(PREFIX + day, item))
                            .returnValues(ReturnValue.NONE)
                            .overrideConfiguration(call.configuration())
                            .build());
            return true;
        });
        if (answer instanceof Answer.Invalid<Boolean>(String why)) {
            table.noteOnceForAll("the item " + PREFIX + day + ", " + item
                    + " is damaged: what is used there is not counted until it is deleted (" + why + ")");
            return true; // the others are no worse for it
        }
        return answer instanceof Answer.Ok<Boolean>;
    }

    /// In epoch seconds.
    private static long end(LocalDate day) {
        return day.plus(KEPT).plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    private static void addIf(Update update, String name, long change) {
        if (change != 0) {
            update.add(name, change);
        }
    }

    private static Map<String, @Nullable Long> kinds(Usage usage) {
        Map<String, @Nullable Long> kinds = new HashMap<>();
        kinds.put("inputUncached", usage.inputUncached());
        kinds.put("cacheRead", usage.cacheRead());
        kinds.put("cacheWrite5m", usage.cacheWrite5m());
        kinds.put("cacheWrite1h", usage.cacheWrite1h());
        kinds.put("output", usage.output());
        kinds.put("reasoning", usage.reasoning());
        kinds.put("audioIn", usage.audioIn());
        kinds.put("audioOut", usage.audioOut());
        return kinds;
    }

    @Override
    public List<Line> of(LocalDate day) {
        List<Line> lines = new ArrayList<>();
        Map<String, AttributeValue> start = Map.of();
        do {
            QueryResponse page = page(day, start);
            page.items().forEach(item -> decode(item).ifPresent(lines::add));
            start = page.lastEvaluatedKey();
        } while (!start.isEmpty());
        return lines.stream().sorted(UsageLines.ORDER).toList();
    }

    private QueryResponse page(LocalDate day, Map<String, AttributeValue> start) {
        return Owners.need(table.span().call(call -> {
            QueryRequest.Builder request = QueryRequest.builder()
                    .tableName(call.table())
                    .keyConditionExpression("pk=:pk")
                    .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(PREFIX + day)))
                    .consistentRead(true)
                    .overrideConfiguration(call.configuration());
            if (!start.isEmpty()) {
                request.exclusiveStartKey(start);
            }
            return call.client().query(request.build());
        }));
    }

    private static Optional<Line> decode(Map<String, AttributeValue> item) {
        String key = Attributes.text(item, Table.SK);
        int end = key == null ? -1 : key.indexOf('#');
        if (key == null || end < 0) {
            return Optional.empty();
        }
        String target = key.substring(end + 1);
        return Optional.of(new Line(
                key.substring(0, end),
                target.equals(NO_TARGET) ? null : target,
                or0(item, REQUESTS),
                or0(item, ERRORS),
                or0(item, UNPRICED),
                new Usage(
                        Attributes.whole(item, "inputUncached"),
                        Attributes.whole(item, "cacheRead"),
                        Attributes.whole(item, "cacheWrite5m"),
                        Attributes.whole(item, "cacheWrite1h"),
                        Attributes.whole(item, "output"),
                        Attributes.whole(item, "reasoning"),
                        Attributes.whole(item, "audioIn"),
                        Attributes.whole(item, "audioOut")),
                UsageLines.usd(or0(item, NANO_USD))));
    }

    private static long or0(Map<String, AttributeValue> item, String name) {
        Long value = Attributes.whole(item, name);
        return value == null ? 0 : value;
    }
}
