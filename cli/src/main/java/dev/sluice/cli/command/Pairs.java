package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Options of the form `NAME=VALUE`.
final class Pairs {
    private Pairs() {}

    /// @param option its name, for a refusal
    /// @param form such as `DIALECT=URL`
    static Map<String, String> read(List<String> given, String option, String form) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : given) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw CommandFailure.usage(option + " wants " + form);
            }
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }
}
