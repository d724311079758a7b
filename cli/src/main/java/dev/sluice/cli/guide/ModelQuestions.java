package dev.sluice.cli.guide;

import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.provider.Finding;
import dev.sluice.cli.provider.ModelOffers.Listed;
import dev.sluice.cli.provider.ModelOffers.Offer;
import dev.sluice.cli.provider.Trial;
import dev.sluice.cli.provider.TrialReport;
import dev.sluice.cli.provider.Trials;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Field;
import dev.sluice.cli.terminal.Line;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.cli.terminal.Style;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Which models a new provider has, which of them are named, and whether they answer.
record ModelQuestions(Stage stage, Desk desk) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_TRIED = 2;

    /// What to do when something did not work.
    private enum Then {
        AGAIN,
        BACK,
        GO_ON
    }

    List<Step<ProviderDraft>> steps() {
        return List.of(this::listed, this::chosen, this::tried);
    }

    private Trial trial(ProviderDraft draft, Consumer<Finding> progress) {
        List<String> models = draft.chosen().stream().map(Offer::id).toList();
        Trial.Wish wish = new Trial.Wish(models, MOST_TRIED, true, PATIENCE);
        return new Trial(
                Trials.overTheNetwork(
                        desk.secrets(draft.secret()), desk.surroundings().time()),
                draft.subject(),
                wish,
                progress);
    }

    private Next<ProviderDraft> listed(ProviderDraft draft) {
        Answer<Listed> answer = stage.during("Asking " + draft.account().id() + " for its models", tell -> {
            tell.accept("GET the list of models");
            return () -> trial(draft.choosing(List.of()), _ -> {}).offers();
        });
        return Next.to(answer, listed -> switch (listed) {
            case Listed.Models(List<Offer> offers, boolean _) -> new Next.Skip<>(draft.listing(offers));
            case Listed.NoList(String why) -> unlisted(draft, "It gives no list of its models: " + why + ".");
            case Listed.Refused(String why) -> unlisted(draft, "It refuses to list its models: " + why + ".");
            case Listed.Unreached(String why) -> unlisted(draft, why + ".");
        });
    }

    private Next<ProviderDraft> unlisted(ProviderDraft draft, String why) {
        List<Row<Then>> rows = List.of(
                Row.of(Then.AGAIN, "Try it again"),
                Row.of(Then.BACK, "Change what was said", "one step back"),
                Row.of(Then.GO_ON, "Go on all the same", "and name models by hand"));
        Menu<Then> menu = Menu.of(
                "No list of models",
                Wording.styled(why, Style.WARN)
                        .and(Menu.Text.of(
                                "Any model it has is reached as "
                                        + draft.account().id() + "/MODEL in any case.",
                                "")),
                rows);
        return Next.to(stage.ask(menu), then -> switch (then) {
            case AGAIN -> new Next.Again<>(draft);
            case BACK -> new Next.Back<>();
            case GO_ON -> new Next.Forward<>(draft.listing(null));
        });
    }

    private Next<ProviderDraft> chosen(ProviderDraft draft) {
        List<Offer> offers = draft.offers();
        if (offers == null) {
            return typed(draft);
        }
        List<Row<Offer>> rows = offers.stream()
                .map(offer -> Row.of(offer, offer.id(), said(offer.model())))
                .toList();
        Menu.Text text =
                Menu.Text.of("Mark those that you will use: they appear in tools' lists. Any other is still reached as "
                        + draft.account().id() + "/MODEL.");
        return Next.of(stage.ask(Picker.several("Models of " + draft.account().id(), text, rows, 0)), draft::choosing);
    }

    /// What a list says of a model, in a few words.
    static String said(Json.Obj model) {
        List<String> said = new ArrayList<>();
        Long window = model.whole("contextWindow");
        if (window != null) {
            said.add(window >= 1000 ? window / 1000 + "k" : window.toString());
        }
        Json.Obj price = model.object("price");
        if (price != null) {
            said.add("$" + price.text("input", "?") + " in, $" + price.text("output", "?") + " out");
        }
        return String.join("  ", said);
    }

    private Next<ProviderDraft> typed(ProviderDraft draft) {
        Field field = Field.of(
                "Models of " + draft.account().id(),
                Menu.Text.of("As the provider calls them, with spaces between; none is fine, too."),
                "Models",
                text -> words(text)
                        .filter(word -> !ModelConfig.isName(word))
                        .findFirst()
                        .map(word -> word + " is no model's name"));
        return Next.of(
                stage.ask(field.holding(
                        String.join(" ", draft.chosen().stream().map(Offer::id).toList()))),
                text -> draft.choosing(words(text).map(ModelQuestions::bare).toList()));
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).distinct();
    }

    private static Offer bare(String id) {
        return new Offer(id, Json.object().put("id", id).build());
    }

    private Next<ProviderDraft> tried(ProviderDraft draft) {
        int models = Math.min(draft.chosen().size(), MOST_TRIED);
        Menu<Boolean> menu = Menu.yesNo(
                "Try it now?",
                Menu.Text.of(
                        "Sends two short requests for "
                                + (models == 0 ? "a model or two" : models == 1 ? "one model" : models + " models")
                                + " in each dialect, at the provider's price, and once a made-up secret, which must be"
                                + " refused.",
                        ""),
                "Yes, try it",
                "No, go on");
        return Next.to(stage.ask(menu), isWanted -> isWanted ? shown(draft) : new Next.Forward<>(draft.tried(null)));
    }

    private Next<ProviderDraft> shown(ProviderDraft draft) {
        Answer<TrialReport> answer = stage.during("Trying " + draft.account().id(), tell -> {
            Trial trial = trial(draft, finding -> tell.accept(text(finding)));
            return trial::run;
        });
        return switch (answer) {
            case Answer.Back<TrialReport> _ -> new Next.Again<>(draft);
            case Answer.Leave<TrialReport> _ -> new Next.Leave<>();
            case Answer.Given<TrialReport>(TrialReport report) -> outcome(draft, report);
        };
    }

    private Next<ProviderDraft> outcome(ProviderDraft draft, TrialReport report) {
        List<Row<Then>> rows = report.isGood()
                ? List.of(Row.of(Then.GO_ON, "Go on"), Row.of(Then.BACK, "Back"))
                : List.of(
                        Row.of(Then.BACK, "Change what was said", "one step back"),
                        Row.of(Then.AGAIN, "Try it again"),
                        Row.of(Then.GO_ON, "Keep it as it is, and go on"));
        String title = report.isGood() ? "It works" : "Not everything works";
        return Next.to(stage.ask(Menu.of(title, findings(report), rows)), then -> switch (then) {
            case AGAIN -> shown(draft);
            case BACK -> new Next.Back<>();
            case GO_ON -> new Next.Forward<>(draft.tried(report));
        });
    }

    private static Menu.Text findings(TrialReport report) {
        return width -> {
            List<Line> lines = new ArrayList<>();
            for (Finding finding : report.findings()) {
                Style style = switch (finding.verdict()) {
                    case OK -> Style.GOOD;
                    case NOTED -> Style.WARN;
                    case SKIPPED -> Style.DIM;
                    case FAILED -> Style.BAD;
                };
                lines.addAll(Line.wrapped(text(finding), style, width, "      "));
            }
            if (report.hasLearnt()) {
                lines.add(Line.of("What was learnt from it goes into the review."));
            }
            return lines;
        };
    }

    private static String text(Finding finding) {
        return finding.verdict().label() + "  " + finding.dialect().id() + "  "
                + finding.check().label() + "  " + (finding.model().isEmpty() ? "" : finding.model() + ": ")
                + finding.text();
    }
}
