package dev.sluice.lambda;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One worker: next, decode, handle, settle, and again. Whatever a handler throws and whatever becomes of an answer, it
/// asks for the next invocation; it ends only when the Runtime API gives none several times in a row.
final class Worker {
    private static final System.Logger LOG = System.getLogger(Worker.class.getName());

    /// What is kept of an invocation's time for the answer's last bytes, the settlement and the log.
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final int TRIES = 5;

    private final RuntimeApi api;
    private final LambdaFunction function;
    private final Time time;
    private final Consumer<String> trace;
    private String answered = "";

    Worker(RuntimeApi api, LambdaFunction function, Time time, Consumer<String> trace) {
        this.api = api;
        this.function = function;
        this.time = time;
        this.trace = trace;
    }

    int run() {
        int failures = 0;
        while (failures < TRIES && pause(failures)) {
            failures = switch (api.next()) {
                case Next.Invocation invocation
                when invocation.id().equals(answered) -> {
                    repeated(invocation);
                    yield failures + 1;
                }
                case Next.Invocation invocation -> {
                    serve(invocation);
                    yield 0;
                }
                case Next.Failed(String reason) -> {
                    LOG.log(System.Logger.Level.WARNING, "no next invocation: " + reason);
                    yield failures + 1;
                }
            };
        }
        api.close();
        return RuntimeLoop.LOST;
    }

    /// False: this thread was interrupted.
    private boolean pause(int failures) {
        if (failures == 0) {
            return true;
        }
        try {
            time.sleep(FIRST_PAUSE.multipliedBy(1L << failures - 1));
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// An invocation that has had its whole answer is not paid for twice. One whose answer was lost is answered again.
    private void repeated(Next.Invocation invocation) {
        told(
                invocation,
                api.invocationError(
                        invocation.id(),
                        ErrorReport.of("Runtime.RepeatedInvocation", "this invocation has been answered")));
    }

    void serve(Next.Invocation invocation) {
        if (invocation.traceId() != null) {
            trace.accept(invocation.traceId());
        }
        if (invocation.tooLong()) {
            plain(invocation, 413, "The request is larger than the 6 MB that one invocation can carry.");
            return;
        }
        Duration remaining = remaining(invocation);
        switch (FunctionUrl.decode(invocation.event(), remaining)) {
            case Event.Http(InboundRequest request) -> http(invocation, request);
            case Event.Malformed(int status, String message) -> plain(invocation, status, message);
            case Event.Other(byte[] event) -> other(invocation, event);
        }
    }

    private @Nullable Duration remaining(Next.Invocation invocation) {
        return invocation.deadline() == null
                ? null
                : Duration.between(time.now(), invocation.deadline()).minus(MARGIN);
    }

    private void http(Next.Invocation invocation, InboundRequest request) {
        Upload upload = api.respond(invocation.id());
        StreamedResponse response =
                new StreamedResponse(upload, request.method().equals("HEAD"));
        try {
            function.handle(request, response);
        } catch (RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, "the function failed", fault);
        }
        boolean _ = Thread.interrupted(); // a thread that stays interrupted closes its sockets
        settle(invocation, response, upload);
    }

    private void settle(Next.Invocation invocation, StreamedResponse response, Upload upload) {
        if (response.isNew()) {
            plain(response, 500, "internal error");
        } else if (response.isUnderWay()) {
            response.abort();
        }
        told(
                invocation,
                response.isUnanswered()
                        ? api.invocationError(
                                invocation.id(), ErrorReport.of("Function.Unanswered", "the request got no answer"))
                        : upload.outcome());
    }

    private void plain(Next.Invocation invocation, int status, String message) {
        Upload upload = api.respond(invocation.id());
        plain(new StreamedResponse(upload, false), status, message);
        told(invocation, upload.outcome());
    }

    private static void plain(StreamedResponse response, int status, String message) {
        byte[] text = (message + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            response.start(status, Headers.of("content-type", "text/plain; charset=utf-8"), text.length);
            response.endWith(text, 0, text.length);
        } catch (ClientGone lost) {
            LOG.log(System.Logger.Level.TRACE, "the upload knows what became of it", lost);
        }
    }

    private void other(Next.Invocation invocation, byte[] event) {
        Sent sent;
        try {
            sent = api.answer(invocation.id(), function.other(event));
        } catch (RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, "the function failed", fault);
            sent = api.invocationError(invocation.id(), ErrorReport.of("Function.Failed", fault));
        }
        boolean _ = Thread.interrupted();
        told(invocation, sent);
    }

    private void told(Next.Invocation invocation, Sent sent) {
        switch (sent) {
            case Sent.Accepted _ -> answered = invocation.id();
            case Sent.Refused(int status, String reason) ->
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the Runtime API refused what was said of " + invocation.id() + ": " + status + " " + reason);
            case Sent.Broken(String reason) ->
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the Runtime API lost what was said of " + invocation.id() + ": " + reason);
        }
    }
}
