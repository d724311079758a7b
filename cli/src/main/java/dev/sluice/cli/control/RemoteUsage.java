package dev.sluice.cli.control;

import dev.sluice.core.metering.UsageLines;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.model.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// What was used, as the running `start` has it summed. It is looked at from here; only `start` adds.
final class RemoteUsage implements UsageBook {
    private final ControlClient client;

    RemoteUsage(ControlClient client) {
        this.client = client;
    }

    @Override
    public boolean add(CallLog.Entry entry) {
        return false;
    }

    @Override
    public List<Line> of(LocalDate day) {
        Json.Obj answer = client.ask(Json.object()
                .put("op", CallDesk.USAGE)
                .put("day", day.toString())
                .build());
        List<Line> lines = new ArrayList<>();
        for (Json item : answer.items("lines")) {
            if (item instanceof Json.Obj object) {
                UsageLines.decode(object).ifPresent(lines::add);
            }
        }
        return lines;
    }
}
