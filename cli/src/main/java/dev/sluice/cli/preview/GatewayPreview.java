package dev.sluice.cli.preview;

import dev.sluice.cli.front.RequestHandler;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.ByteArrayOutputStream;

/// Asks the gateway of this process, as its owner.
public final class GatewayPreview implements Preview {
    private final RequestHandler gateway;
    private final String key;

    /// @param key one that this process' gateway takes for its owner's
    public GatewayPreview(RequestHandler gateway, String key) {
        this.gateway = gateway;
        this.key = key;
    }

    @Override
    public Told of(Question question) {
        CollectedResponse response = new CollectedResponse();
        gateway.handle(
                new InboundRequest(
                        PreviewQuery.method(question),
                        PATH,
                        PreviewQuery.query(question),
                        Headers.of(
                                "host",
                                "localhost",
                                "content-type",
                                "application/json",
                                "authorization",
                                "Bearer " + key),
                        PreviewQuery.body(question),
                        null,
                        "127.0.0.1"),
                response);
        return response.told();
    }

    /// Keeps the whole answer.
    private static final class CollectedResponse implements ClientResponse {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int status = 500;

        @Override
        public void start(int given, Headers headers, long length) {
            status = given;
        }

        @Override
        public void write(byte[] bytes, int from, int to) {
            body.write(bytes, from, to - from);
        }

        @Override
        public void end() {}

        @Override
        public void abort() {
            status = 500;
        }

        Told told() {
            byte[] bytes = body.toByteArray();
            Json.Obj document = JsonText.objectOrNull(bytes, 0, bytes.length);
            return new Told(status, document == null ? Json.Obj.EMPTY : document);
        }
    }
}
