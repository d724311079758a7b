package dev.sluice.cli.control;

import dev.sluice.core.gateway.InFlight;
import dev.sluice.model.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests in flight as JSON: over the control channel, and as `sluice top --json` tells them.
public final class FlightJson {
    private FlightJson() {}

    public static Json encode(List<InFlight.Seen> calls) {
        return Json.array(calls.stream().map(FlightJson::encode).toList());
    }

    private static Json encode(InFlight.Seen call) {
        return Json.object()
                .put("id", call.id())
                .put("caller", call.caller())
                .put("tool", Json.orNull(call.tool()))
                .put("model", call.model())
                .put("dialect", call.dialect())
                .put("target", Json.orNull(call.target()))
                .put("attempts", call.attempts())
                .put("streamed", call.streamed())
                .put("sentBytes", call.sentBytes())
                .put("ageMs", call.age().toMillis())
                .build();
    }

    /// What is no call is left out.
    public static List<InFlight.Seen> decode(List<Json> calls) {
        return calls.stream()
                .filter(Json.Obj.class::isInstance)
                .map(call -> decode((Json.Obj) call))
                .toList();
    }

    private static InFlight.Seen decode(Json.Obj call) {
        return new InFlight.Seen(
                call.text("id", "-"),
                call.text("caller", "-"),
                call.text("tool"),
                call.text("model", "-"),
                call.text("dialect", "-"),
                call.text("target"),
                Math.clamp(orZero(call.whole("attempts")), 0, Integer.MAX_VALUE),
                call.isTrue("streamed"),
                orZero(call.whole("sentBytes")),
                Duration.ofMillis(orZero(call.whole("ageMs"))));
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
