package dev.sluice.testkit.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// The server's end of one connection, for a script. Text is Latin-1: one character is one byte.
public final class ScriptedPeer {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final List<String> requests;

    ScriptedPeer(Socket socket, List<String> requests) throws IOException {
        socket.setTcpNoDelay(true);
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.requests = requests;
    }

    /// Reads one request with its body; empty when the client has closed.
    public String readRequest() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            head.append((char) octet);
        }
        String request = head + text(in.readNBytes(contentLength(head.toString())));
        requests.add(request);
        return request;
    }

    private static int contentLength(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("\r\ncontent-length:");
        if (at < 0) {
            return 0;
        }
        int from = at + "\r\ncontent-length:".length();
        return Integer.parseInt(
                lower.substring(from, lower.indexOf("\r\n", from)).strip());
    }

    public void send(String bytes) throws IOException {
        send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /// Sends each byte in a packet of its own.
    public void sendByteByByte(String bytes) throws IOException {
        for (byte octet : bytes.getBytes(StandardCharsets.ISO_8859_1)) {
            out.write(octet);
            out.flush();
        }
    }

    /// Closes with a TCP reset.
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /// Closes in order.
    public void close() throws IOException {
        socket.close();
    }

    /// Says nothing until the client has closed: in order, or by a reset, which is what closing with something unread is.
    public void awaitClose() {
        try {
            while (in.read() >= 0) {
                // whatever it still sends is of no interest
            }
        } catch (IOException reset) {
            // closed as well
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
