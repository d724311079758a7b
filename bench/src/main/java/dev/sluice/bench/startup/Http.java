package dev.sluice.bench.startup;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// As much of HTTP as the measurements need, on plain sockets: nothing of a client's own shall be in a figure.
final class Http {
    private Http() {}

    /// What a client saw of a streamed answer, in nanoseconds of this process.
    ///
    /// @param firstByte the first of its body
    record Seen(long sent, long firstByte, long lastByte) {}

    /// Reads one request with its body; false at the end of the connection.
    static boolean readRequest(InputStream in) throws IOException {
        String head = head(in);
        int at = head.indexOf("content-length: ");
        in.skipNBytes(at < 0 ? 0 : Long.parseLong(head, at + 16, head.indexOf('\r', at), 10));
        return !head.isEmpty();
    }

    /// In lower case; empty at the end of the connection.
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            head.append((char) octet);
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }

    /// Asks for a stream of the model `tls/m`.
    ///
    /// @param atFirstByte run when the first byte of the body is here
    static Seen stream(InetSocketAddress address, String key, Runnable atFirstByte) throws IOException {
        String body = "{\"model\":\"tls/m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setTcpNoDelay(true);
            long sent = System.nanoTime();
            socket.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                    + "Authorization: Bearer " + key + "\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String head = head(in);
            if (!head.startsWith("http/1.1 200 ")) {
                throw new IOException(
                        "answered with " + head + new String(in.readNBytes(2000), StandardCharsets.UTF_8));
            }
            in.mark(1);
            in.read();
            long first = System.nanoTime();
            atFirstByte.run();
            in.reset();
            return new Seen(sent, first, end(in));
        }
    }

    /// When the body's last chunk is here.
    private static long end(InputStream in) throws IOException {
        while (true) {
            StringBuilder size = new StringBuilder();
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new EOFException("the stream was cut");
                }
                size.append((char) octet);
            }
            int length = Integer.parseInt(size.toString().strip(), 16);
            in.skipNBytes(length + 2);
            if (length == 0) {
                return System.nanoTime();
            }
        }
    }
}
