package dev.sluice.cli.front;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A client that sends exactly the bytes it is told to. Text is Latin-1.
public final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    /// @param head as it came, lower case
    public record Response(int status, String head, String body) {}

    public RawClient(InetSocketAddress address) throws IOException {
        this(address, 0);
    }

    /// @param receiveBuffer how little the client takes before it must read; 0 for the usual
    public RawClient(InetSocketAddress address, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(address);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(240_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public RawClient send(String bytes) throws IOException {
        return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    public Response exchange(String request) throws IOException {
        return send(request).response(false);
    }

    /// Reads one response, chunks joined.
    ///
    /// @param headOnly for an answer to HEAD
    public Response response(boolean headOnly) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) octet);
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        int status = Integer.parseInt(lower.substring(9, 12));
        return new Response(status, lower, headOnly || status < 200 ? "" : body(lower));
    }

    private String body(String head) throws IOException {
        if (head.contains("\r\ntransfer-encoding: chunked\r\n")) {
            return chunks();
        }
        int at = head.indexOf("\r\ncontent-length: ");
        if (at < 0) {
            return text(in.readAllBytes());
        }
        int from = at + "\r\ncontent-length: ".length();
        return text(in.readNBytes(Integer.parseInt(head.substring(from, head.indexOf("\r\n", from)))));
    }

    private String chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (; ; ) {
            int size = Integer.parseInt(line(), 16);
            all.write(in.readNBytes(size));
            line();
            if (size == 0) {
                return text(all.toByteArray());
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("closed within a chunk");
            }
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    /// What one read brings; empty at the end.
    public String some() throws IOException {
        byte[] piece = new byte[8192];
        int length = in.read(piece);
        return new String(piece, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
    }

    /// What comes up to that word, however it is cut into pieces, and what came along with it.
    public String until(String word) throws IOException {
        StringBuilder got = new StringBuilder();
        while (got.indexOf(word) < 0) {
            String piece = some();
            if (piece.isEmpty()) {
                throw new IOException("closed after: " + got);
            }
            got.append(piece);
        }
        return got.toString();
    }

    /// Whatever still comes, up to the end.
    public String rest() throws IOException {
        return text(in.readAllBytes());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
