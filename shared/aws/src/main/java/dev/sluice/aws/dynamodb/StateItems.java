package dev.sluice.aws.dynamodb;

import dev.sluice.core.limits.StateItem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// State items out of the table. Whatever somebody wrote there by hand, reading it never fails: attributes that are
/// neither numbers nor texts are passed over.
final class StateItems {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private StateItems() {}

    static StateItem decode(Map<String, AttributeValue> item) {
        TreeMap<String, Long> numbers = new TreeMap<>();
        TreeMap<String, String> texts = new TreeMap<>();
        item.forEach((name, value) -> {
            if (value.n() != null) {
                numbers.put(name, whole(value.n()));
            } else if (value.s() != null && !name.equals(Table.PK) && !name.equals(Table.SK)) {
                texts.put(name, value.s());
            }
        });
        return new StateItem(numbers, texts);
    }

    /// A number as it is meant: a fraction counts as one more, and none is larger than the largest.
    static long whole(String number) {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException unusual) {
            BigDecimal value = new BigDecimal(number);
            BigDecimal bounded = value.min(LARGEST).max(LARGEST.negate());
            return bounded.setScale(0, RoundingMode.CEILING).longValueExact();
        }
    }
}
