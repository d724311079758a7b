package dev.sluice.cli.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.preview.Preview;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The control channel of a running `start`: loopback only, one JSON POST per question, and a token that only the
/// owner can read. A browser cannot use it: it lacks the token, sends an `Origin`, or another `Host`.
public final class ControlServer implements AutoCloseable {
    static final String PATH = "/control";
    private static final int LARGEST = 16 * 1024 * 1024; // an event of 6 MiB, its quotes escaped twice

    private final HttpServer server;
    private final ExecutorService threads;
    private final DataDirectory directory;
    private final String address;
    private final byte[] authorization;
    private final ControlDesk desk;
    private final Invocations invocations;

    private ControlServer(
            HttpServer server, DataDirectory directory, String token, ControlDesk desk, Invocations invocations) {
        this.server = server;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.directory = directory;
        this.address = "127.0.0.1:" + server.getAddress().getPort();
        this.authorization = utf8("Bearer " + token);
        this.desk = desk;
        this.invocations = invocations;
    }

    /// Opens the channel and writes where it is.
    public static ControlServer open(
            DataDirectory directory, Holdings holdings, Preview preview, Invocations invocations, SecureRandom random) {
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            HttpServer http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
            ControlServer control =
                    new ControlServer(http, directory, token, new ControlDesk(holdings, preview), invocations);
            http.createContext("/", control::handle);
            http.setExecutor(control.threads);
            http.start();
            new ControlFile(control.address, token, ProcessHandle.current().pid()).write(directory.control());
            return control;
        } catch (IOException notPossible) {
            throw CommandFailure.failed("cannot open the control channel: " + notPossible.getMessage());
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Json.Obj refusal = refusal(exchange);
            if (refusal != null) {
                answer(exchange, 403, refusal);
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
            Json.Obj question = body.length > LARGEST ? null : JsonText.objectOrNull(body, 0, body.length);
            if (question == null) {
                answer(exchange, 400, error("this is not a question"));
                return;
            }
            answer(exchange, question);
        }
    }

    private void answer(HttpExchange exchange, Json.Obj question) throws IOException {
        try {
            if (question.text("op", "").equals(RemoteInvocations.OP)) {
                invoke(exchange, question);
            } else {
                answer(exchange, 200, desk.answer(question));
            }
        } catch (CommandFailure refused) {
            answer(exchange, 409, error(refused.text()));
        } catch (RuntimeException fault) {
            answer(
                    exchange,
                    500,
                    error(EmbeddedStore.problem(fault)
                            .orElse("the running start failed: "
                                    + fault.getClass().getSimpleName())));
        }
    }

    private void invoke(HttpExchange exchange, Json.Obj question) throws IOException {
        StreamedInvocation answer = new StreamedInvocation(exchange);
        try {
            invocations.invoke(utf8(question.text("event", "")), answer);
        } catch (ClientGone gone) {
            answer.abort();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            answer.abort();
        }
    }

    /// Why this exchange gets no answer; null when it does. One word for all: who guesses learns nothing.
    private Json.@Nullable Obj refusal(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        boolean granted = MessageDigest.isEqual(utf8(given == null ? "" : given), authorization)
                && address.equals(exchange.getRequestHeaders().getFirst("Host"))
                && exchange.getRequestHeaders().getFirst("Origin") == null
                && exchange.getRequestMethod().equals("POST")
                && exchange.getRequestURI().getRawPath().equals(PATH)
                && "application/json".equals(type);
        return granted ? null : error("refused");
    }

    private static void answer(HttpExchange exchange, int status, Json.Obj body) throws IOException {
        byte[] bytes = JsonText.bytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Json.Obj error(String message) {
        return Json.object().put("error", message).build();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Removes the file, then lets questions under way end.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(directory.control());
        } catch (IOException leftBehind) {
            // the next command sees that the process is gone
        }
        server.stop(0);
        threads.close();
    }
}
