package dev.sluice.aws.dynamodb;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.ports.LimitStore.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What an admission costs beside a bare `UpdateItem`: both by one client, in turns, in one run. A measurement, not a
/// test: `./mvnw -pl shared/aws -am test -Dtest=AdmissionCost -Dsurefire.failIfNoSpecifiedTests=false
/// -Ddynamodb.long=true` prints it.
@EnabledIfSystemProperty(named = "dynamodb.long", matches = "true")
class AdmissionCost {
    private static final int WARM = 500;
    private static final int MEASURED = 2_000;
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void print_the_ratio() {
        try (Tables.Fresh table = Tables.fresh()) {
            long[] bare = new long[MEASURED];
            long[] admissions = new long[MEASURED];
            for (int i = -WARM; i < MEASURED; i++) {
                long bareNanos = nanos(() -> bareUpdate(table));
                long admissionNanos = nanos(() -> admission(table));
                if (i >= 0) {
                    bare[i] = bareNanos;
                    admissions[i] = admissionNanos;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "admission with 2 buckets %.2f ms, bare UpdateItem %.2f ms (medians of %d): ratio %.2f%n",
                    median(admissions) / 1e6,
                    median(bare) / 1e6,
                    MEASURED,
                    (double) median(admissions) / median(bare));
        }
    }

    private static void bareUpdate(Tables.Fresh table) {
        table.client()
                .updateItem(request -> request.tableName(table.settings().table())
                        .key(Table.key("bare", "state"))
                        .updateExpression("ADD n :one")
                        .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
    }

    private static void admission(Tables.Fresh table) {
        AdmitStep step = new AdmitStep(
                "provider#cost",
                new Gate("m", 2, Duration.ofMinutes(4), true),
                List.of(new Take("q/day/day1/0", 1, 1_000_000), new Take("q/hour/hour1/0", 1, 1_000_000)),
                null,
                List.of(),
                List.of(),
                NOON);
        if (!(table.store().limits().admit(step) instanceof Reply.Done)) {
            throw new IllegalStateException("not admitted");
        }
    }

    private static long nanos(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return System.nanoTime() - start;
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
