package dev.sluice.core.config;

import dev.sluice.model.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// As much of JSON Schema 2020-12 as the configuration's schema uses; a keyword it does not know is an error.
final class SchemaCheck {
    private static final Set<String> WORDLESS =
            Set.of("$schema", "$defs", "title", "description", "default", "format", "properties");

    private final Json.Obj root;
    private final List<String> problems = new ArrayList<>();

    private SchemaCheck(Json.Obj root) {
        this.root = root;
    }

    static List<String> problems(Json.Obj schema, Json value) {
        SchemaCheck check = new SchemaCheck(schema);
        check.value("$", value, schema);
        return check.problems;
    }

    private boolean fits(Json value, Json schema) {
        SchemaCheck check = new SchemaCheck(root);
        check.value("", value, (Json.Obj) schema);
        return check.problems.isEmpty();
    }

    private void value(String path, Json value, Json.Obj schema) {
        schema.fields().forEach((keyword, argument) -> {
            if (!WORDLESS.contains(keyword) && !holds(path, value, schema, keyword, argument)) {
                problems.add(path + " " + keyword + " " + argument);
            }
        });
        if (value instanceof Json.Obj object) {
            fields(path, object, schema);
        }
    }

    private boolean holds(String path, Json value, Json.Obj schema, String keyword, Json argument) {
        return switch (keyword) {
            case "$ref" -> {
                String name = ((Json.Str) argument).value().substring("#/$defs/".length());
                value(path, value, root.object("$defs").object(name));
                yield true;
            }
            case "type" -> types(argument).stream().anyMatch(type -> isOf(type, value));
            case "const" -> argument.equals(value);
            case "enum" -> ((Json.Arr) argument).items().contains(value);
            case "anyOf" -> ((Json.Arr) argument).items().stream().anyMatch(one -> fits(value, one));
            case "not" -> !fits(value, argument);
            case "pattern" ->
                !(value instanceof Json.Str(String text))
                        || Pattern.compile(((Json.Str) argument).value())
                                .matcher(text)
                                .find();
            case "minLength" -> !(value instanceof Json.Str(String text)) || text.length() >= number(argument);
            case "maxLength" -> !(value instanceof Json.Str(String text)) || text.length() <= number(argument);
            case "minimum" -> !(value instanceof Json.Num(String n)) || new BigDecimal(n).compareTo(big(argument)) >= 0;
            case "maximum" -> !(value instanceof Json.Num(String n)) || new BigDecimal(n).compareTo(big(argument)) <= 0;
            case "minItems" -> !(value instanceof Json.Arr(List<Json> items)) || items.size() >= number(argument);
            case "uniqueItems" ->
                !(value instanceof Json.Arr(List<Json> items)) || new HashSet<>(items).size() == items.size();
            case "minProperties" -> !(value instanceof Json.Obj(Map<String, Json> f)) || f.size() >= number(argument);
            case "maxProperties" -> !(value instanceof Json.Obj(Map<String, Json> f)) || f.size() <= number(argument);
            case "required" ->
                !(value instanceof Json.Obj object)
                        || ((Json.Arr) argument)
                                .items().stream().allMatch(name -> object.has(((Json.Str) name).value()));
            case "items" -> {
                if (value instanceof Json.Arr(List<Json> items)) {
                    items.forEach(item -> value(path + "[]", item, (Json.Obj) argument));
                }
                yield true;
            }
            case "propertyNames" ->
                !(value instanceof Json.Obj(Map<String, Json> fields))
                        || fields.keySet().stream().allMatch(name -> fits(Json.of(name), argument));
            case "additionalProperties" ->
                argument instanceof Json.Obj
                        || !(value instanceof Json.Obj(Map<String, Json> fields))
                        || schema.object("properties").fields().keySet().containsAll(fields.keySet());
            default -> throw new AssertionError("unknown keyword " + keyword);
        };
    }

    private void fields(String path, Json.Obj object, Json.Obj schema) {
        Json.Obj properties = schema.object("properties");
        object.fields().forEach((name, value) -> {
            if (properties != null && properties.has(name)) {
                value(path + "." + name, value, properties.object(name));
            } else if (schema.object("additionalProperties") != null) {
                value(path + "." + name, value, schema.object("additionalProperties"));
            }
        });
    }

    private static List<String> types(Json argument) {
        return argument instanceof Json.Arr(List<Json> items)
                ? items.stream().map(item -> ((Json.Str) item).value()).toList()
                : List.of(((Json.Str) argument).value());
    }

    private static boolean isOf(String type, Json value) {
        return switch (type) {
            case "object" -> value instanceof Json.Obj;
            case "array" -> value instanceof Json.Arr;
            case "string" -> value instanceof Json.Str;
            case "boolean" -> value instanceof Json.Bool;
            case "null" -> value == Json.NULL;
            case "number" -> value instanceof Json.Num;
            case "integer" -> value instanceof Json.Num number && number.asLong() != null;
            default -> throw new AssertionError("unknown type " + type);
        };
    }

    private static int number(Json argument) {
        return big(argument).intValueExact();
    }

    private static BigDecimal big(Json argument) {
        return new BigDecimal(((Json.Num) argument).literal());
    }
}
