package dev.sluice.infra.cost;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as maps, lists, strings, numbers and truths: a template has no form that could be given types.
public final class JsonTree {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonTree() {}

    /// The object that the text is. Throws [IllegalArgumentException] when it is none.
    public static Map<String, Object> object(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            if (value(parser) instanceof Map<?, ?> object) {
                return fields(object);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("This is no JSON: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("This is no JSON object.");
    }

    /// The object in a field; empty where there is none.
    public static Map<String, Object> object(Map<String, Object> in, String field) {
        return in.get(field) instanceof Map<?, ?> object ? fields(object) : Map.of();
    }

    /// The list in a field; empty where there is none.
    public static List<Object> list(Map<String, Object> in, String field) {
        return in.get(field) instanceof List<?> list ? List.copyOf(list) : List.of();
    }

    /// The fields of what is known to be an object.
    public static Map<String, Object> fields(Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, field) -> fields.put(String.valueOf(name), field));
        }
        return fields;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NULL -> null;
            case null, default -> parser.getText();
        };
    }
}
