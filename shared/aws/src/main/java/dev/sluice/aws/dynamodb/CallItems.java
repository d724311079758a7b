package dev.sluice.aws.dynamodb;

import dev.sluice.core.metering.CallLogJson;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Calls as items: `call#<day>`, `<time over>#<request id>`, the call as one text, and a time to live.
final class CallItems {
    static final String ID = "id";

    private static final String PREFIX = "call#";
    private static final String CALL = "call";
    /// All of one length, so that they sort as what they are.
    private static final DateTimeFormatter MOMENT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private CallItems() {}

    static LocalDate day(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    static String partition(LocalDate day) {
        return PREFIX + day;
    }

    /// Before the sort key of every call that was over at that moment or later, after all others.
    static String from(Instant moment) {
        Instant millis = moment.truncatedTo(ChronoUnit.MILLIS);
        return MOMENT.format(millis.equals(moment) ? millis : millis.plusMillis(1));
    }

    static Map<String, AttributeValue> encode(CallLog.Entry entry) {
        Instant over = entry.over();
        Map<String, AttributeValue> item =
                new HashMap<>(Table.key(partition(day(over)), MOMENT.format(over) + "#" + entry.requestId()));
        item.put(ID, AttributeValue.fromS(entry.requestId()));
        item.put(CALL, AttributeValue.fromS(CallLogJson.line(entry)));
        item.put(
                DynamoTable.TTL,
                AttributeValue.fromN(Long.toString(over.plus(CallBook.KEPT).getEpochSecond())));
        return item;
    }

    /// Empty: damaged.
    static Optional<CallLog.Entry> decode(Map<String, AttributeValue> item) {
        String text = Attributes.text(item, CALL);
        Json.Obj object = text == null ? null : JsonText.objectOrNull(text);
        return object == null ? Optional.empty() : CallLogJson.decode(object);
    }
}
