package dev.sluice.cli.front;

import dev.sluice.model.Headers;
import dev.sluice.protocol.ByteSink;

/// Status lines and header fields as bytes.
final class ResponseHead {
    private ResponseHead() {}

    /// Writes the status line and those fields that are not the connection's own.
    static void write(ByteSink sink, int status, Headers headers) {
        sink.ascii("HTTP/1.1 ").number(status).ascii(" ").ascii(reason(status)).ascii("\r\n");
        for (Headers.Field field : headers.fields()) {
            if (!field.isOfTheConnection()) {
                clean(sink, field.name());
                sink.ascii(": ");
                clean(sink, field.value());
                sink.ascii("\r\n");
            }
        }
    }

    /// A value that came from elsewhere cannot begin a line of its own.
    private static void clean(ByteSink sink, String text) {
        if (isPlain(text)) {
            sink.ascii(text);
            return;
        }
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(isPlain(c) ? c : '?');
        }
        sink.ascii(clean.toString());
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f || c == '\t' || c > 0x7f && c <= 0xff;
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 417 -> "Expectation Failed";
            case 426 -> "Upgrade Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            default -> status < 300 ? "OK" : "Error";
        };
    }
}
