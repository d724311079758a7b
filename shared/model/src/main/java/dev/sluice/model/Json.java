package dev.sluice.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A JSON value as it was written: key order and number literals survive, so that equal input gives equal output.
public sealed interface Json {
    Json NULL = Null.NULL;
    Json TRUE = Bool.TRUE;
    Json FALSE = Bool.FALSE;

    /// The value `null`.
    enum Null implements Json {
        NULL
    }

    /// `true` or `false`.
    enum Bool implements Json {
        TRUE,
        FALSE
    }

    /// A string.
    record Str(String value) implements Json {}

    /// A number, kept as the text it came in: `1.0`, `1e0` and integers beyond 2^53 are not changed.
    record Num(String literal) implements Json {
        /// The value as a long; empty when it has a fraction or does not fit.
        public @Nullable Long asLong() {
            try {
                return literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))
                        ? Long.valueOf(literal)
                        : Long.valueOf(new java.math.BigDecimal(literal).longValueExact());
            } catch (ArithmeticException | NumberFormatException notALong) {
                return null;
            }
        }

        /// The value as a double, infinite when out of range.
        public double asDouble() {
            return Double.parseDouble(literal);
        }
    }

    /// An array.
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = Collections.unmodifiableList(items);
        }

        public static Arr of(Json... items) {
            return new Arr(List.of(items));
        }
    }

    /// An object, its keys in the order they were written.
    record Obj(Map<String, Json> fields) implements Json {
        public static final Obj EMPTY = new Obj(Map.of());

        public Obj {
            fields = Collections.unmodifiableMap(fields);
        }

        /// The field, also when it is an explicit `null`; Java's null when it is missing.
        public @Nullable Json field(String name) {
            return fields.get(name);
        }

        public boolean has(String name) {
            return fields.containsKey(name);
        }

        /// The field when it is there and not `null`.
        public @Nullable Json present(String name) {
            Json value = fields.get(name);
            return value == Json.NULL ? null : value;
        }

        /// The field when it is a string.
        public @Nullable String text(String name) {
            return fields.get(name) instanceof Str(String value) ? value : null;
        }

        public String text(String name, String otherwise) {
            String value = text(name);
            return value == null ? otherwise : value;
        }

        /// The field when it is a whole number that fits.
        public @Nullable Long whole(String name) {
            return fields.get(name) instanceof Num number ? number.asLong() : null;
        }

        /// The field when it is a boolean.
        public @Nullable Boolean bool(String name) {
            return fields.get(name) instanceof Bool value ? (Boolean) (value == Bool.TRUE) : null;
        }

        public boolean isTrue(String name) {
            return fields.get(name) == Bool.TRUE;
        }

        /// The field when it is an object.
        public @Nullable Obj object(String name) {
            return fields.get(name) instanceof Obj value ? value : null;
        }

        /// The items of the field when it is an array; empty otherwise.
        public List<Json> items(String name) {
            return fields.get(name) instanceof Arr(List<Json> items) ? items : List.of();
        }

        public boolean isEmpty() {
            return fields.isEmpty();
        }

        /// This object with one field put or replaced, in place.
        public Obj with(String name, Json value) {
            Map<String, Json> copy = new LinkedHashMap<>(fields);
            copy.put(name, value);
            return new Obj(copy);
        }

        /// This object without these fields.
        public Obj without(String... names) {
            Map<String, Json> copy = new LinkedHashMap<>(fields);
            for (String name : names) {
                copy.remove(name);
            }
            return new Obj(copy);
        }
    }

    static Json of(String value) {
        return new Str(value);
    }

    static Json of(long value) {
        return new Num(Long.toString(value));
    }

    static Json of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Json orNull(@Nullable String value) {
        return value == null ? NULL : new Str(value);
    }

    static Builder object() {
        return new Builder();
    }

    static Json strings(List<String> values) {
        List<Json> items = new ArrayList<>(values.size());
        values.forEach(value -> items.add(new Str(value)));
        return new Arr(items);
    }

    static Json array(List<? extends Json> items) {
        return new Arr(new ArrayList<>(items));
    }

    /// Writes an object field by field; `putIf` leaves out what is absent.
    final class Builder {
        private final Map<String, Json> fields = new LinkedHashMap<>();

        public Builder put(String name, Json value) {
            fields.put(name, value);
            return this;
        }

        public Builder put(String name, String value) {
            return put(name, of(value));
        }

        public Builder put(String name, long value) {
            return put(name, of(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, of(value));
        }

        public Builder putIf(String name, @Nullable Json value) {
            return value == null ? this : put(name, value);
        }

        public Builder putIf(String name, @Nullable String value) {
            return value == null ? this : put(name, of(value));
        }

        public Builder putIf(String name, @Nullable Long value) {
            return value == null ? this : put(name, of(value));
        }

        public Builder putIf(String name, @Nullable Boolean value) {
            return value == null ? this : put(name, of(value));
        }

        public Builder putAll(Obj other) {
            fields.putAll(other.fields());
            return this;
        }

        /// Runs the writer when the condition holds, so that optional groups read as one expression.
        public Builder when(boolean condition, Consumer<Builder> writer) {
            if (condition) {
                writer.accept(this);
            }
            return this;
        }

        public boolean isEmpty() {
            return fields.isEmpty();
        }

        public Obj build() {
            return new Obj(fields);
        }
    }
}
