package dev.sluice.cli.lambda;

import java.util.regex.Pattern;

/// The names that errors may have.
final class ErrorTypes {
    private static final Pattern VALID = Pattern.compile("(Runtime|Function)\\.[A-Z][a-zA-Z]+");

    private ErrorTypes() {}

    /// The name as it was given when it is one, else that of an unknown error of the same side.
    static String valid(String given) {
        if (VALID.matcher(given).matches()) {
            return given;
        }
        return given.startsWith("Runtime.") ? "Runtime.Unknown" : "Function.Unknown";
    }
}
