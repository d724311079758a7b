package dev.sluice.cli.lambda;

import dev.sluice.cli.front.RequestHandler;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import java.time.Instant;
import java.util.function.IntSupplier;

/// The Function URL: HTTP requests become events, and what comes back becomes HTTP again. Thread-safe.
final class FunctionUrlFront implements RequestHandler {
    private static final System.Logger LOG = System.getLogger(FunctionUrlFront.class.getName());
    private static final String TRACE = "x-amzn-trace-id";

    private final Dispatcher dispatcher;
    private final InvokeMode mode;
    private final EngineOptions options;
    private final IntSupplier port;

    /// @param port where it listens
    FunctionUrlFront(Dispatcher dispatcher, InvokeMode mode, EngineOptions options, IntSupplier port) {
        this.dispatcher = dispatcher;
        this.mode = mode;
        this.options = options;
        this.port = port;
    }

    @Override
    public void handle(InboundRequest request, ClientResponse response) {
        Instant now = options.time().now();
        String id = dispatcher.newId();
        String trace = request.headers()
                .first(TRACE)
                .filter(given -> given.startsWith("Root="))
                .orElseGet(() -> Ids.trace(options.random(), now));
        Headers own = Headers.of("x-amzn-requestid", id, TRACE, trace);
        try {
            if (request.problem() != null) {
                boolean large = request.problem().kind() == Failure.Kind.TOO_LARGE;
                UrlAnswer.refuse(response, large ? 413 : 400, own);
                return;
            }
            byte[] event = FunctionUrlEvent.of(request, port.getAsInt(), id, trace, now);
            if (event.length > options.limits().payload()) {
                UrlAnswer.refuse(response, 413, own);
                return;
            }
            String parent = trace + ";Parent=" + Ids.hex(options.random(), 8) + ";Sampled=0";
            Invocation invocation = dispatcher.dispatch(id, event, parent);
            answer(invocation, response, own);
        } catch (ClientGone gone) {
            LOG.log(System.Logger.Level.TRACE, "the client has gone", gone);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            response.abort();
        }
    }

    private void answer(Invocation invocation, ClientResponse response, Headers own)
            throws InterruptedException, ClientGone {
        EngineLimits limits = options.limits();
        if (mode == InvokeMode.RESPONSE_STREAM) {
            new UrlAnswer(response, new Bandwidth(options.time(), limits.burst(), limits.rate()), own)
                    .pump(invocation.answer());
            return;
        }
        Invoked answer = BufferedAnswer.collect(invocation, limits.payload());
        if (answer.failure().isPresent()) {
            UrlAnswer.refuse(response, UrlAnswer.status(answer.failure().get().kind()), own);
            return;
        }
        boolean failedLate = answer.trailers().has("lambda-runtime-function-error-type");
        BufferedAnswer.Page page = failedLate ? null : BufferedAnswer.page(answer);
        if (page == null) {
            UrlAnswer.refuse(response, 502, own);
            return;
        }
        response.start(page.status(), page.headers().and(own), page.body().length);
        response.endWith(page.body(), 0, page.body().length);
    }
}
