package dev.sluice.cli.front;

import java.nio.charset.StandardCharsets;

/// What a request asks for: path and query, still percent-encoded.
record RequestTarget(String path, String query) {
    /// Reads `bytes[from, to)`: a path, a whole URL as proxies send it, or `*`.
    static RequestTarget parse(byte[] bytes, int from, int to) throws Refusal {
        for (int i = from; i < to; i++) {
            if (bytes[i] <= ' ' || bytes[i] == 0x7f || bytes[i] == '#') {
                throw new Refusal(400, "malformed request target");
            }
        }
        int start = pathStart(bytes, from, to);
        int question = start;
        while (question < to && bytes[question] != '?') {
            question++;
        }
        String path = start == question ? "/" : text(bytes, start, question);
        return new RequestTarget(path, question == to ? "" : text(bytes, question + 1, to));
    }

    private static int pathStart(byte[] bytes, int from, int to) throws Refusal {
        if (from < to && (bytes[from] == '/' || bytes[from] == '*' && to - from == 1)) {
            return from;
        }
        String whole = text(bytes, from, to);
        int scheme = whole.regionMatches(true, 0, "http://", 0, 7)
                ? 7
                : whole.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
        if (scheme < 0) {
            throw new Refusal(400, "malformed request target");
        }
        int at = from + scheme;
        while (at < to && bytes[at] != '/' && bytes[at] != '?') {
            at++;
        }
        return at;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
