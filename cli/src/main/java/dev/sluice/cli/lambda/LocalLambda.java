package dev.sluice.cli.lambda;

import dev.sluice.cli.front.FrontLimits;
import dev.sluice.cli.front.HttpFront;
import java.io.IOException;
import java.net.InetSocketAddress;

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

    private LocalLambda(InetSocketAddress listen, FunctionSettings function, EngineOptions options) throws IOException {
        this.options = options;
        this.wantedPort = listen.getPort();
        this.signals = Signals.open();
        this.scaler = new Scaler(function, options, signals);
        this.dispatcher = new Dispatcher(scaler, options);
        FunctionUrlFront url = new FunctionUrlFront(dispatcher, function.mode(), options, this::port);
        int most = options.limits().payload();
        try {
            this.front = HttpFront.open(listen, url, () -> most, FrontLimits.DEFAULT.withBodiesAsTheyCome());
        } catch (IOException taken) {
            signals.close();
            throw taken;
        }
    }

    /// Listens there. No environment is started before the first invocation, unless the function has provisioned ones.
    public static LocalLambda start(InetSocketAddress listen, FunctionSettings function, EngineOptions options)
            throws IOException {
        LocalLambda lambda = new LocalLambda(listen, function, options);
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
        String trace = Ids.trace(options.random(), options.time().now()) + ";Sampled=0";
        Invocation invocation = dispatcher.dispatch(id, event, trace);
        return BufferedAnswer.collect(invocation, (int) Math.min(Integer.MAX_VALUE, options.limits().stream()));
    }

    /// Ends the front and kills the environments.
    @Override
    public void close() {
        front.close();
        scaler.close();
        signals.close();
    }
}
