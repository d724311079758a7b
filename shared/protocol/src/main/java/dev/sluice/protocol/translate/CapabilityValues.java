package dev.sluice.protocol.translate;

import dev.sluice.model.Json;
import dev.sluice.model.ReasoningWish.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Typed reads of capabilities that note what is wrong instead of stopping at it.
final class CapabilityValues {
    private final Json.Obj caps;
    private final List<String> problems = new ArrayList<>();
    private @Nullable String firstAtFault;

    CapabilityValues(Json.Obj caps) {
        this.caps = caps;
    }

    List<String> problems() {
        return problems;
    }

    String firstAtFault() {
        return firstAtFault == null ? "" : firstAtFault;
    }

    void problem(String name, String what) {
        if (firstAtFault == null) {
            firstAtFault = name;
        }
        problems.add("`" + name + "` " + what);
    }

    boolean flag(String name, boolean otherwise) {
        Boolean value = flagOrNull(name);
        return value == null ? otherwise : value;
    }

    @Nullable
    Boolean flagOrNull(String name) {
        Json value = caps.present(name);
        if (value != null && !(value instanceof Json.Bool)) {
            problem(name, "must be true or false");
        }
        return caps.bool(name);
    }

    @Nullable
    String text(String name) {
        Json value = caps.present(name);
        if (value != null && !(value instanceof Json.Str)) {
            problem(name, "must be a string");
        }
        return caps.text(name);
    }

    @Nullable
    Long whole(String name, long atLeast) {
        Json value = caps.present(name);
        Long number = caps.whole(name);
        if (value != null && (number == null || number < atLeast)) {
            problem(name, "must be a whole number of at least " + atLeast);
            return null;
        }
        return number;
    }

    @Nullable
    Integer small(String name, int atLeast) {
        Long number = whole(name, atLeast);
        return number == null ? null : (Integer) (int) Math.min(number, Integer.MAX_VALUE);
    }

    @Nullable
    String oneOf(String name, List<String> allowed) {
        String value = text(name);
        if (value != null && !allowed.contains(value)) {
            problem(name, "must be one of " + String.join(", ", allowed));
        }
        return value;
    }

    /// An enum's constant by its name in lower case.
    <E extends Enum<E>> E constant(String name, E otherwise, E[] constants) {
        List<String> allowed = new ArrayList<>();
        for (E constant : constants) {
            allowed.add(constant.name().toLowerCase(Locale.ROOT));
        }
        String value = oneOf(name, allowed);
        int index = value == null ? -1 : allowed.indexOf(value);
        return index < 0 ? otherwise : constants[index];
    }

    List<Effort> efforts(String name, List<Effort> otherwise) {
        Json value = caps.present(name);
        if (value == null) {
            return otherwise;
        }
        List<Effort> efforts = new ArrayList<>();
        for (Json item : caps.items(name)) {
            Effort effort = item instanceof Json.Str(String text) ? Effort.parse(text) : null;
            if (effort != null) {
                efforts.add(effort);
            }
        }
        if (!(value instanceof Json.Arr) || efforts.size() != caps.items(name).size()) {
            problem(name, "must be a list of none, minimal, low, medium, high, xhigh, max");
        }
        return efforts;
    }
}
