package dev.sluice.cli.endtoend;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One answer as a client got it.
///
/// @param head as it came, without its last empty line
/// @param body with chunks joined
/// @param whole whether the body came to the end that its framing announced
record Reply(int status, String head, String body, boolean whole) {
    /// The first value of a header; empty when it is not there.
    String header(String name) {
        return headers(name).stream().findFirst().orElse("");
    }

    List<String> headers(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return Arrays.stream(head.split("\r\n"))
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }

    boolean isStream() {
        return header("content-type").startsWith("text/event-stream");
    }
}
