package dev.sluice.lambda;

import dev.sluice.model.Headers;
import dev.sluice.protocol.ByteSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One worker's client of the Lambda Runtime API (version 2018-06-01), on one kept connection.
///
/// Failures are values. Only `next` is ever repeated, and only once, when a kept connection turns out to be gone: the
/// service hands the same event out again. Not thread-safe.
final class RuntimeApi {
    /// What the service allows an event to weigh.
    static final int EVENT_BYTES = 6 * 1024 * 1024 + 100;

    private static final int ANSWER_BYTES = 64 * 1024;
    private static final String BASE = "/2018-06-01/runtime/";
    private static final String JSON = "application/json";

    private final RuntimeConnection connection;

    RuntimeApi(RuntimeConnection connection) {
        this.connection = connection;
    }

    /// @param address host and port, as `AWS_LAMBDA_RUNTIME_API` has them
    static RuntimeApi at(String address) {
        int colon = address.lastIndexOf(':');
        String port = colon < 0 ? "80" : address.substring(colon + 1);
        String host = colon < 0 ? address : address.substring(0, colon);
        return new RuntimeApi(new RuntimeConnection(host, Integer.parseInt(port)));
    }

    /// Waits for the next invocation, without a time limit of its own.
    Next next() {
        ByteSink request = get("invocation/next");
        boolean kept = connection.isOpen();
        try {
            return invocation(exchange(request, EVENT_BYTES));
        } catch (IOException lost) {
            return kept ? nextAnew(request) : new Next.Failed(reason(lost));
        }
    }

    private Next nextAnew(ByteSink request) {
        try {
            return invocation(exchange(request, EVENT_BYTES));
        } catch (IOException lost) {
            return new Next.Failed(reason(lost));
        }
    }

    private static Next invocation(Reply reply) {
        Headers headers = reply.headers();
        if (reply.status() != 200) {
            return new Next.Failed("status " + reply.status() + " " + text(reply));
        }
        String id = headers.first("lambda-runtime-aws-request-id").orElse("");
        if (!isPathSegment(id)) {
            return new Next.Failed("an invocation without a usable request id");
        }
        return new Next.Invocation(
                id,
                instant(headers.first("lambda-runtime-deadline-ms").orElse("")),
                headers.first("lambda-runtime-trace-id").orElse(null),
                reply.body(),
                reply.tooLong());
    }

    private static boolean isPathSegment(String id) {
        return !id.isEmpty()
                && id.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || c == '-'
                                || c == '_'
                                || c == '.');
    }

    private static @Nullable Instant instant(String epochMillis) {
        try {
            return Instant.ofEpochMilli(Long.parseLong(epochMillis));
        } catch (NumberFormatException none) {
            return null;
        }
    }

    /// Opens the streamed answer to an invocation; its bytes leave with the first flush.
    Upload respond(String id) {
        ByteSink head = new ByteSink(1024);
        line(head, "POST", "invocation/" + id + "/response");
        head.ascii("Content-Type: application/vnd.awslambda.http-integration-response\r\n");
        head.ascii("Lambda-Runtime-Function-Response-Mode: streaming\r\n");
        head.ascii("Transfer-Encoding: chunked\r\n");
        head.ascii("Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n");
        return new Upload(connection, head);
    }

    /// Answers an invocation with one JSON value.
    Sent answer(String id, byte[] json) {
        return post("invocation/" + id + "/response", "", json);
    }

    /// Ends an invocation that has no answer. Legal only before the answer has begun.
    Sent invocationError(String id, ErrorReport error) {
        return report("invocation/" + id + "/error", error);
    }

    /// Says that the function cannot start; the process is expected to exit.
    Sent initError(ErrorReport error) {
        return report("init/error", error);
    }

    /// Waits until the environment has been restored from its snapshot.
    Sent restoreNext() {
        try {
            Reply reply = exchange(get("restore/next"), ANSWER_BYTES);
            return reply.status() == 200 ? new Sent.Accepted() : new Sent.Refused(reply.status(), text(reply));
        } catch (IOException lost) {
            return new Sent.Broken(reason(lost));
        }
    }

    /// Says that the hooks after a restore failed; the process is expected to exit.
    Sent restoreError(ErrorReport error) {
        return report("restore/error", error);
    }

    /// Closes the connection; the next request opens another.
    void close() {
        connection.close();
    }

    private Sent report(String path, ErrorReport error) {
        return post(path, "Lambda-Runtime-Function-Error-Type: " + error.type() + "\r\n", error.json());
    }

    private Sent post(String path, String extraHeader, byte[] body) {
        ByteSink request = new ByteSink(512 + body.length);
        line(request, "POST", path);
        request.ascii("Content-Type: ").ascii(JSON).ascii("\r\n").ascii(extraHeader);
        request.ascii("Content-Length: ").number(body.length).ascii("\r\n\r\n").write(body);
        try {
            return sent(exchange(request, ANSWER_BYTES));
        } catch (IOException lost) {
            return new Sent.Broken(reason(lost));
        }
    }

    static Sent sent(Reply reply) {
        return reply.status() / 100 == 2 ? new Sent.Accepted() : new Sent.Refused(reply.status(), text(reply));
    }

    static String reason(IOException lost) {
        return String.valueOf(lost.getMessage());
    }

    private ByteSink get(String path) {
        ByteSink request = new ByteSink(256);
        line(request, "GET", path);
        return request.ascii("\r\n");
    }

    private void line(ByteSink request, String method, String path) {
        request.ascii(method).ascii(" ").ascii(BASE).ascii(path).ascii(" HTTP/1.1\r\n");
        request.ascii("Host: ").ascii(connection.authority()).ascii("\r\nUser-Agent: sluice\r\n");
    }

    private Reply exchange(ByteSink request, int bound) throws IOException {
        try {
            connection.write(request.array(), 0, request.size());
            return connection.reply(bound);
        } catch (IOException lost) {
            connection.close();
            throw lost;
        }
    }

    private static String text(Reply reply) {
        return new String(reply.body(), 0, Math.min(1000, reply.body().length), StandardCharsets.UTF_8);
    }
}
