package dev.sluice.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// HTTP header fields: names are lower case, order and repetition are kept. Immutable.
public record Headers(List<Field> fields) {
    public static final Headers NONE = new Headers(List.of());

    /// One field line.
    public record Field(String name, String value) {
        public Field {
            name = name.toLowerCase(Locale.ROOT);
        }

        /// Whether it speaks of one connection, or of how a body is framed on it, and so goes no further.
        public boolean isOfTheConnection() {
            return switch (name) {
                case "connection",
                        "content-length",
                        "keep-alive",
                        "proxy-connection",
                        "te",
                        "trailer",
                        "transfer-encoding",
                        "upgrade" -> true;
                default -> false;
            };
        }
    }

    public Headers {
        fields = List.copyOf(fields);
    }

    /// Headers from alternating names and values.
    public static Headers of(String... namesAndValues) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Headers(fields);
    }

    public static Headers from(Map<String, String> map) {
        List<Field> fields = new ArrayList<>();
        map.forEach((name, value) -> fields.add(new Field(name, value)));
        return new Headers(fields);
    }

    /// The first value of that name, which must be lower case.
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    public boolean has(String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /// These headers with that one set, replacing any of the same name.
    public Headers with(String name, String value) {
        Field field = new Field(name, value);
        List<Field> copy = new ArrayList<>(fields.size() + 1);
        addOthers(field.name(), copy);
        copy.add(field);
        return new Headers(copy);
    }

    public Headers without(String name) {
        List<Field> copy = new ArrayList<>(fields.size());
        addOthers(name.toLowerCase(Locale.ROOT), copy);
        return new Headers(copy);
    }

    private void addOthers(String name, List<Field> copy) {
        for (Field field : fields) {
            if (!field.name().equals(name)) {
                copy.add(field);
            }
        }
    }

    /// These headers and then the others, which replace fields of the same name.
    public Headers and(Headers others) {
        if (others.fields.isEmpty() || fields.isEmpty()) {
            return fields.isEmpty() ? others : this;
        }
        List<Field> copy = new ArrayList<>(fields.size() + others.fields.size());
        for (Field field : fields) {
            if (!others.has(field.name())) {
                copy.add(field);
            }
        }
        copy.addAll(others.fields);
        return new Headers(copy);
    }
}
