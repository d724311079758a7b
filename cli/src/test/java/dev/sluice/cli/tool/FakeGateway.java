package dev.sluice.cli.tool;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A gateway that answers every dialect's stream, or refuses, and remembers what it was asked.
public final class FakeGateway implements AutoCloseable {
    public static final String KEY = "slc_fake-gateway-key-000000000001";

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private int status = 200;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private String refusal = "";
    private String stream = "";
    private String model = "{\"max_input_tokens\": 200000, \"max_tokens\": 32000}";

    public FakeGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public FakeGateway refusing(int status, String words) {
        this.status = status;
        this.refusal = words;
        return this;
    }

    /// Answers every request with that stream.
    public FakeGateway streaming(String lines) {
        this.stream = lines;
        return this;
    }

    /// Answers no request from now on, until it is closed.
    public FakeGateway holding() {
        held = new CountDownLatch(1);
        return this;
    }

    public FakeGateway knowingNoLimits() {
        model = "{\"max_input_tokens\": null, \"max_tokens\": null}";
        return this;
    }

    /// The first line and the body of everything that was posted; whoever else knocks at the port is not counted.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean isKnown =
                    ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                            || KEY.equals(exchange.getRequestHeaders().getFirst("x-goog-api-key"));
            if (path.startsWith("/v1/models/")) {
                answer(exchange, 200, "application/json", model);
                return;
            }
            if (exchange.getRequestMethod().equals("POST")) {
                requests.add("POST " + exchange.getRequestURI() + " " + body);
                await();
            }
            if (status != 200 || !isKnown) {
                String words = isKnown ? refusal : "no such key";
                answer(
                        exchange,
                        isKnown ? status : 401,
                        "application/json",
                        "{\"error\":{\"message\":\"" + words + "\"}}");
            } else {
                answer(exchange, 200, "text/event-stream", stream.isEmpty() ? whole(path) : stream);
            }
        }
    }

    private void await() {
        try {
            held.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static String whole(String path) {
        if (path.equals("/v1/messages")) {
            return "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        }
        if (path.equals("/v1/responses")) {
            return "event: response.completed\ndata: {\"type\":\"response.completed\"}\n\n";
        }
        return path.startsWith("/v1beta/")
                ? "data: {\"candidates\":[{\"finishReason\":\"STOP\"}]}\n\n"
                : "data: {\"choices\":[]}\n\ndata: [DONE]\n\n";
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        held.countDown();
        server.stop(0);
    }
}
