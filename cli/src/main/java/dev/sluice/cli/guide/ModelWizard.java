package dev.sluice.cli.guide;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.provider.ModelOffers.Listed;
import dev.sluice.cli.provider.ModelOffers.Offer;
import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.cli.provider.Trial;
import dev.sluice.cli.provider.Trials;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.cli.terminal.Style;
import dev.sluice.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// More models of a provider that is there, chosen from what it lists; or one that is named, changed or removed.
record ModelWizard(Stage stage, Desk desk, Outlook outlook) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static ModelWizard of(Stage stage, Desk desk) {
        return new ModelWizard(stage, desk, desk.look());
    }

    /// @param known one that is named; empty: more of them
    /// @param change of the known one
    private record Draft(
            String provider, String known, @Nullable Proposal change, List<Offer> offers, List<Offer> chosen) {
        static Draft more(String provider, List<Offer> offers, List<Offer> chosen) {
            return new Draft(provider, "", null, offers, chosen);
        }

        WorkingCopy edit(WorkingCopy copy) {
            Json.Obj with = copy.provider(provider);
            for (Offer offer : chosen) {
                boolean isKnown = ProviderModels.find(with, offer.id()).isPresent();
                with = isKnown ? with : ProviderModels.with(with, offer.model());
            }
            return copy.withProvider(with);
        }

        Proposal proposal() {
            if (change != null) {
                return change;
            }
            List<String> discover = new ArrayList<>(List.of("provider", "discover", provider));
            chosen.forEach(offer -> discover.addAll(List.of("--add", offer.id())));
            return Proposal.of("guide: models of " + provider, this::edit, discover);
        }
    }

    Answer<Done> run() {
        Draft first = Draft.more("", List.of(), List.of());
        List<Step<Draft>> steps = List.of(
                this::provider,
                this::which,
                draft -> draft.known().isEmpty() ? listed(draft) : way(draft),
                draft -> draft.known().isEmpty() ? chosen(draft) : new Next.Skip<>(draft));
        return Done.of(stage, desk, steps, first, Draft::proposal);
    }

    private Next<Draft> provider(Draft draft) {
        return Next.of(
                stage.ask(Picker.one("Models of which provider?", Menu.Text.NONE, Names.providers(outlook.copy()))),
                ids -> Draft.more(ids.getFirst(), List.of(), List.of()));
    }

    private Next<Draft> which(Draft draft) {
        List<String> named = ProviderModels.ids(outlook.copy().provider(draft.provider()));
        if (named.isEmpty()) {
            return new Next.Skip<>(Draft.more(draft.provider(), List.of(), List.of()));
        }
        List<Row<String>> rows = new ArrayList<>(List.of(Row.of("", "Name more of what it has")));
        named.forEach(id -> rows.add(Row.of(id, "Change " + id)));
        return Next.of(
                stage.ask(Picker.one("Models of " + draft.provider(), Menu.Text.NONE, rows)),
                ids -> new Draft(draft.provider(), ids.getFirst(), null, List.of(), List.of()));
    }

    private Next<Draft> way(Draft draft) {
        return Way.ask(
                stage,
                outlook.copy(),
                "The model " + draft.provider() + "/" + draft.known(),
                ModelWays.of(outlook.copy(), draft.provider(), draft.known()).all(),
                change -> new Draft(draft.provider(), draft.known(), change, List.of(), List.of()));
    }

    private Next<Draft> listed(Draft draft) {
        Json.Obj provider = outlook.copy().provider(draft.provider());
        Secret secret = switch (provider.field("credential")) {
            case Json.Str(String name) -> new Secret.Kept(name);
            case Json.Obj variable -> new Secret.Variable(variable.text("env", ""));
            case null, default -> new Secret.None();
        };
        Trial.Wish wish = new Trial.Wish(List.of(), 1, false, PATIENCE);
        Answer<Listed> answer = stage.during(
                "Asking " + draft.provider() + " for its models",
                _ -> () -> new Trial(
                                Trials.overTheNetwork(
                                        desk.secrets(secret),
                                        desk.surroundings().time()),
                                provider,
                                wish,
                                _ -> {})
                        .offers());
        return Next.to(answer, listed -> switch (listed) {
            case Listed.Models(List<Offer> offers, boolean _) ->
                new Next.Skip<>(Draft.more(draft.provider(), unknown(provider, offers), List.of()));
            case Listed.NoList(String why) -> unlisted(draft, why);
            case Listed.Refused(String why) -> unlisted(draft, why);
            case Listed.Unreached(String why) -> unlisted(draft, why);
        });
    }

    private static List<Offer> unknown(Json.Obj provider, List<Offer> offers) {
        return offers.stream()
                .filter(offer -> ProviderModels.find(provider, offer.id()).isEmpty())
                .toList();
    }

    private Next<Draft> unlisted(Draft draft, String why) {
        Menu<Boolean> menu = Menu.of(
                "No list of models",
                Wording.styled(why, Style.WARN)
                        .and(Menu.Text.of(
                                "Name a model yourself: sluice model add " + draft.provider() + "/MODEL", "")),
                List.of(Row.of(true, "Try it again"), Row.of(false, "Back")));
        return Next.to(stage.ask(menu), isAgain -> isAgain ? new Next.Again<>(draft) : new Next.Back<>());
    }

    private Next<Draft> chosen(Draft draft) {
        if (draft.offers().isEmpty()) {
            throw CommandFailure.failed(draft.provider() + " lists no model that is not named already");
        }
        return Next.of(
                stage.ask(Picker.several(
                        "Models of " + draft.provider(),
                        Menu.Text.NONE,
                        draft.offers().stream()
                                .map(offer -> Row.of(offer, offer.id(), ModelQuestions.said(offer.model())))
                                .toList(),
                        1)),
                models -> Draft.more(draft.provider(), draft.offers(), models));
    }
}
