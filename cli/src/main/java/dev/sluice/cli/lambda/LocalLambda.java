package dev.sluice.cli.lambda;

import dev.sluice.cli.front.FrontLimits;
import dev.sluice.cli.front.HttpFront;
import dev.sluice.cli.front.RequestHandler;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.model.Headers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;

/// One function on the local engine, from `start` to `close`: its Function URL, and its environments behind it.
/// Thread-safe.
///
/// Whatever it starts is killed with SIGKILL at the end, as on Lambda, also when this process dies without a word.
public final class LocalLambda implements AutoCloseable {
    private final Signals signals;
    private final Scaler scaler;
    private final Dispatcher dispatcher;
    private final EngineOptions options;
    private final int wantedPort;
    private final HttpFront front;

    private LocalLambda(
            InetSocketAddress listen,
            FunctionSettings function,
            EngineOptions options,
            UnaryOperator<RequestHandler> before)
            throws IOException {
        this.options = options;
        this.wantedPort = listen.getPort();
        this.signals = Signals.open();
        this.scaler = new Scaler(function, options, signals);
        this.dispatcher = new Dispatcher(scaler, options);
        FunctionUrlFront url = new FunctionUrlFront(dispatcher, function.mode(), options, this::port);
        int most = options.limits().payload();
        try {
            this.front =
                    HttpFront.open(listen, before.apply(url), () -> most, FrontLimits.DEFAULT.withBodiesAsTheyCome());
        } catch (IOException taken) {
            signals.close();
            throw taken;
        }
    }

    /// Listens there. No environment is started before the first invocation, unless the function has provisioned ones.
    public static LocalLambda start(InetSocketAddress listen, FunctionSettings function, EngineOptions options)
            throws IOException {
        return start(listen, function, options, UnaryOperator.identity());
    }

    /// The same, with something before the Function URL that sees its requests first.
    public static LocalLambda start(
            InetSocketAddress listen,
            FunctionSettings function,
            EngineOptions options,
            UnaryOperator<RequestHandler> before)
            throws IOException {
        LocalLambda lambda = new LocalLambda(listen, function, options, before);
        lambda.scaler.provision();
        return lambda;
    }

    /// Where the Function URL is.
    public InetSocketAddress address() {
        return front.address();
    }

    private int port() {
        return wantedPort == 0 ? front.address().getPort() : wantedPort;
    }

    /// Invokes the function directly with that event and waits for its whole answer. What goes wrong is in the answer.
    public Invoked invoke(byte[] event) throws InterruptedException {
        String id = dispatcher.newId();
        if (event.length > options.limits().payload()) {
            return BufferedAnswer.failed(
                    id,
                    InvocationFailure.of(
                            InvocationFailure.Kind.TOO_LARGE,
                            "RequestEntityTooLargeException",
                            "Request must be smaller than 6291456 bytes for the InvokeFunction operation"));
        }
        return BufferedAnswer.collect(
                dispatch(id, event), (int) Math.min(Integer.MAX_VALUE, options.limits().stream()));
    }

    /// Invokes the function with an event of its URL; the answer streams as the URL's client would get it. What goes wrong
    /// has the status that the URL would give it: 413, 429, 502, 504.
    public void invoke(byte[] event, ClientResponse response) throws InterruptedException, ClientGone {
        String id = dispatcher.newId();
        Headers own = Headers.of("x-amzn-requestid", id);
        EngineLimits limits = options.limits();
        if (event.length > limits.payload()) {
            UrlAnswer.refuse(response, 413, own);
            return;
        }
        new UrlAnswer(response, new Bandwidth(options.time(), limits.burst(), limits.rate()), own)
                .pump(dispatch(id, event).answer());
    }

    private Invocation dispatch(String id, byte[] event) throws InterruptedException {
        return dispatcher.dispatch(
                id, event, Ids.trace(options.random(), options.time().now()) + ";Sampled=0");
    }

    /// From now on the function is that one: environments that wait are ended, those at work after their invocation. Mode
    /// and address stay.
    public void update(FunctionSettings function) {
        scaler.update(function);
    }

    /// Takes no new requests, lets answers under way finish for so long, and ends all.
    public void stop(Duration grace) {
        front.stop(grace);
        end();
    }

    /// Ends the front and kills the environments.
    @Override
    public void close() {
        front.close();
        end();
    }

    private void end() {
        scaler.close();
        signals.close();
    }
}
