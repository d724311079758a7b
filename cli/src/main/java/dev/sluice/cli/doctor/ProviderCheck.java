package dev.sluice.cli.doctor;

import dev.sluice.cli.provider.ModelOffers;
import dev.sluice.cli.provider.ModelOffers.Listed;
import dev.sluice.cli.provider.Reach;
import dev.sluice.cli.provider.Trial;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Every provider's endpoints, and what the gateway does not use of them now.
final class ProviderCheck implements AreaCheck {
    private final Premises premises;
    private final Endpoints endpoints;
    private final Standby standby;
    private final boolean live;
    private final Duration patience;

    /// @param live whether a completion is asked for, at the provider's price
    ProviderCheck(Premises premises, Endpoints endpoints, Standby standby, boolean live, Duration patience) {
        this.premises = premises;
        this.endpoints = endpoints;
        this.standby = standby;
        this.live = live;
        this.patience = patience;
    }

    @Override
    public Area area() {
        return Area.PROVIDERS;
    }

    @Override
    public void look(Notes notes) {
        ConfigSnapshot snapshot = premises.snapshot();
        if (snapshot.providers().stream().noneMatch(ProviderConfig::enabled)) {
            notes.ok("providers", "only the demo, which is on this machine");
            return;
        }
        for (Reach.Seen seen : endpoints.seen()) {
            snapshot.provider(seen.provider()).ifPresent(provider -> seen(provider, seen, notes));
        }
        standby.look(notes);
        if (live) {
            snapshot.providers().stream().filter(ProviderConfig::enabled).forEach(provider -> tried(provider, notes));
        }
    }

    private static void seen(ProviderConfig provider, Reach.Seen seen, Notes notes) {
        String what = provider.id() + ", " + seen.dialect().id() + " at " + seen.base();
        if (seen.isPrivate()) {
            notes.say(
                    Ailment.PROVIDER_PRIVATE,
                    what + " is on a private network or this machine, which the provider is not allowed",
                    "provider",
                    provider.id());
            return;
        }
        switch (seen.listed()) {
            case Listed.Unreached(String why) ->
                notes.say(
                        Ailment.PROVIDER_NOT_REACHED,
                        what + " does not answer: " + why
                                + "; see that it is right, and that this machine has a network",
                        "provider",
                        provider.id(),
                        "dialect",
                        seen.dialect().id(),
                        "url",
                        "URL");
            case Listed.Refused(String why)
            when !seen.isTried() ->
                notes.note("provider-reached", what + " answers (" + why + "); its secret was not tried from here");
            case Listed.Refused(String why) -> refused(provider, what, why, notes);
            case Listed.NoList(String why)
            when why.startsWith("status 5") ->
                notes.say(Ailment.PROVIDER_FAILING, what + " answers " + why, "provider", provider.id());
            case Listed.NoList(String why) ->
                notes.ok("provider-reached", what + " answers, without a list of models: " + why, seen.took());
            case Listed.Models(var offers, boolean isAll) -> {
                String secret = seen.isTried() ? "" : "; its secret was not tried from here";
                notes.ok("provider-reached", what + ", " + offers.size() + " models listed" + secret, seen.took());
                if (isAll) {
                    unlisted(provider, offers, notes);
                }
            }
        }
    }

    private static void refused(ProviderConfig provider, String what, String why, Notes notes) {
        if (provider.credential() instanceof CredentialRef.Stored(String name)) {
            notes.say(
                    Ailment.SECRET_REFUSED,
                    what + " does not accept the credential " + name + ": " + why,
                    "name",
                    name,
                    "provider",
                    provider.id());
        } else {
            notes.say(Ailment.ACCESS_REFUSED, what + " refuses access: " + why, "provider", provider.id());
        }
    }

    private static void unlisted(ProviderConfig provider, List<ModelOffers.Offer> offers, Notes notes) {
        Set<String> ids = offers.stream().map(ModelOffers.Offer::id).collect(Collectors.toSet());
        List<String> missing = provider.models().stream()
                .filter(ModelConfig::enabled)
                .map(ModelConfig::id)
                .filter(id -> !ids.contains(id))
                .toList();
        if (!missing.isEmpty()) {
            notes.say(
                    Ailment.MODEL_NOT_LISTED,
                    provider.id() + " does not list " + String.join(", ", missing),
                    "provider",
                    provider.id());
        }
    }

    private void tried(ProviderConfig provider, Notes notes) {
        if (!endpoints.hasSecret(provider)) {
            return;
        }
        Trial.Wish wish = new Trial.Wish(List.of(), 1, false, patience);
        var report =
                new Trial(endpoints.world(), premises.written(provider.id()).orElseThrow(), wish, _ -> {}).run();
        report.findings().stream()
                .filter(finding -> finding.verdict() == dev.sluice.cli.provider.Finding.Verdict.FAILED)
                .forEach(finding -> notes.say(
                        Ailment.TRIAL_FAILED,
                        provider.id() + ", " + finding.dialect().id() + " " + finding.model() + ": "
                                + finding.check().label() + ": " + finding.text(),
                        "provider",
                        provider.id()));
        if (report.isGood()) {
            notes.ok("provider-tried", provider.id() + " answers and calls a tool");
        }
    }
}
