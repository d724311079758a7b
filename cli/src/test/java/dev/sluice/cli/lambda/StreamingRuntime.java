package dev.sluice.cli.lambda;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// A runtime that streams, on a raw socket and nothing but the JDK: what a test's environments run. What it does with an
/// event is the event's path.
final class StreamingRuntime {
    private static final String PRELUDE = "{\"statusCode\":200,\"headers\":{\"content-type\":\"text/plain\","
            + "\"x-from\":\"runtime\"},\"cookies\":[\"a=1; HttpOnly\",\"b=2\"]}\0\0\0\0\0\0\0\0";
    private static final String INTEGRATION = "application/vnd.awslambda.http-integration-response";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Map<String, String> headers = new HashMap<>();
    private String event = "";
    private String restored = "";

    private StreamingRuntime(String[] api) throws IOException {
        socket = new Socket(api[0], Integer.parseInt(api[1]));
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        String[] api = System.getenv("AWS_LAMBDA_RUNTIME_API").split(":", -1);
        String start = System.getenv().getOrDefault("START", "");
        StreamingRuntime runtime = new StreamingRuntime(api);
        System.out.println("started as " + System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"));
        switch (start) {
            case "never" -> Thread.sleep(60_000);
            case "second" -> {
                if (System.getenv("AWS_LAMBDA_LOG_STREAM_NAME").endsWith("]1")) { // the first environment
                    Thread.sleep(60_000);
                }
            }
            case "exit" -> System.exit(7);
            case "error" -> {
                runtime.post("init/error", "{\"errorMessage\":\"no start\"}", "Runtime.NoStart");
                System.exit(1);
            }
            case "hooks" -> runtime.restore(api);
            default -> {}
        }
        int workers = Integer.parseInt(System.getenv().getOrDefault("AWS_LAMBDA_MAX_CONCURRENCY", "1"));
        for (int i = 1; i < workers; i++) {
            StreamingRuntime worker = new StreamingRuntime(api);
            Thread.ofPlatform().start(worker::work);
        }
        runtime.work();
    }

    private void work() {
        try {
            while (next()) {
                answer();
            }
        } catch (IOException | InterruptedException broken) {
            System.out.println("ended by " + broken);
        }
    }

    /// What an after-restore hook sees: the other connection closed, other credentials.
    private void restore(String[] api) throws IOException, InterruptedException {
        String before = credentials();
        try (Socket other = new Socket(api[0], Integer.parseInt(api[1]))) {
            send("GET /2018-06-01/runtime/restore/next HTTP/1.1\r\nHost: x\r\n\r\n");
            if (response() != 200) {
                System.exit(9);
            }
            if (System.getenv("RESTORE").equals("error")) {
                post("restore/error", "{\"errorMessage\":\"no return\"}", "Runtime.AfterRestoreError");
                System.exit(1);
            }
            if (System.getenv("RESTORE").equals("never")) {
                Thread.sleep(60_000);
            }
            boolean closed = other.getInputStream().read() < 0;
            restored = "closed=" + closed + " rotated=" + !before.equals(credentials()) + " key="
                    + System.getenv("AWS_ACCESS_KEY_ID");
        }
    }

    private String credentials() throws IOException {
        send("GET /2021-04-23/credentials HTTP/1.1\r\nHost: x\r\nAuthorization: "
                + System.getenv("AWS_CONTAINER_AUTHORIZATION_TOKEN") + "\r\n\r\n");
        response();
        return event;
    }

    private boolean next() throws IOException {
        send("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n");
        int status = response();
        if (status != 200) {
            System.out.println("next: " + status);
        }
        return status == 200;
    }

    private void answer() throws IOException, InterruptedException {
        String path = between("\"rawPath\":\"", "\"");
        String query = between("\"rawQueryString\":\"", "\"");
        switch (path) {
            case "/pieces" -> pieces(query);
            case "/trailers" ->
                stream(INTEGRATION, PRELUDE, "half", "Lambda-Runtime-Function-Error-Type: Function.Late\r\n");
            case "/raw" -> stream("text/x-raw", "raw", " bytes", "");
            case "/empty" -> stream(INTEGRATION, PRELUDE, "", "");
            case "/nothing" -> stream(INTEGRATION, "", "", "");
            case "/malformed" -> stream(INTEGRATION, "{]\0\0\0\0\0\0\0\0", "x", "");
            case "/split" -> split();
            case "/hang" -> Thread.sleep(60_000);
            case "/half", "/halfexit" -> half(path.equals("/halfexit"));
            case "/exit" -> System.exit(3);
            case "/fill" -> {
                byte[] much = new byte[200 * 1024 * 1024];
                Arrays.fill(much, (byte) 1);
                Thread.sleep(60_000);
            }
            case "/write" ->
                stream(INTEGRATION, PRELUDE, wrote(System.getenv("LAMBDA_TASK_ROOT")) + " " + wrote("/tmp"), "");
            case "/wholeexit" -> {
                stream(INTEGRATION, PRELUDE, "whole", "");
                System.exit(3);
            }
            case "/error" -> post(call("error"), "{\"errorMessage\":\"sorry\"}", "Function.Sorry");
            case "/huge" -> post(call("response"), "x".repeat(6 * 1024 * 1024 + 101), "");
            case "/buffered" ->
                post(
                        call("response"),
                        "{\"statusCode\":201,\"headers\":{\"x-a\":\"b\"},\"cookies\":[\"c=d\"],"
                                + "\"body\":\"aGk=\",\"isBase64Encoded\":true}",
                        "");
            case "/environment" -> stream(INTEGRATION, PRELUDE, String.valueOf(System.getenv()), "");
            case "/restored" -> stream(INTEGRATION, PRELUDE, restored, "");
            default -> post(call("response"), event, "");
        }
    }

    private static boolean wrote(String folder) {
        File file = new File(folder, "written-" + ProcessHandle.current().pid());
        try {
            return file.createNewFile() && file.delete();
        } catch (IOException refused) {
            return false;
        }
    }

    private String call(String last) {
        return "invocation/" + headers.get("lambda-runtime-aws-request-id") + "/" + last;
    }

    /// `count*size*word`: so many pieces of that size, each made of that word.
    private void pieces(String query) throws IOException {
        String[] asked = query.split("\\*", -1);
        int size = Integer.parseInt(asked[1]);
        String piece = asked[2].repeat(size / asked[2].length());
        begin(INTEGRATION, "");
        chunk(PRELUDE);
        for (int i = 0; i < Integer.parseInt(asked[0]); i++) {
            chunk(piece);
        }
        send("0\r\n\r\n");
        response();
    }

    private void stream(String type, String first, String second, String trailers) throws IOException {
        begin(type, trailers.isEmpty() ? "" : "Trailer: Lambda-Runtime-Function-Error-Type\r\n");
        chunk(first);
        chunk(second);
        send("0\r\n" + trailers + "\r\n");
        response();
    }

    /// The prelude byte by byte.
    private void split() throws IOException {
        begin(INTEGRATION, "");
        for (int i = 0; i < PRELUDE.length(); i++) {
            chunk(PRELUDE.substring(i, i + 1));
        }
        chunk("whole");
        send("0\r\n\r\n");
        response();
    }

    private void half(boolean exits) throws IOException, InterruptedException {
        begin(INTEGRATION, "");
        chunk(PRELUDE);
        chunk("half");
        if (exits) {
            Runtime.getRuntime().halt(3);
        }
        Thread.sleep(60_000);
    }

    private void begin(String type, String more) throws IOException {
        send("POST /2018-06-01/runtime/" + call("response") + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type
                + "\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n" + more
                + "\r\n");
    }

    private void chunk(String text) throws IOException {
        if (!text.isEmpty()) {
            send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
        }
    }

    private void post(String call, String body, String errorType) throws IOException {
        send("POST /2018-06-01/runtime/" + call + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + (errorType.isEmpty() ? "" : "Lambda-Runtime-Function-Error-Type: " + errorType + "\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        response();
    }

    private String between(String before, String after) {
        int from = event.indexOf(before);
        return from < 0 ? "" : event.substring(from + before.length(), event.indexOf(after, from + before.length()));
    }

    private void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private int response() throws IOException {
        headers.clear();
        int status = Integer.parseInt(line().substring(9, 12));
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        event = new String(body, StandardCharsets.ISO_8859_1);
        return status;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                System.exit(8);
            }
            line.append((char) octet);
        }
        return line.toString().strip();
    }
}
