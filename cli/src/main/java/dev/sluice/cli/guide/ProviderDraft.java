package dev.sluice.cli.guide;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.provider.ModelOffers.Offer;
import dev.sluice.cli.provider.NewLimit;
import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.cli.provider.TrialReport;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that the wizard for a provider has been told so far.
///
/// @param offers what the provider lists; null: it lists nothing
/// @param report of the last trial; null: there was none
record ProviderDraft(
        Account account,
        SecretPlace place,
        Secret secret,
        @Nullable List<Offer> offers,
        List<Offer> chosen,
        @Nullable TrialReport report,
        Naming naming,
        LimitDraft limit) {
    static final ProviderDraft EMPTY = new ProviderDraft(
            Account.NONE, SecretPlace.NONE, new Secret.None(), null, List.of(), null, Naming.NONE, LimitDraft.NONE);

    /// Where the secret is to come from, before it is typed.
    enum SecretPlace {
        NONE,
        TYPED,
        VARIABLE,
        KEPT
    }

    ProviderDraft with(Account changed) {
        return new ProviderDraft(changed, place, secret, offers, chosen, report, naming, limit);
    }

    ProviderDraft with(SecretPlace changed) {
        return new ProviderDraft(account, changed, new Secret.None(), offers, chosen, report, naming, limit);
    }

    ProviderDraft with(Secret changed) {
        return new ProviderDraft(account, place, changed, offers, chosen, report, naming, limit);
    }

    /// What the provider lists; nothing is chosen of it, and nothing tried.
    ProviderDraft listing(@Nullable List<Offer> listed) {
        return new ProviderDraft(account, place, secret, listed, List.of(), null, naming, limit);
    }

    ProviderDraft choosing(List<Offer> models) {
        return new ProviderDraft(account, place, secret, offers, models, null, naming, limit);
    }

    ProviderDraft tried(@Nullable TrialReport shown) {
        return new ProviderDraft(account, place, secret, offers, chosen, shown, naming, limit);
    }

    ProviderDraft with(Naming changed) {
        return new ProviderDraft(account, place, secret, offers, chosen, report, changed, limit);
    }

    ProviderDraft with(LimitDraft changed) {
        return new ProviderDraft(account, place, secret, offers, chosen, report, naming, changed);
    }

    /// The provider as it would be tried: with what was chosen, without what a trial has learnt.
    Json.Obj subject() {
        Json.Obj provider = secret.in(account.json());
        for (Offer offer : chosen) {
            provider = ProviderModels.with(provider, offer.model());
        }
        return provider;
    }

    private Json.Obj provider() {
        Json.Obj provider = report == null ? subject() : report.applied(subject());
        return limit.isNone() ? provider : NewLimit.with(provider, limit.json());
    }

    List<String> refs() {
        return chosen.stream().map(offer -> account.id() + "/" + offer.id()).toList();
    }

    WorkingCopy edit(WorkingCopy copy) {
        if (copy.hasProvider(account.id())) {
            throw CommandFailure.usage("there is a provider " + account.id() + " already: give this one another name");
        }
        return naming.edit(copy.withProvider(provider()), refs());
    }

    Proposal proposal() {
        Optional<Secret.Typed> typed = secret instanceof Secret.Typed given ? Optional.of(given) : Optional.empty();
        return new Proposal("guide: provider " + account.id(), this::edit, typed, commands());
    }

    private List<List<String>> commands() {
        List<List<String>> all = new ArrayList<>(List.of(account.command(secret)));
        if (offers != null && !chosen.isEmpty()) {
            List<String> discover = new ArrayList<>(List.of("provider", "discover", account.id()));
            chosen.forEach(offer -> discover.addAll(List.of("--add", offer.id())));
            all.add(discover);
        } else {
            chosen.forEach(offer -> all.add(List.of("model", "add", account.id() + "/" + offer.id())));
        }
        if (report != null && report.hasLearnt()) {
            all.add(List.of("provider", "test", account.id(), "--write"));
        }
        all.addAll(naming.commands(refs()));
        if (!limit.isNone()) {
            all.add(limit.command(account.id()));
        }
        return all;
    }
}
