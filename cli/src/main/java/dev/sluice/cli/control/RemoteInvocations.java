package dev.sluice.cli.control;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Invocations by the running `start --lambda`, over the control channel.
public final class RemoteInvocations implements Invocations {
    static final String OP = "invoke";
    private static final int PIECE = 16 * 1024;

    private final ControlClient client;

    private RemoteInvocations(ControlClient client) {
        this.client = client;
    }

    /// Those of the running `start` of that folder; empty when none runs.
    public static Optional<RemoteInvocations> find(DataDirectory directory) {
        return ControlClient.find(directory).map(RemoteInvocations::new);
    }

    @Override
    public void invoke(byte[] event, ClientResponse response) throws ClientGone {
        Json.Obj question = Json.object()
                .put("op", OP)
                .put("event", new String(event, StandardCharsets.UTF_8))
                .build();
        boolean begun = false;
        try (InputStream answer = client.stream(question)) {
            Json.Obj head = head(answer);
            Long status = head.whole("status");
            response.start(status == null ? 502 : status.intValue(), headers(head), -1);
            begun = true;
            byte[] piece = new byte[PIECE];
            for (int read = answer.read(piece); read >= 0; read = answer.read(piece)) {
                response.write(piece, 0, read);
            }
            response.end();
        } catch (IOException cut) {
            if (!begun) {
                throw CommandFailure.failed("the running start did not answer: " + cut.getMessage());
            }
            response.abort();
        }
    }

    private static Json.Obj head(InputStream answer) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = answer.read(); octet != '\n'; octet = answer.read()) {
            if (octet < 0) {
                throw new IOException("it ended too early");
            }
            line.write(octet);
        }
        byte[] bytes = line.toByteArray();
        Json.Obj head = JsonText.objectOrNull(bytes, 0, bytes.length);
        return head == null ? Json.Obj.EMPTY : head;
    }

    private static Headers headers(Json.Obj head) {
        List<Headers.Field> fields = new ArrayList<>();
        for (Json field : head.items("headers")) {
            if (field instanceof Json.Arr(List<Json> pair)
                    && pair.size() == 2
                    && pair.getFirst() instanceof Json.Str(String name)
                    && pair.getLast() instanceof Json.Str(String value)) {
                fields.add(new Headers.Field(name, value));
            }
        }
        return new Headers(fields);
    }
}
