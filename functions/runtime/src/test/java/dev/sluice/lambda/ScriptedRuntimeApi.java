package dev.sluice.lambda;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A Runtime API on loopback that plays a list: for each path the reactions to its requests, in order. Records every request
/// byte for byte, as Latin-1. A `next` that the list has nothing for is answered with 500, which ends a loop; anything else
/// with 202.
final class ScriptedRuntimeApi implements AutoCloseable {
    static final String ACCEPTED = reply(202, "{\"status\":\"OK\"}");

    private final ServerSocket listener;
    private final Map<String, Deque<Reaction>> scripts = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    /// What the service does with one request.
    interface Reaction {
        /// How many bytes of the body are read before it; -1: all.
        default int bodyBytes() {
            return -1;
        }

        /// Whether the connection goes on.
        boolean play(Socket socket) throws IOException;
    }

    /// @param connection its number, from 0
    /// @param whole whether the body came to its end
    /// @param raw everything that came, head and body
    record Request(int connection, String path, boolean whole, String raw) {
        String head() {
            return raw.substring(0, raw.indexOf("\r\n\r\n") + 4);
        }

        /// The body without its chunks.
        String body() {
            String rest = raw.substring(head().length());
            return head().contains("Transfer-Encoding: chunked") ? unchunked(rest) : rest;
        }

        /// The body behind the prelude.
        String content() {
            return body().substring(body().indexOf("\0\0\0\0\0\0\0\0") + 8);
        }

        String prelude() {
            return body().substring(0, body().indexOf('\0'));
        }

        List<Integer> chunkSizes() {
            List<Integer> sizes = new ArrayList<>();
            String rest = raw.substring(head().length());
            for (int at = 0; at < rest.length(); ) {
                int size = Integer.parseInt(rest.substring(at, rest.indexOf("\r\n", at)), 16);
                sizes.add(size);
                at = size == 0 ? rest.length() : rest.indexOf("\r\n", at) + 2 + size + 2;
            }
            return sizes;
        }

        private static String unchunked(String chunks) {
            StringBuilder body = new StringBuilder();
            for (int at = 0; at < chunks.length(); ) {
                int line = chunks.indexOf("\r\n", at);
                int size = line < 0 ? 0 : Integer.parseInt(chunks.substring(at, line), 16);
                if (size == 0) {
                    break;
                }
                body.append(chunks, line + 2, Math.min(chunks.length(), line + 2 + size));
                at = line + 2 + size + 2;
            }
            return body.toString();
        }
    }

    ScriptedRuntimeApi() throws IOException {
        listener = new ServerSocket(0, 64, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().name("scripted-runtime-api").start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    RuntimeApi client() {
        return RuntimeApi.at(address());
    }

    // The list.

    /// @param path the last part of it: `next`, `response`, `error`
    ScriptedRuntimeApi on(String path, Reaction reaction) {
        synchronized (this) {
            scripts.computeIfAbsent(path, _ -> new ArrayDeque<>()).add(reaction);
        }
        return this;
    }

    ScriptedRuntimeApi on(String path, String bytes) {
        return on(path, sending(bytes));
    }

    ScriptedRuntimeApi invoking(String id, String event) {
        return on("next", invocation(id, event));
    }

    static String invocation(String id, String event, String... headers) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
        head.append("Lambda-Runtime-Aws-Request-Id: ").append(id).append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n")
                + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static String reply(int status, String body) {
        return "HTTP/1.1 " + status + " Said\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static Reaction sending(String bytes) {
        return socket -> {
            write(socket, bytes);
            return true;
        };
    }

    /// Answers, and then closes without a word.
    static Reaction sendingAndClosing(String bytes) {
        return socket -> {
            write(socket, bytes);
            return false;
        };
    }

    static Reaction closing() {
        return _ -> false;
    }

    /// Acts after so many bytes of the body have come, and closes.
    static Reaction after(int bodyBytes, String bytes) {
        return new Reaction() {
            @Override
            public int bodyBytes() {
                return bodyBytes;
            }

            @Override
            public boolean play(Socket socket) throws IOException {
                write(socket, bytes);
                return false;
            }
        };
    }

    private static void write(Socket socket, String bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    // What came.

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    List<Request> requests(String path) {
        return requests().stream()
                .filter(request -> last(request.path()).equals(path))
                .toList();
    }

    /// The only request of that path.
    Request only(String path) {
        List<Request> found = requests(path);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " requests of " + path + ": " + found);
        }
        return found.getFirst();
    }

    /// Waits until so many requests of that path have been read.
    synchronized List<Request> await(String path, int count) throws InterruptedException {
        while (requests(path).size() < count) {
            wait();
        }
        return requests(path);
    }

    /// Waits until an answer to that invocation has been read, whole or cut off.
    synchronized Request awaitAnswerTo(String id) throws InterruptedException {
        while (true) {
            for (Request answer : requests("response")) {
                if (answer.path().contains("/" + id + "/")) {
                    return answer;
                }
            }
            wait();
        }
    }

    private synchronized void came(Request request) {
        requests.add(request);
        notifyAll();
    }

    synchronized int connections() {
        return sockets.size();
    }

    // The machinery.

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                int number;
                synchronized (this) {
                    number = sockets.size();
                    sockets.add(socket);
                }
                Thread.ofVirtual().name("runtime-api-" + number).start(() -> talk(socket, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket socket, int number) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                goesOn = one(socket, in, number);
            }
        } catch (IOException clientWentAway) {
            // the runtime drops connections: that is what some tests are about
        }
    }

    private boolean one(Socket socket, InputStream in, int number) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        String head = head(in, raw);
        if (head.isEmpty()) {
            return false;
        }
        String path = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/1.1"));
        Reaction reaction = reaction(last(path));
        boolean whole = false;
        try {
            whole = body(head.toLowerCase(Locale.ROOT), in, raw, reaction.bodyBytes());
        } catch (IOException cut) {
            whole = false;
        }
        came(new Request(number, path, whole, raw.toString(StandardCharsets.ISO_8859_1)));
        return (whole || reaction.bodyBytes() >= 0) && reaction.play(socket);
    }

    private synchronized Reaction reaction(String path) {
        Deque<Reaction> script = scripts.get(path);
        Reaction next = script == null ? null : script.poll();
        if (next != null) {
            return next;
        }
        return sending(path.equals("next") ? reply(500, "the list is at its end") : ACCEPTED);
    }

    private static String last(String path) {
        String part = path.substring(path.lastIndexOf('/') + 1);
        return path.endsWith("/restore/next") || path.endsWith("/init/error") || path.endsWith("/restore/error")
                ? path.substring(path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1)
                : part;
    }

    private static String head(InputStream in, ByteArrayOutputStream raw) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            raw.write(octet);
            head.append((char) octet);
        }
        return head.toString();
    }

    /// Whether the body came to its end.
    private static boolean body(String head, InputStream in, ByteArrayOutputStream raw, int most) throws IOException {
        if (most >= 0) {
            for (int i = 0; i < most; i++) {
                raw.write(octet(in));
            }
            return false;
        }
        if (head.contains("\r\ntransfer-encoding: chunked\r\n")) {
            return chunks(in, raw);
        }
        int at = head.indexOf("\r\ncontent-length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 18, head.indexOf("\r\n", at + 18)));
        for (int i = 0; i < length; i++) {
            raw.write(octet(in));
        }
        return true;
    }

    private static boolean chunks(InputStream in, ByteArrayOutputStream raw) throws IOException {
        while (true) {
            int size = Integer.parseInt(line(in, raw), 16);
            if (size == 0) {
                while (!line(in, raw).isEmpty()) {
                    // a trailer
                }
                return true;
            }
            for (int i = 0; i < size + 2; i++) {
                raw.write(octet(in));
            }
        }
    }

    private static String line(InputStream in, ByteArrayOutputStream raw) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            int octet = octet(in);
            raw.write(octet);
            line.append((char) octet);
        }
        return line.substring(0, line.length() - 2);
    }

    private static int octet(InputStream in) throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new IOException("cut");
        }
        return octet;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        synchronized (this) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
