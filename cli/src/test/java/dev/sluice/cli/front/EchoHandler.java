package dev.sluice.cli.front;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;

/// Says back what it was asked: `METHOD path?query body`, or the problem with status 4xx.
final class EchoHandler implements RequestHandler {
    @Override
    public void handle(InboundRequest request, ClientResponse response) {
        try {
            byte[] text = text(request).getBytes(StandardCharsets.ISO_8859_1);
            response.start(status(request), Headers.of("content-type", "text/plain"), text.length);
            response.write(text, 0, text.length);
            response.end();
        } catch (ClientGone gone) {
            response.abort();
        }
    }

    private static String text(InboundRequest request) {
        Failure problem = request.problem();
        return problem != null
                ? problem.kind() + ": " + problem.message()
                : request.method() + " " + request.path() + "?" + request.query() + " "
                        + new String(request.body(), StandardCharsets.ISO_8859_1);
    }

    private static int status(InboundRequest request) {
        return switch (request.problem()) {
            case null -> 200;
            case Failure.Refused refused when refused.kind() == Failure.Kind.TOO_LARGE -> 413;
            case Failure.Refused refused when refused.kind() == Failure.Kind.UNSUPPORTED_MEDIA_TYPE -> 415;
            case Failure _ -> 400;
        };
    }
}
