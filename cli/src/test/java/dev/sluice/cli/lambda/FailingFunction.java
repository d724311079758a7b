package dev.sluice.cli.lambda;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.lambda.LambdaFunction;
import dev.sluice.lambda.LambdaRuntime;
import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;

/// A function on the gateway's own runtime that fails as its path says.
public final class FailingFunction implements LambdaFunction {
    public static void main(String[] arguments) {
        LambdaRuntime.run(System.getenv(), FailingFunction::new);
    }

    @Override
    public void handle(InboundRequest request, ClientResponse response) {
        byte[] text = "begun".getBytes(StandardCharsets.UTF_8);
        try {
            switch (request.path()) {
                case "/before" -> throw new IllegalStateException("before the first byte");
                case "/abort" -> response.abort();
                case "/halt" -> Runtime.getRuntime().halt(3);
                default -> {
                    response.start(200, Headers.of("content-type", "text/plain"), -1);
                    response.write(text, 0, text.length);
                    if (request.path().equals("/after")) {
                        throw new IllegalStateException("after the first byte");
                    }
                    if (request.path().equals("/haltafter")) {
                        Runtime.getRuntime().halt(3);
                    }
                    response.end();
                }
            }
        } catch (ClientGone gone) {
            throw new IllegalStateException(gone);
        }
    }
}
