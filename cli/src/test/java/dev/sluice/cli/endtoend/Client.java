package dev.sluice.cli.endtoend;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/// A client's connection to the gateway. Sends exactly the bytes it is told to and tells all that came back.
final class Client implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;
    private final Consumer<String> witness;
    private Consumer<String> pieces = _ -> {};

    /// @param witness is told of every answer, head and body
    Client(InetSocketAddress address, Consumer<String> witness) throws IOException {
        this.witness = witness;
        socket.connect(address);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(240_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Text is UTF-8.
    Client send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    Client send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /// Says that nothing more will come.
    Client finishSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    Reply exchange(String request) throws IOException {
        return send(request).reply();
    }

    /// Tells each chunk of answers as it comes.
    Client hearing(Consumer<String> chunks) {
        pieces = chunks;
        return this;
    }

    /// The gateway's answer; those of 1xx before it are skipped.
    Reply reply() throws IOException {
        String head = head();
        int status = Integer.parseInt(head.substring(9, 12));
        if (status < 200) {
            return reply();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = readBody(head.toLowerCase(Locale.ROOT), body);
        Reply reply = new Reply(status, head, body.toString(StandardCharsets.UTF_8), whole);
        witness.accept(reply.head() + "\n" + reply.body());
        return reply;
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("closed after: " + head);
            }
            head.append((char) octet);
        }
        return head.substring(0, head.length() - 4);
    }

    private boolean readBody(String head, ByteArrayOutputStream body) throws IOException {
        if (head.contains("\r\ntransfer-encoding: chunked")) {
            return readChunks(body);
        }
        String name = "\r\ncontent-length: ";
        int at = head.indexOf(name);
        if (at < 0) {
            body.write(in.readAllBytes());
            return true;
        }
        int end = head.indexOf("\r\n", at + name.length());
        int length = Integer.parseInt(head.substring(at + name.length(), end < 0 ? head.length() : end));
        byte[] bytes = in.readNBytes(length);
        body.write(bytes);
        return bytes.length == length;
    }

    private boolean readChunks(ByteArrayOutputStream body) throws IOException {
        try {
            for (; ; ) {
                int size = Integer.parseInt(line(), 16);
                byte[] bytes = in.readNBytes(size);
                body.write(bytes);
                pieces.accept(new String(bytes, StandardCharsets.UTF_8));
                line();
                if (size == 0) {
                    return true;
                }
                if (bytes.length < size) {
                    return false;
                }
            }
        } catch (IOException cut) {
            return false;
        }
    }

    private String line() throws IOException {
        byte[] line = new byte[64];
        int length = 0;
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("closed within a chunk");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) octet;
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1).strip();
    }

    /// Whether the gateway has closed, without a word more.
    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
