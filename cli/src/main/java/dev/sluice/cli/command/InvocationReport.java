package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Printable;
import dev.sluice.cli.Surroundings;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Shows an answer while it streams; with `--json` as one object when it is over.
final class InvocationReport implements ClientResponse {
    private static final int ERRORS_FROM = 400;

    private final PrintStream out;
    private final Report report;
    private final boolean json;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Headers headers = Headers.NONE;
    private int status;
    private boolean whole;

    InvocationReport(Surroundings surroundings, boolean json) {
        this.out = surroundings.out();
        this.report = new Report(surroundings);
        this.json = json;
    }

    @Override
    public void start(int given, Headers fields, long length) {
        status = given;
        headers = fields;
        if (!json) {
            report.tableOfErrors(
                    List.of("STATUS", Integer.toString(status)),
                    headers.fields().stream()
                            .map(field -> List.of(field.name(), Printable.of(field.value())))
                            .toList());
        }
    }

    @Override
    public void write(byte[] bytes, int from, int to) throws ClientGone {
        if (json) {
            body.write(bytes, from, to - from);
            return;
        }
        out.write(bytes, from, to - from);
        out.flush();
        if (out.checkError()) {
            throw new ClientGone("standard output is closed");
        }
    }

    @Override
    public void end() {
        whole = true;
        show();
    }

    @Override
    public void abort() {
        show();
        report.note("sluice: the answer was broken off");
    }

    private void show() {
        if (json) {
            Json.Builder fields = Json.object();
            headers.fields().forEach(field -> fields.put(field.name(), field.value()));
            report.json(Json.object()
                    .put("status", status)
                    .put("headers", fields.build())
                    .put("whole", whole)
                    .put("body", readable())
                    .build());
        }
    }

    /// JSON as JSON, all else as text.
    private Json readable() {
        byte[] bytes = body.toByteArray();
        Json.Obj object = JsonText.objectOrNull(bytes, 0, bytes.length);
        return object == null ? Json.of(new String(bytes, StandardCharsets.UTF_8)) : object;
    }

    Exit exit() {
        return whole && status < ERRORS_FROM ? Exit.OK : Exit.FAILURE;
    }
}
