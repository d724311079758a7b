package dev.sluice.cli.control;

import dev.sluice.core.metering.CallLogJson;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The calls that the running `start` keeps. They are looked at from here; only it writes.
final class RemoteCalls implements CallBook {
    private final ControlClient client;

    RemoteCalls(ControlClient client) {
        this.client = client;
    }

    @Override
    public boolean keep(CallLog.Entry entry) {
        return false;
    }

    /// As many as one answer of `start` holds: 10,000.
    @Override
    public List<CallLog.Entry> over(Instant from, Instant to, int most) {
        Json.Obj answer = client.ask(Json.object()
                .put("op", CallDesk.OVER)
                .put("from", from.toString())
                .put("to", to.toString())
                .put("most", most)
                .build());
        List<CallLog.Entry> calls = new ArrayList<>();
        for (Json item : answer.items("calls")) {
            if (item instanceof Json.Obj object) {
                CallLogJson.decode(object).ifPresent(calls::add);
            }
        }
        return calls;
    }

    @Override
    public Optional<CallLog.Entry> find(String requestId, Instant now) {
        Json.Obj call = client.ask(Json.object()
                        .put("op", CallDesk.FIND)
                        .put("id", requestId)
                        .put("now", now.toString())
                        .build())
                .object("call");
        return call == null ? Optional.empty() : CallLogJson.decode(call);
    }
}
