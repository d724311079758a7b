package dev.sluice.cli.lambda;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Brings events to environments. Thread-safe.
final class Dispatcher {
    private final Scaler scaler;
    private final EngineOptions options;
    private @Nullable String idToRepeat;

    Dispatcher(Scaler scaler, EngineOptions options) {
        this.scaler = scaler;
        this.options = options;
    }

    /// A new id, or with that fault each second time the one before.
    synchronized String newId() {
        String before = idToRepeat;
        if (before != null) {
            idToRepeat = null;
            return before;
        }
        String id = Ids.request(options.random());
        if (options.faults().repeatsIds()) {
            idToRepeat = id;
        }
        return id;
    }

    /// Has an event worked on; what comes of it, comes through the invocation's pipe. Returns when an environment has
    /// taken it, or it has failed.
    Invocation dispatch(String id, byte[] event, String traceId) throws InterruptedException {
        Invocation invocation = new Invocation(id, padded(event), traceId);
        switch (scaler.acquire()) {
            case Scaler.Grant.Granted(Environment environment) -> environment.serve(invocation);
            case Scaler.Grant.Denied(InvocationFailure why) ->
                invocation.answer().fail(why);
        }
        return invocation;
    }

    private byte[] padded(byte[] event) {
        int missing = options.faults().eventBytes() - event.length;
        Json.Obj json = missing <= 0 ? null : JsonText.objectOrNull(event, 0, event.length);
        if (json == null) {
            return event;
        }
        String padding = "x".repeat(Math.max(0, missing - ",\"padding\":\"\"".length()));
        return JsonText.print(json.with("padding", Json.of(padding))).getBytes(StandardCharsets.UTF_8);
    }
}
