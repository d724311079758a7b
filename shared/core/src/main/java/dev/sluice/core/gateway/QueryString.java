package dev.sluice.core.gateway;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/// Reads what is percent-encoded: queries and segments of paths. What is encoded wrongly stays as it is.
public final class QueryString {
    private static final String PLAIN = "-._~/:@";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private QueryString() {}

    /// Decoded names and first values, in order.
    public static Map<String, String> parse(String rawQuery) {
        Map<String, String> query = new LinkedHashMap<>();
        int from = 0;
        while (from < rawQuery.length()) {
            int ampersand = rawQuery.indexOf('&', from);
            int to = ampersand < 0 ? rawQuery.length() : ampersand;
            put(query, rawQuery.substring(from, to));
            from = to + 1;
        }
        return query;
    }

    /// The query without the parameters of that name however it is written, and legal in an address.
    static String without(String name, String rawQuery) {
        StringJoiner kept = new StringJoiner("&");
        int from = 0;
        while (from < rawQuery.length()) {
            int ampersand = rawQuery.indexOf('&', from);
            int to = ampersand < 0 ? rawQuery.length() : ampersand;
            parse(rawQuery.substring(from, to)).forEach((one, value) -> {
                if (!one.equals(name)) {
                    kept.add(formEncoded(one) + "=" + formEncoded(value));
                }
            });
            from = to + 1;
        }
        return kept.toString();
    }

    private static String formEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void put(Map<String, String> query, String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        if (!name.isEmpty()) {
            query.putIfAbsent(formDecoded(name), formDecoded(value));
        }
    }

    private static String formDecoded(String text) {
        return decode(text.replace('+', ' '));
    }

    /// The text with each `%XX` as the byte it stands for, read as UTF-8.
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[encoded.length];
        int length = 0;
        for (int i = 0; i < encoded.length; i++) {
            int octet = encoded[i] == '%' ? octet(encoded, i + 1) : -1;
            decoded[length++] = octet < 0 ? encoded[i] : (byte) octet;
            i += octet < 0 ? 0 : 2;
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }

    /// The text as it may stand in a path; slashes and colons stay.
    static String encodedPath(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = octet >= 'a' && octet <= 'z'
                    || octet >= 'A' && octet <= 'Z'
                    || octet >= '0' && octet <= '9'
                    || PLAIN.indexOf(octet) >= 0;
            if (isPlain) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    private static int octet(byte[] bytes, int at) {
        if (at + 1 >= bytes.length) {
            return -1;
        }
        int high = Character.digit(bytes[at], 16);
        int low = Character.digit(bytes[at + 1], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
