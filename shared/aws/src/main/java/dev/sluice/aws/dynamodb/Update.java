package dev.sluice.aws.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// One `UpdateItem` as it grows: what is set, what is removed, and what must hold. Each attribute is changed at most
/// once: what is set is not removed as well.
final class Update {
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<AttributeValue, String> values = new LinkedHashMap<>();
    private final Map<String, String> sets = new LinkedHashMap<>();
    private final Set<String> removes = new LinkedHashSet<>();
    private final List<String> conditions = new ArrayList<>();
    private final Set<String> numbers = new TreeSet<>();

    /// The placeholder of an attribute.
    private String name(String attribute) {
        return names.computeIfAbsent(attribute, _ -> "#" + names.size());
    }

    /// The placeholder of an attribute that has to be a number, if it is there.
    private String number(String attribute) {
        numbers.add(attribute);
        return name(attribute);
    }

    private String value(AttributeValue value) {
        return values.computeIfAbsent(value, _ -> ":" + values.size());
    }

    private String value(long value) {
        return value(AttributeValue.fromN(Long.toString(value)));
    }

    void set(String attribute, long value) {
        sets.put(attribute, name(attribute) + "=" + value(value));
    }

    void set(String attribute, String text) {
        sets.put(attribute, name(attribute) + "=" + value(AttributeValue.fromS(text)));
    }

    /// Adds to a number, which is 0 when it is absent.
    void add(String attribute, long change) {
        String name = number(attribute);
        sets.put(attribute, name + "=if_not_exists(" + name + "," + value(0) + ")+" + value(change));
    }

    void remove(String attribute) {
        removes.add(attribute);
    }

    void require(String condition) {
        conditions.add(condition);
    }

    String isThere(String attribute) {
        return "attribute_exists(" + name(attribute) + ")";
    }

    String isAbsent(String attribute) {
        return "attribute_not_exists(" + name(attribute) + ")";
    }

    String isAtMost(String attribute, long most) {
        return number(attribute) + "<=" + value(most);
    }

    String isAtLeast(String attribute, long least) {
        return number(attribute) + ">=" + value(least);
    }

    String isLess(String attribute, long bound) {
        return number(attribute) + "<" + value(bound);
    }

    String isLess(String attribute, String other) {
        return number(attribute) + "<" + number(other);
    }

    String is(String attribute, long value) {
        return number(attribute) + "=" + value(value);
    }

    String hasOtherType(String attribute, String type) {
        return "NOT attribute_type(" + name(attribute) + "," + value(AttributeValue.fromS(type)) + ")";
    }

    /// The attributes of that item which this update can only use as numbers, and which are none.
    Set<String> noNumbersIn(Map<String, AttributeValue> item) {
        Set<String> found = new TreeSet<>();
        for (String attribute : numbers) {
            AttributeValue value = item.get(attribute);
            if (value != null && value.n() == null) {
                found.add(attribute);
            }
        }
        return found;
    }

    UpdateItemRequest.Builder request() {
        UpdateItemRequest.Builder request = UpdateItemRequest.builder()
                .returnValues(ReturnValue.ALL_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        String expression = expression();
        if (!expression.isEmpty()) {
            request.updateExpression(expression);
        }
        if (!conditions.isEmpty()) {
            request.conditionExpression(String.join(" AND ", conditions));
        }
        if (!names.isEmpty()) {
            Map<String, String> byPlaceholder = new HashMap<>();
            names.forEach((attribute, placeholder) -> byPlaceholder.put(placeholder, attribute));
            request.expressionAttributeNames(byPlaceholder);
        }
        if (!values.isEmpty()) {
            Map<String, AttributeValue> byPlaceholder = new HashMap<>();
            values.forEach((value, placeholder) -> byPlaceholder.put(placeholder, value));
            request.expressionAttributeValues(byPlaceholder);
        }
        return request;
    }

    private String expression() {
        List<String> removed = removes.stream()
                .filter(attribute -> !sets.containsKey(attribute))
                .map(this::name)
                .toList();
        String set = sets.isEmpty() ? "" : "SET " + String.join(",", sets.values());
        String remove = removed.isEmpty() ? "" : "REMOVE " + String.join(",", removed);
        return (set + " " + remove).strip();
    }
}
