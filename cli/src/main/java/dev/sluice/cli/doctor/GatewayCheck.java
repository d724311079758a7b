package dev.sluice.cli.doctor;

import dev.sluice.aws.http.GatewayProbe;
import dev.sluice.cli.control.Holdings;
import dev.sluice.core.ports.KeyProbe.Verdict;
import dev.sluice.core.ports.Time;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// The gateway at its address: alive, refusing strangers, taking the key.
final class GatewayCheck implements AreaCheck {
    private static final String STRANGER = "slc_nobodys-key-for-a-look-at-the-gateway";

    private final Premises premises;

    GatewayCheck(Premises premises) {
        this.premises = premises;
    }

    @Override
    public Area area() {
        return Area.GATEWAY;
    }

    @Override
    public void look(Notes notes) {
        Optional<String> url = premises.url();
        if (url.isEmpty()) {
            notes.note("gateway", "none runs here, and none was named with --url or SLUICE_URL");
            return;
        }
        Time time = premises.surroundings().time();
        Knock health = Knock.at(url.get() + "/health", Optional.empty(), time);
        if (health.status() == 0) {
            notes.say(
                    premises.stack().isPresent() ? Ailment.DEPLOYED_GATEWAY_SILENT : Ailment.GATEWAY_SILENT,
                    "no gateway answers at " + url.get() + ": " + health.why(),
                    "url",
                    url.get());
            return;
        }
        if (health.status() == 403) {
            outside(url.get(), notes);
            return;
        }
        if (health.status() != 200 || !health.isSluice()) {
            notes.say(
                    Ailment.NO_GATEWAY_THERE,
                    "what answers at " + url.get() + " is no gateway of Sluice (its /health answers " + health.status()
                            + ")",
                    "url",
                    url.get());
            return;
        }
        notes.ok("health", url.get() + " is alive", health.took());
        stranger(URI.create(url.get()), notes);
        key(URI.create(url.get()), time, notes);
        books(notes);
    }

    private void books(Notes notes) {
        long missing =
                premises.ask(Holdings::missingCalls, Optional.<Long>empty()).orElse(0L);
        if (missing > 0) {
            notes.note(
                    "calls-missing",
                    missing + " calls since the start were answered and could not be written down: sluice logs and the"
                            + " sums of what was used lack them");
        }
    }

    private static void outside(String url, Notes notes) {
        notes.say(Ailment.CALLER_OUTSIDE, url + " answers nobody at this machine's address", "url", url);
    }

    private static void stranger(URI url, Notes notes) {
        switch (GatewayProbe.unconnected(url).ask(STRANGER)) {
            case Verdict.Refused _ -> notes.ok("stranger", "a key that nobody has is refused");
            case Verdict.Accepted _ ->
                notes.say(
                        Knock.isLoopback(url) ? Ailment.GATEWAY_OPEN : Ailment.GATEWAY_OPEN_TO_ALL,
                        url + " takes calls without a key");
            case Verdict.Outside _ -> outside(url.toString(), notes);
            case Verdict.Unclear(String why) -> notes.note("stranger", "a call without a key is not answered: " + why);
        }
    }

    private void key(URI url, Time time, Notes notes) {
        Optional<String> key = premises.given().key();
        if (key.isEmpty()) {
            notes.say(Ailment.KEY_NOT_GIVEN, "no key is given, so no call was made with one");
            return;
        }
        long begin = time.nanos();
        switch (GatewayProbe.unconnected(url).ask(key.get())) {
            case Verdict.Accepted _ ->
                notes.ok(
                        "key",
                        "a call with the key of " + premises.given().keySource() + " is answered",
                        Duration.ofNanos(time.nanos() - begin));
            case Verdict.Refused _ ->
                notes.say(
                        Ailment.KEY_REFUSED,
                        url + " does not take the key of " + premises.given().keySource(),
                        "source",
                        premises.given().keySource());
            case Verdict.Outside _ -> {} // told already
            case Verdict.Unclear(String why) ->
                notes.say(
                        Ailment.CALL_FAILED,
                        "a call with the key of " + premises.given().keySource() + " fails: " + why,
                        "ref",
                        "smart");
        }
    }
}
