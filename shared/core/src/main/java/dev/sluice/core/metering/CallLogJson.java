package dev.sluice.core.metering;

import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import dev.sluice.protocol.json.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// One call of the call log as one line of JSON: what clients chose (model names) cannot break the line.
public final class CallLogJson {
    private CallLogJson() {}

    /// Without a line end.
    public static String line(CallLog.Entry entry) {
        Duration first = entry.firstContent();
        return JsonText.print(Json.object()
                .put("at", entry.at().toString())
                .put("requestId", entry.requestId())
                .put("caller", entry.caller())
                .put("dialect", entry.dialect())
                .put("model", entry.model())
                .put("target", Json.orNull(entry.target()))
                .put("status", entry.status())
                .put("outcome", entry.outcome())
                .putIf("reason", entry.reason())
                .put("streamed", entry.streamed())
                .put("attempts", Json.strings(entry.attempts()))
                .put("state", Json.strings(entry.state()))
                .put("usage", usage(entry.usage()))
                .put("seconds", new Json.Num(seconds(entry.total())))
                .putIf("secondsToFirst", first == null ? null : new Json.Num(seconds(first)))
                .build());
    }

    private static Json usage(Usage usage) {
        return Json.object()
                .putIf("inputUncached", usage.inputUncached())
                .putIf("cacheRead", usage.cacheRead())
                .putIf("cacheWrite5m", usage.cacheWrite5m())
                .putIf("cacheWrite1h", usage.cacheWrite1h())
                .putIf("output", usage.output())
                .putIf("reasoning", usage.reasoning())
                .putIf("audioIn", usage.audioIn())
                .putIf("audioOut", usage.audioOut())
                .build();
    }

    /// With two decimals.
    public static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis())
                .movePointLeft(3)
                .setScale(2, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
