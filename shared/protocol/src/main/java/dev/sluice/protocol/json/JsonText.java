package dev.sluice.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.model.Json;
import dev.sluice.protocol.ByteSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON text to [Json] and back. Numbers keep their literal, objects their key order.
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JsonText() {}

    /// The value, or what is wrong with the text.
    public sealed interface Parsed {
        record Value(Json json) implements Parsed {}

        /// `problem` is one sentence without the text itself.
        record Malformed(String problem) implements Parsed {}
    }

    /// Parses exactly one JSON value in UTF-8.
    public static Parsed parse(byte[] bytes) {
        return parse(bytes, 0, bytes.length);
    }

    /// Parses exactly one JSON value in UTF-8.
    public static Parsed parse(byte[] bytes, int from, int to) {
        try (JsonParser parser = FACTORY.createParser(bytes, from, to - from)) {
            return whole(parser);
        } catch (IOException malformed) {
            return problem(malformed);
        }
    }

    public static Parsed parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return whole(parser);
        } catch (IOException malformed) {
            return problem(malformed);
        }
    }

    /// The object that the text is, or null when it is anything else.
    public static Json.@Nullable Obj objectOrNull(String text) {
        return parse(text) instanceof Parsed.Value(Json.Obj object) ? object : null;
    }

    /// The object that the bytes are, or null when they are anything else.
    public static Json.@Nullable Obj objectOrNull(byte[] bytes, int from, int to) {
        return parse(bytes, from, to) instanceof Parsed.Value(Json.Obj object) ? object : null;
    }

    /// Compact text.
    public static String print(Json json) {
        ByteSink sink = new ByteSink(256);
        sink.json(json);
        return sink.text();
    }

    /// Compact text in UTF-8.
    public static byte[] bytes(Json json) {
        ByteSink sink = new ByteSink(1024);
        sink.json(json);
        return sink.toByteArray();
    }

    private static Parsed whole(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return new Parsed.Malformed("it is empty");
        }
        Json value = value(parser, first);
        return parser.nextToken() == null
                ? new Parsed.Value(value)
                : new Parsed.Malformed("there is text after its end");
    }

    private static Parsed.Malformed problem(IOException malformed) {
        String place = malformed instanceof com.fasterxml.jackson.core.JsonProcessingException processing
                        && processing.getLocation() != null
                ? " at line " + processing.getLocation().getLineNr() + ", column "
                        + processing.getLocation().getColumnNr()
                : "";
        return new Parsed.Malformed("it breaks off or is malformed" + place);
    }

    private static Json value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Json.Str(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
            case VALUE_TRUE -> Json.TRUE;
            case VALUE_FALSE -> Json.FALSE;
            case VALUE_NULL -> Json.NULL;
            default -> throw new IOException("unexpected " + token);
        };
    }

    private static Json object(JsonParser parser) throws IOException {
        Map<String, Json> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            fields.put(name, value(parser, parser.nextToken()));
        }
        return new Json.Obj(fields);
    }

    private static Json array(JsonParser parser) throws IOException {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return new Json.Arr(items);
    }
}
