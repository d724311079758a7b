package dev.sluice.cli.control;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.metering.CallLogJson;
import dev.sluice.core.metering.UsageLines;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.model.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

/// Answers the questions of [RemoteCalls] and [RemoteUsage].
final class CallDesk {
    static final String OVER = "call.over";
    static final String FIND = "call.find";
    static final String MISSING = "call.missing";
    static final String USAGE = "usage.of";
    /// As many calls as one answer holds.
    private static final int MOST = 10_000;

    private final Holdings holdings;

    CallDesk(Holdings holdings) {
        this.holdings = holdings;
    }

    static boolean knows(String operation) {
        return List.of(OVER, FIND, MISSING, USAGE).contains(operation);
    }

    Json.Obj answer(Json.Obj question) {
        try {
            return switch (question.text("op", "")) {
                case OVER -> over(question);
                case FIND -> find(question);
                case MISSING ->
                    holdings.missingCalls()
                            .map(number -> Json.object().put("missing", number).build())
                            .orElse(Json.Obj.EMPTY);
                case USAGE -> usage(question);
                default -> throw ControlDesk.unknown();
            };
        } catch (PortFailure silent) {
            throw CommandFailure.failed(String.valueOf(silent.getMessage()));
        }
    }

    private Json.Obj over(Json.Obj question) {
        Long most = question.whole("most");
        List<Json.Obj> calls = holdings
                .calls()
                .over(
                        moment(question, "from", Instant::parse),
                        moment(question, "to", Instant::parse),
                        Math.clamp(most == null ? MOST : most, 0, MOST))
                .stream()
                .map(CallLogJson::encode)
                .toList();
        return Json.object().put("calls", Json.array(calls)).build();
    }

    private Json.Obj find(Json.Obj question) {
        Json call = holdings.calls()
                .find(ControlDesk.text(question, "id"), moment(question, "now", Instant::parse))
                .<Json>map(CallLogJson::encode)
                .orElse(null);
        return Json.object().putIf("call", call).build();
    }

    private Json.Obj usage(Json.Obj question) {
        List<Json.Obj> lines = holdings.usage().of(moment(question, "day", LocalDate::parse)).stream()
                .map(UsageLines::encode)
                .toList();
        return Json.object().put("lines", Json.array(lines)).build();
    }

    private static <T> T moment(Json.Obj question, String name, Function<String, T> parse) {
        try {
            return parse.apply(ControlDesk.text(question, name));
        } catch (DateTimeException noTime) {
            throw CommandFailure.failed("the question has no time " + name);
        }
    }
}
