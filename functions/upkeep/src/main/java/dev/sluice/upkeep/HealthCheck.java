package dev.sluice.upkeep;

import dev.sluice.aws.http.HttpUpstream;
import dev.sluice.aws.http.PrivateNetworks;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.ports.Upstream.Answer;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.net.URI;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Asks one gateway for its health, again and again until it answers well or the time is over.
///
/// A snapshot that has to be loaded, or made anew, may take long and may answer an error meanwhile: both are asked again.
/// What can only be another program is not.
final class HealthCheck {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration EACH = Duration.ofSeconds(25);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /// Left for the report.
    private static final Duration RESERVE = Duration.ofSeconds(1);

    private static final byte[] NOTHING = new byte[0];

    private final URI address;
    private final Time time;

    HealthCheck(URI address, Time time) {
        this.address = address;
        this.time = time;
    }

    /// What was found.
    record Finding(boolean isHealthy, String sentence, int tries) {}

    private record Trouble(String what, boolean mayPass) {}

    /// @param remaining milliseconds until the invocation ends
    Finding ask(IntSupplier remaining) {
        // No socket is kept: by the next day it would be dead.
        try (HttpUpstream upstream = new HttpUpstream(PrivateNetworks.ofSystem())) {
            return ask(upstream, remaining);
        }
    }

    private Finding ask(Upstream upstream, IntSupplier remaining) {
        Trouble last = new Trouble("the invocation has no time left", true);
        int tries = 0;
        for (Duration left = left(remaining); left.isPositive(); left = left(remaining)) {
            tries++;
            Trouble trouble = judge(once(upstream, left.compareTo(EACH) < 0 ? left : EACH));
            if (trouble == null) {
                return new Finding(true, "The gateway at " + address.getHost() + " is well.", tries);
            }
            last = trouble;
            if (!trouble.mayPass() || !paused()) {
                break;
            }
        }
        return new Finding(
                false,
                "The gateway did not answer " + address + " as it should, asked " + tries + " times: " + last.what()
                        + ".",
                tries);
    }

    private static Duration left(IntSupplier remaining) {
        return Duration.ofMillis(remaining.getAsInt()).minus(RESERVE);
    }

    private boolean paused() {
        try {
            time.sleep(PAUSE);
            return true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private @Nullable Answer once(Upstream upstream, Duration within) {
        Upstream.Call call = new Upstream.Call(
                address, Headers.of("accept", "application/json"), NOTHING, false, CONNECT, within, within, true);
        return upstream.send(call.by("GET")).await(within.plus(RESERVE));
    }

    private static @Nullable Trouble judge(@Nullable Answer answer) {
        return switch (answer) {
            case null -> new Trouble("nothing came in time", true);
            case Answer.Broken(var _, String message) -> new Trouble(message, true);
            case Answer.Streaming _ -> new Trouble("it streams", false); // never asked for
            case Answer.Complete(int status, Headers headers, byte[] body) -> {
                if (status >= 300 && status < 400) {
                    yield new Trouble("it redirects (" + status + "), and no redirect is followed", false);
                }
                if (status != 200) {
                    yield new Trouble("status " + status, true);
                }
                Json.Obj said = JsonText.objectOrNull(body, 0, body.length);
                boolean isOurs =
                        said != null && said.text("status", "").equals("ok") && headers.has("x-sluice-request-id");
                yield isOurs ? null : new Trouble("status 200, but not from Sluice", false);
            }
        };
    }
}
