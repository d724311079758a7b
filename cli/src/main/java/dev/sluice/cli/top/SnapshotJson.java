package dev.sluice.cli.top;

import dev.sluice.cli.control.FlightJson;
import dev.sluice.cli.top.Snapshot.BucketLine;
import dev.sluice.cli.top.Snapshot.Flights;
import dev.sluice.cli.top.Snapshot.Held;
import dev.sluice.cli.top.Snapshot.Spend;
import dev.sluice.cli.top.Snapshot.SpendLine;
import dev.sluice.cli.top.Snapshot.Sum;
import dev.sluice.cli.top.Snapshot.TargetLine;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.metering.CallLogJson;
import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.model.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A snapshot for programs. What is not known is null.
public final class SnapshotJson {
    private static final int DIGITS = 4;

    private SnapshotJson() {}

    public static Json.Obj encode(Snapshot snapshot) {
        return Json.object()
                .put("at", snapshot.at().toString())
                .put("place", snapshot.place())
                .put("version", snapshot.version())
                .put("inFlight", flights(snapshot.flights()))
                .put("targets", array(snapshot.targets(), SnapshotJson::target))
                .put("limits", array(snapshot.buckets(), SnapshotJson::bucket))
                .put("spend", snapshot.spend().map(SnapshotJson::spend).orElse(Json.NULL))
                .put(
                        "calls",
                        snapshot.calls()
                                .map(calls -> array(calls, CallLogJson::encode))
                                .orElse(Json.NULL))
                .put("notes", Json.strings(snapshot.notes()))
                .build();
    }

    private static <T> Json array(List<T> items, Function<T, ? extends Json> encode) {
        return Json.array(items.stream().map(item -> (Json) encode.apply(item)).toList());
    }

    private static Json flights(Flights flights) {
        return switch (flights) {
            case Flights.OfProcess(List<InFlight.Seen> calls) ->
                Json.object()
                        .put("by", "process")
                        .put("calls", FlightJson.encode(calls))
                        .build();
            case Flights.OfStore(List<Held> providers) ->
                Json.object()
                        .put("by", "reservations")
                        .put(
                                "providers",
                                array(
                                        providers,
                                        held -> Json.object()
                                                .put("provider", held.provider())
                                                .put("attempts", whole(held.attempts()))
                                                .build()))
                        .build();
        };
    }

    private static Json target(TargetLine line) {
        Double filled = line.filled();
        return Json.object()
                .put("ref", line.ref())
                .put("state", line.state().name().toLowerCase(Locale.ROOT))
                .put(
                        "until",
                        Json.orNull(line.until() == null ? null : line.until().toString()))
                .put("why", Json.orNull(line.why()))
                .put("named", line.named())
                .put("failures", line.failures())
                .put("attemptsPerMinute", whole(line.perMinute()))
                .put("attemptsPerMinuteAtLeast", line.atLeast())
                .put("underWay", whole(line.underWay()))
                .put("filled", filled == null ? Json.NULL : share(filled))
                .build();
    }

    private static Json bucket(BucketLine line) {
        Fill fill = line.bucket().fill();
        return Json.object()
                .put("owner", line.owner())
                .put("id", fill.bucket())
                .put("unit", fill.unit())
                .put("used", fill.used())
                .put("reserved", line.bucket().reserved())
                .put("most", fill.most())
                .put("filled", share(line.filled()))
                .put("resets", fill.resets().toString())
                .build();
    }

    private static Json spend(Spend spend) {
        return Json.object()
                .put("today", sum(spend.today()))
                .put("month", sum(spend.month()))
                .put("lines", array(spend.lines(), SnapshotJson::line))
                .build();
    }

    private static Json line(SpendLine line) {
        return Json.object()
                .put("what", line.what())
                .put("today", sum(line.today()))
                .put("month", sum(line.month()))
                .build();
    }

    private static Json sum(Sum sum) {
        return Json.object()
                .put("usd", new Json.Num(sum.usd().toPlainString()))
                .put("requests", sum.requests())
                .put("errors", sum.errors())
                .put("unpriced", sum.unpriced())
                .build();
    }

    private static Json whole(@Nullable Integer number) {
        return number == null ? Json.NULL : new Json.Num(String.valueOf(number));
    }

    private static Json share(double share) {
        return new Json.Num(BigDecimal.valueOf(share)
                .setScale(DIGITS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString());
    }
}
