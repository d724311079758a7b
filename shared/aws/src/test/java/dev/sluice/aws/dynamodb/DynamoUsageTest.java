package dev.sluice.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoUsageTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

    private final Tables.Fresh table = Tables.fresh();

    @AfterEach
    void close() {
        table.close();
    }

    private static CallLog.Entry call(String target) {
        return new CallLog.Entry(
                NOON,
                "req_1",
                "laptop",
                "anthropic",
                null,
                "coding",
                target,
                200,
                "ok",
                null,
                true,
                List.of(),
                List.of(),
                Usage.of(1, 2),
                Duration.ofSeconds(2),
                null,
                null,
                null);
    }

    private Map<String, AttributeValue> item(String target) {
        return table.client()
                .getItem(request -> request.tableName(table.settings().table())
                        .key(Table.key("usage#2026-11-21", "laptop#" + target))
                        .consistentRead(true))
                .item();
    }

    @Test
    void a_day_goes_after_thirteen_months() {
        assertThat(table.store().usage().add(call("b/m"))).isTrue();
        assertThat(item("b/m").get("ttl").n())
                .isEqualTo(Long.toString(Instant.parse("2027-12-22T00:00:00Z").getEpochSecond()));
    }

    @Test
    void a_damaged_item_is_told_once_and_no_other_is_the_worse_for_it() {
        table.client()
                .putItem(request -> request.tableName(table.settings().table())
                        .item(Map.of(
                                "pk", AttributeValue.fromS("usage#2026-11-21"),
                                "sk", AttributeValue.fromS("laptop#b/bad"),
                                "requests", AttributeValue.fromS("many"))));
        UsageBook book = table.store().usage();
        for (int i = 0; i < 3; i++) {
            assertThat(book.add(call("b/bad"))).as("the table answers").isTrue();
        }
        assertThat(book.add(call("b/m"))).isTrue();

        assertThat(table.notes())
                .singleElement()
                .asString()
                .contains("the item usage#2026-11-21, laptop#b/bad is damaged");
        assertThat(item("b/bad").get("requests").s()).isEqualTo("many");
        assertThat(book.of(TODAY))
                .filteredOn(line -> "b/m".equals(line.target()))
                .singleElement()
                .satisfies(line -> assertThat(line.requests()).isEqualTo(1));
    }
}
