package dev.sluice.aws.http;

import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Upstream;
import dev.sluice.model.Headers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/// Providers over HTTP/1.1 by `java.net.http`: one attempt per call, connections kept alive and shared. Thread-safe.
///
/// A streamed answer must be read to its `End` for its connection to be used again; `close` before that drops it.
public final class HttpUpstream implements Upstream, AutoCloseable {
    private static final int ANSWER_BOUND = 64 * 1024 * 1024;
    private static final int ERROR_BOUND = 1024 * 1024;
    private static final int REMEMBERED_ORIGINS = 1000;

    /// The client sets these itself and refuses them from others.
    private static final Set<String> RESTRICTED =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

    private final PrivateNetworks networks;
    private final Set<String> usedOrigins = ConcurrentHashMap.newKeySet();
    private final ClientPool clients;

    public HttpUpstream(PrivateNetworks networks) {
        this(networks, new ClientPool());
    }

    HttpUpstream(PrivateNetworks networks, ClientPool clients) {
        this.networks = networks;
        this.clients = clients;
    }

    @Override
    public Pending send(Call call) {
        String host = call.uri().getHost();
        Exchange exchange = new Exchange(call, origin(call.uri()));
        if (host == null) {
            exchange.settle(unreachable(exchange, "the address names no host"));
        } else {
            // A lookup may block for long, ours or the client's: the caller is not made to wait for it.
            Thread.ofVirtual().name("upstream-call").start(() -> begin(exchange, host));
        }
        return exchange;
    }

    private void begin(Exchange exchange, String host) {
        if (exchange.call().allowPrivateNetwork()) {
            start(exchange);
            return;
        }
        switch (networks.judge(host)) {
            case PUBLIC -> start(exchange);
            case PRIVATE ->
                exchange.settle(new Answer.Broken(
                        Breakage.PRIVATE_ADDRESS,
                        exchange.origin() + " is in a private network, which this provider may not use"
                                + " (allowPrivateNetwork)"));
            case UNKNOWN_HOST -> exchange.settle(unreachable(exchange, "its name is not known"));
        }
    }

    private void start(Exchange exchange) {
        if (exchange.isSettled()) {
            return;
        }
        try {
            exchange.enter(Exchange.Phase.CONNECTING);
            HttpClient client = clients.of(exchange.call().connect());
            var transfer = client.sendAsync(request(exchange), head -> subscriber(exchange, head));
            exchange.runs(transfer);
            var _ = transfer.whenComplete((answer, thrown) -> finish(exchange, answer, thrown));
        } catch (IllegalArgumentException unsendable) {
            exchange.settle(Breakages.judge(unsendable, exchange, false));
        }
    }

    private HttpRequest request(Exchange exchange) {
        Call call = exchange.call();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(call.uri()).method(call.method(), new SentBody(call.body(), exchange));
        boolean namesEncoding = false;
        boolean namesAgent = false;
        for (Headers.Field field : call.headers().fields()) {
            if (!RESTRICTED.contains(field.name())) {
                request.header(field.name(), field.value());
                namesEncoding |= field.name().equals("accept-encoding");
                namesAgent |= field.name().equals("user-agent");
            }
        }
        if (!namesEncoding) {
            request.setHeader("accept-encoding", "identity");
        }
        if (!namesAgent) {
            request.setHeader("user-agent", "sluice");
        }
        return request.build();
    }

    /// Called when the headers are here. A stream is handed to its waiter right away, not when the client is done with
    /// it.
    private HttpResponse.BodySubscriber<?> subscriber(Exchange exchange, HttpResponse.ResponseInfo head) {
        exchange.enter(Exchange.Phase.HEADERS);
        remember(exchange.origin());
        boolean good = head.statusCode() >= 200 && head.statusCode() < 300;
        if (!good || !exchange.call().streaming()) {
            return new WholeBody(good ? ANSWER_BOUND : ERROR_BOUND);
        }
        BodyQueue queue = new BodyQueue(exchange.origin());
        Answer answer = streaming(exchange, head, queue);
        if (!exchange.settle(answer) || answer instanceof Answer.Broken) {
            queue.close();
        }
        return queue;
    }

    private static Answer streaming(Exchange exchange, HttpResponse.ResponseInfo head, BodyQueue queue) {
        String encoding = encoding(head.headers());
        Decompressor decompressor = Decompressor.of(encoding);
        if (decompressor != null) {
            ByteStream inflated = new InflatedStream(queue, decompressor, exchange.origin());
            return new Answer.Streaming(head.statusCode(), headers(head.headers(), true), inflated);
        }
        return isPlain(encoding)
                ? new Answer.Streaming(head.statusCode(), headers(head.headers(), false), queue)
                : Breakages.unknownEncoding(exchange.origin());
    }

    private void finish(Exchange exchange, @Nullable HttpResponse<?> answer, @Nullable Throwable thrown) {
        if (thrown != null) {
            exchange.settle(Breakages.judge(thrown, exchange, usedOrigins.contains(exchange.origin())));
        } else if (answer != null && answer.body() instanceof byte[] body) {
            if (isPlain(encoding(answer.headers()))) {
                exchange.settle(new Answer.Complete(answer.statusCode(), headers(answer.headers(), false), body));
            } else {
                // the client's thread serves all connections: it does no work that may take long
                Thread.ofVirtual().name("inflate").start(() -> exchange.settle(encoded(exchange, answer, body)));
            }
        }
    }

    private static Answer encoded(Exchange exchange, HttpResponse<?> answer, byte[] body) {
        boolean good = answer.statusCode() < 300;
        Answer readable = inflated(exchange, answer, body, good ? ANSWER_BOUND : ERROR_BOUND);
        // What an error says may be lost, its status and headers are not.
        return good || readable instanceof Answer.Complete
                ? readable
                : new Answer.Complete(answer.statusCode(), headers(answer.headers(), true), new byte[0]);
    }

    private static Answer inflated(Exchange exchange, HttpResponse<?> answer, byte[] body, int bound) {
        Decompressor decompressor = Decompressor.of(encoding(answer.headers()));
        if (decompressor == null) {
            return Breakages.unknownEncoding(exchange.origin());
        }
        try {
            byte[] inflated = InflatedStream.inflate(body, decompressor, bound);
            return inflated == null
                    ? Breakages.tooLarge(exchange.origin())
                    : new Answer.Complete(answer.statusCode(), headers(answer.headers(), true), inflated);
        } catch (DataFormatException damaged) {
            return Breakages.damaged(exchange.origin());
        }
    }

    private static String encoding(HttpHeaders headers) {
        return headers.firstValue("content-encoding").orElse("").strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isPlain(String encoding) {
        return encoding.isEmpty() || encoding.equals("identity");
    }

    /// @param inflated whether the body no longer is as its length and encoding say
    private static Headers headers(HttpHeaders received, boolean inflated) {
        List<Headers.Field> fields = new ArrayList<>();
        received.map().forEach((name, values) -> {
            for (String value : values) {
                Headers.Field field = new Headers.Field(name, value);
                boolean untrue = inflated
                        && (field.name().equals("content-encoding")
                                || field.name().equals("content-length"));
                if (!untrue) {
                    fields.add(field);
                }
            }
        });
        return new Headers(fields);
    }

    private void remember(String origin) {
        if (usedOrigins.size() < REMEMBERED_ORIGINS) {
            usedOrigins.add(origin);
        }
    }

    private static Answer.Broken unreachable(Exchange exchange, String why) {
        return new Answer.Broken(Breakage.CONNECT, exchange.origin() + " cannot be reached: " + why);
    }

    private static String origin(URI uri) {
        int port = uri.getPort();
        int shown = port >= 0 ? port : "https".equals(uri.getScheme()) ? 443 : 80;
        return uri.getHost() + ":" + shown;
    }

    /// Forgets every connection, as after a snapshot was restored: what the pool holds is dead by then.
    public void reset() {
        usedOrigins.clear();
        clients.reset();
    }

    /// Ends all calls under way, and waits a moment until their sockets are closed.
    @Override
    public void close() {
        clients.close();
    }
}
