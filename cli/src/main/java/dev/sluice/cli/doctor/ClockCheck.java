package dev.sluice.cli.doctor;

import dev.sluice.core.config.AuthScheme;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.model.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// This machine's clock beside the `Date` of what was called anyway.
final class ClockCheck implements AreaCheck {
    private static final Duration MUCH = Duration.ofMinutes(1);
    private static final Duration REFUSED = Duration.ofMinutes(5);

    private final Premises premises;
    private final Endpoints endpoints;

    ClockCheck(Premises premises, Endpoints endpoints) {
        this.premises = premises;
        this.endpoints = endpoints;
    }

    @Override
    public Area area() {
        return Area.CLOCK;
    }

    @Override
    public void look(Notes notes) {
        List<Duration> ahead = Stream.concat(
                        endpoints.seen().stream().flatMap(seen -> seen.ahead().stream()), ofStack())
                .sorted()
                .toList();
        if (ahead.isEmpty()) {
            notes.note("clock", "nothing was called whose clock could be compared");
            return;
        }
        // one of them may be wrong itself
        Duration skew = ahead.get(ahead.size() / 2);
        if (skew.abs().compareTo(MUCH) <= 0) {
            notes.ok("clock", "within a minute of " + ahead.size() + (ahead.size() == 1 ? " other" : " others"));
            return;
        }
        boolean isRefused = skew.abs().compareTo(REFUSED) > 0 && isSigned();
        notes.say(
                isRefused ? Ailment.CLOCK_REFUSED : Ailment.CLOCK_OFF,
                "this machine's clock is " + skew.abs().toSeconds() + " s "
                        + (skew.isNegative() ? "ahead of" : "behind") + " the others'"
                        + (isRefused ? ": requests signed with it are refused" : ""),
                "skewSeconds",
                Long.toString(-skew.toSeconds()));
    }

    private Stream<Duration> ofStack() {
        if (premises.stack().isEmpty()) {
            return Stream.empty();
        }
        Optional<String> url = premises.url();
        return url
                .map(address -> Knock.at(
                        address + "/health",
                        Optional.empty(),
                        premises.surroundings().time()))
                .flatMap(Knock::ahead)
                .stream();
    }

    private boolean isSigned() {
        return premises.stack().isPresent() || isSigned(premises.snapshot());
    }

    private static boolean isSigned(ConfigSnapshot snapshot) {
        return snapshot.providers().stream().filter(ProviderConfig::enabled).anyMatch(ClockCheck::isSigned);
    }

    private static boolean isSigned(ProviderConfig provider) {
        return provider.auth() instanceof AuthScheme.SigV4
                || provider.auth() instanceof AuthScheme.GoogleServiceAccount
                || provider.auth() == null && provider.endpoints().containsKey(Dialect.BEDROCK_CONVERSE);
    }
}
