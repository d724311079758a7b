package dev.sluice.protocol.anthropic;

import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ClientContext;

/// What a message says of itself before its content.
final class MessageHead {
    private static final String ID_PREFIX = "msg_";

    private MessageHead() {}

    /// The upstream's id when it has the dialect's form, else one of the gateway's.
    static String id(String upstream, ClientContext client) {
        return upstream.startsWith(ID_PREFIX) ? upstream : ID_PREFIX + client.answerId();
    }

    static String model(String upstream, ClientContext client) {
        return upstream.isEmpty() ? client.request().model() : upstream;
    }

    /// The event `message_start`, whose nullable keys are all there.
    static Json start(StreamEvent.Started started, Usage usage, ClientContext client) {
        Json.Obj message = Json.object()
                .put("id", id(started.id(), client))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model(started.model(), client))
                .put("content", Json.Arr.of())
                .put("stop_reason", Json.NULL)
                .put("stop_sequence", Json.NULL)
                .put("stop_details", Json.NULL)
                .put("container", Json.NULL)
                .put("diagnostics", Json.NULL)
                .put("usage", UsageJson.whole(usage))
                .build();
        return Json.object()
                .put("type", "message_start")
                .put("message", message)
                .build();
    }
}
