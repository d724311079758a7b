package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The response object that whole answers are, and that the first and the last events of a stream hold.
///
/// `output_text`, which the Node library's type names, is that library's own work and not on the wire.
final class ResponseForm {
    private final ClientContext client;
    private final ItemIds ids;
    private final byte[] echo;
    private StreamEvent.Started started = new StreamEvent.Started("", "", 0);

    ResponseForm(ClientContext client, RequestEcho echo) {
        this.client = client;
        this.ids = new ItemIds(client.answerId());
        this.echo = echo.fields();
    }

    void started(StreamEvent.Started event) {
        started = event;
    }

    /// A response that is not over.
    void open(ByteSink out) {
        write("in_progress", Json.NULL, null, List.of(), Json.NULL, out);
    }

    /// @param cutBy why it is incomplete; null: it is complete
    void whole(@Nullable String cutBy, Collection<Json.Obj> output, Usage usage, ByteSink out) {
        String status = cutBy == null ? EndWords.COMPLETED : EndWords.INCOMPLETE;
        write(status, Json.NULL, cutBy, output, UsageJson.write(usage), out);
    }

    /// @param output the items that were complete
    void failed(Failure failure, Collection<Json.Obj> output, Usage usage, ByteSink out) {
        Json counts = usage.isReported() ? UsageJson.write(usage) : Json.NULL;
        write("failed", ResponsesFailures.error(failure), null, output, counts, out);
    }

    private void write(
            String status, Json error, @Nullable String cutBy, Collection<Json.Obj> output, Json usage, ByteSink out) {
        String model = started.model().isEmpty() ? client.request().model() : started.model();
        Json details =
                cutBy == null ? Json.NULL : Json.object().put("reason", cutBy).build();
        out.ascii("{\"id\":").jsonString(ids.response(started.id()));
        out.ascii(",\"object\":\"response\",\"created_at\":");
        out.number(started.created() > 0 ? started.created() : client.now());
        out.ascii(",\"status\":\"" + status + "\",\"background\":false,\"error\":")
                .json(error);
        out.ascii(",\"incomplete_details\":").json(details).ascii(",");
        out.write(echo).ascii("\"access_programs\":null,\"model\":").jsonString(model);
        out.ascii(",\"output\":").json(Json.array(List.copyOf(output)));
        out.ascii(",\"usage\":").json(usage).ascii("}");
    }
}
