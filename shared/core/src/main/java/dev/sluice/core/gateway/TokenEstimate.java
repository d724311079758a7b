package dev.sluice.core.gateway;

/// A rough size of a request in tokens, to keep it away from windows that cannot hold it.
final class TokenEstimate {
    /// Bytes of a JSON body for one token: English prose has about 4, code and JSON less. Taken high, so that a request
    /// is only ever refused locally when it is far too large.
    private static final int BYTES_PER_TOKEN = 5;

    /// Pictures and documents come in base64, which is not text: what a model makes of them has little to do with their
    /// length. No word is as long as this.
    private static final int SHORTEST_MEDIA = 512;

    private TokenEstimate() {}

    static long of(byte[] body) {
        return (body.length - media(body)) / BYTES_PER_TOKEN;
    }

    /// The bytes in long runs of base64. Every such run covers one of the places that are looked at.
    private static long media(byte[] body) {
        long media = 0;
        int at = SHORTEST_MEDIA - 1;
        while (at < body.length) {
            int end = at;
            while (end < body.length && isBase64(body[end])) {
                end++;
            }
            if (end > at) {
                int from = at;
                while (from > 0 && isBase64(body[from - 1])) {
                    from--;
                }
                media += end - from >= SHORTEST_MEDIA ? end - from : 0;
            }
            at = Math.max(at, end) + SHORTEST_MEDIA;
        }
        return media;
    }

    /// Both alphabets, and the slash that some writers of JSON escape.
    private static boolean isBase64(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b == '+'
                || b == '/'
                || b == '-'
                || b == '_'
                || b == '='
                || b == '\\';
    }
}
