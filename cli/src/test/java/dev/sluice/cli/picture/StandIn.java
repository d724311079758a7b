package dev.sluice.cli.picture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Stands for three accounts on loopback: one that speaks Anthropic's dialect, one that speaks OpenAI's, one that has had
/// enough. Who asks for something slow gets a word every quarter of a second until [#close].
final class StandIn implements AutoCloseable {
    /// What a prompt holds whose answer shall take its time.
    static final String SLOW = "take your time";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);

    StandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/anthropic", exchange -> answer(exchange, Wire.MESSAGES));
        server.createContext("/openrouter", exchange -> answer(exchange, Wire.CHAT));
        server.createContext("/groq", StandIn::refuse);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange, Wire wire) throws IOException {
        try (exchange) {
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            send(out, wire.opening);
            send(out, wire.word);
            while (asked.contains(SLOW) && !over.await(250, TimeUnit.MILLISECONDS)) {
                send(out, wire.word);
            }
            send(out, wire.closing);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders()
                    .set("Retry-After", String.valueOf(Duration.ofMinutes(42).toSeconds()));
            byte[] body =
                    "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(429, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.close();
    }

    /// An answer on the wire.
    private enum Wire {
        MESSAGES(
                event(
                                "message_start",
                                "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
                                        + "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                                        + "\"usage\":{\"input_tokens\":18211,\"output_tokens\":1}}")
                        + event(
                                "content_block_start",
                                "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
                event(
                        "content_block_delta",
                        "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"and so it goes on, word by word, \"}"),
                event("content_block_stop", "\"index\":0")
                        + event(
                                "message_delta",
                                "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                                        + "\"usage\":{\"output_tokens\":1904}")
                        + event("message_stop", "\"nothing\":null")),
        CHAT(
                chunk(
                        "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}",
                        "null"),
                chunk("{\"index\":0,\"delta\":{\"content\":\"and so it goes on, \"},\"finish_reason\":null}", "null"),
                chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}", "null")
                        + chunk("", "{\"prompt_tokens\":9120,\"completion_tokens\":811,\"total_tokens\":9931}")
                        + "data: [DONE]\n\n");

        private final String opening;
        private final String word;
        private final String closing;

        Wire(String opening, String word, String closing) {
            this.opening = opening;
            this.word = word;
            this.closing = closing;
        }

        private static String event(String name, String fields) {
            return "event: " + name + "\ndata: {\"type\":\"" + name + "\"," + fields + "}\n\n";
        }

        private static String chunk(String choice, String usage) {
            return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":["
                    + choice + "],\"usage\":" + usage + "}\n\n";
        }
    }
}
