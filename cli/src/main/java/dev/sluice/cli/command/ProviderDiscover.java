package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.config.Applied;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.provider.ModelOffers.Listed;
import dev.sluice.cli.provider.ModelOffers.Offer;
import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.cli.provider.Trial;
import dev.sluice.cli.provider.Trials;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.core.ports.Credentials;
import dev.sluice.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "discover",
        mixinStandardHelpOptions = true,
        description = {
            "Ask a provider which models it has; with --add or --add-all, put them into the configuration, with the context"
                    + " windows and prices that its list tells.",
        })
final class ProviderDiscover implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Context context;

    @Parameters(paramLabel = "NAME", description = "A name of sluice provider list.")
    private String id = "";

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only models that have this in their id.")
    private @Nullable String filter;

    @Option(names = "--add", paramLabel = "ID", description = "Add this model; once for each.")
    private List<String> added = List.of();

    @Option(names = "--add-all", description = "Add every model that is listed here.")
    private boolean all;

    @Mixin
    private TrialSecret secret = new TrialSecret();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    ProviderDiscover(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        WorkingCopy copy;
        Credentials credentials;
        try (Holdings holdings = context.holdings()) {
            copy = WorkingCopy.of(holdings.versions().head());
            var _ = copy.provider(id);
            credentials = secret.find(context, holdings);
        }
        Json.Obj provider = copy.provider(id);
        List<Offer> offers = offers(provider, credentials);
        if (added.isEmpty() && !all) {
            show(provider, offers);
            return Exit.OK.code();
        }
        Json.Obj with = provider;
        for (Offer offer : chosen(offers)) {
            boolean isKnown = ProviderModels.find(provider, offer.id()).isPresent();
            with = isKnown ? with : ProviderModels.with(with, offer.model());
        }
        return written(copy.withProvider(with));
    }

    private List<Offer> offers(Json.Obj provider, Credentials credentials) {
        Trial.Wish wish = new Trial.Wish(List.of(), 1, false, PATIENCE);
        Trial trial = new Trial(
                Trials.overTheNetwork(credentials, context.surroundings().time()), provider, wish, _ -> {});
        return switch (trial.offers()) {
            case Listed.Models(List<Offer> offers, boolean isAll) -> {
                if (!isAll) {
                    context.report().note("the provider lists more than these " + offers.size());
                }
                yield filtered(offers);
            }
            case Listed.NoList(String why) ->
                throw CommandFailure.failed("the provider " + id + " gives no list of models: " + why
                        + ". Name them: sluice model add " + id + "/MODEL");
            case Listed.Refused(String why) ->
                throw CommandFailure.failed("the provider " + id + " refuses to list its models: " + why);
            case Listed.Unreached(String why) -> throw CommandFailure.failed(why);
        };
    }

    private List<Offer> filtered(List<Offer> offers) {
        if (filter == null) {
            return offers;
        }
        String wanted = filter.toLowerCase(Locale.ROOT);
        return offers.stream()
                .filter(offer -> offer.id().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
    }

    private List<Offer> chosen(List<Offer> offers) {
        if (all) {
            return offers;
        }
        List<Offer> chosen = new ArrayList<>();
        for (String wanted : added) {
            chosen.add(offers.stream()
                    .filter(offer -> offer.id().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> WorkingCopy.unknown(
                            "model in the provider's list called",
                            wanted,
                            offers.stream().map(Offer::id).toList(),
                            "sluice provider discover " + id)));
        }
        return chosen;
    }

    private int written(WorkingCopy after) {
        HeadChange headChange = new HeadChange(context, change, "provider discover " + id);
        try (Holdings holdings = context.holdings()) {
            Applied applied = headChange.apply(holdings, after);
            return headChange.show(holdings, applied);
        }
    }

    private void show(Json.Obj provider, List<Offer> offers) {
        Report report = context.report();
        if (context.common().json()) {
            report.json(Json.object()
                    .put("provider", id)
                    .put("models", Json.array(offers.stream().map(Offer::model).toList()))
                    .build());
            return;
        }
        report.table(
                List.of("MODEL", "CONTEXT", "OUTPUT", "USD PER MILLION", ""),
                offers.stream().map(offer -> row(provider, offer)).toList());
        report.note(offers.size() + (offers.size() == 1 ? " model" : " models") + "; add with --add ID, or --add-all");
    }

    private static List<String> row(Json.Obj provider, Offer offer) {
        Json.Obj price = offer.model().object("price");
        return List.of(
                offer.id(),
                number(offer.model().whole("contextWindow")),
                number(offer.model().whole("maxOutputTokens")),
                price == null ? "" : price.text("input", "") + " in, " + price.text("output", "") + " out",
                ProviderModels.find(provider, offer.id()).isPresent() ? "configured" : "");
    }

    private static String number(@Nullable Long number) {
        return number == null ? "" : Long.toString(number);
    }
}
