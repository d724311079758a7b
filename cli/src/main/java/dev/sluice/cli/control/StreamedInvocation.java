package dev.sluice.cli.control;

import com.sun.net.httpserver.HttpExchange;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// An invocation's answer on the control channel: one line of JSON with status and headers, then the body as it comes.
/// One that is not whole ends without its last chunk.
final class StreamedInvocation implements ClientResponse {
    private final HttpExchange exchange;

    StreamedInvocation(HttpExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void start(int status, Headers headers, long length) throws ClientGone {
        List<Json> fields = new ArrayList<>();
        headers.fields().forEach(field -> fields.add(Json.Arr.of(Json.of(field.name()), Json.of(field.value()))));
        Json.Obj head = Json.object()
                .put("status", status)
                .put("headers", Json.array(fields))
                .build();
        try {
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write(JsonText.bytes(head));
            out.write('\n');
            out.flush();
        } catch (IOException gone) {
            throw new ClientGone("the command has ended");
        }
    }

    @Override
    public void write(byte[] bytes, int from, int to) throws ClientGone {
        try {
            exchange.getResponseBody().write(bytes, from, to - from);
            exchange.getResponseBody().flush();
        } catch (IOException gone) {
            throw new ClientGone("the command has ended");
        }
    }

    @Override
    public void end() throws ClientGone {
        try {
            exchange.getResponseBody().close();
        } catch (IOException gone) {
            throw new ClientGone("the command has ended");
        }
    }

    @Override
    public void abort() {
        exchange.close();
    }
}
