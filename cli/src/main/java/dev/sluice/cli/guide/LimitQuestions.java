package dev.sluice.cli.guide;

import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.provider.LimitWindow;
import dev.sluice.cli.provider.NewLimit;
import dev.sluice.cli.terminal.Field;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The questions about a limit, which more than one wizard asks.
///
/// @param provider its object as it would be saved, without this limit
/// @param limit what is known of the limit
/// @param with the wizard's state with another limit
/// @param mayBeNone whether no limit is an answer
record LimitQuestions<S>(
        Stage stage,
        Function<S, Json.Obj> provider,
        Function<S, LimitDraft> limit,
        BiFunction<S, LimitDraft, S> with,
        boolean mayBeNone) {
    private static final String OTHER = "other";

    List<Step<S>> steps() {
        return List.of(this::window, this::otherWindow, this::cap, this::amount);
    }

    private Next<S> window(S state) {
        List<Row<String>> rows = new ArrayList<>();
        if (mayBeNone) {
            rows.add(Row.of("", "No limit", "its own limits hold anyway"));
        }
        rows.add(Row.of("5h", "5 hours", "as many subscriptions count"));
        rows.add(Row.of("day", "a day"));
        rows.add(Row.of("month", "a month"));
        rows.add(Row.of(OTHER, "another window"));
        Menu.Text text = Menu.Text.of(
                "How much of it may be used? What is full is skipped, and the next target answers. Windows are in UTC.",
                "");
        return Next.of(
                stage.ask(Menu.of("A limit of " + name(state), text, rows)),
                window -> with.apply(state, new LimitDraft(window, "", "")));
    }

    private String name(S state) {
        return provider.apply(state).text("id", "");
    }

    private Next<S> otherWindow(S state) {
        if (!limit.apply(state).window().equals(OTHER)) {
            return new Next.Skip<>(state);
        }
        Field field = Field.of(
                "A limit of " + name(state),
                Menu.Text.of("A number and a unit, such as 1w, 7day, 12h or month:1."),
                "Window",
                typed -> LimitWindow.parse(typed).isPresent()
                        ? Optional.empty()
                        : Optional.of("write " + LimitWindow.FORM));
        return Next.of(stage.ask(field), window -> with.apply(state, new LimitDraft(window, "", "")));
    }

    private Next<S> cap(S state) {
        LimitDraft draft = limit.apply(state);
        if (draft.isNone()) {
            return new Next.Skip<>(state);
        }
        List<Row<String>> rows = List.of(
                Row.of("requests", "Requests"),
                Row.of("tokens", "Tokens", "in and out"),
                Row.of("usd", "US dollars", "by the prices that the configuration knows"));
        return Next.of(
                stage.ask(Menu.of("What is counted? (window: " + draft.window() + ")", Menu.Text.NONE, rows)),
                what -> with.apply(state, draft.capped(what)));
    }

    private Next<S> amount(S state) {
        LimitDraft draft = limit.apply(state);
        if (draft.isNone()) {
            return new Next.Skip<>(state);
        }
        Field field = Field.of(
                "At most how many? (window: " + draft.window() + ")",
                Menu.Text.of(draft.cap().equals("usd") ? "US dollars, such as 25 or 12.50." : "A whole number."),
                draft.cap(),
                typed -> problem(provider.apply(state), draft.at(typed)));
        return Next.of(stage.ask(field), typed -> with.apply(state, draft.at(typed)));
    }

    private static Optional<String> problem(Json.Obj provider, LimitDraft draft) {
        if (NewLimit.has(provider, draft.id())) {
            return Optional.of("there is a limit " + draft.id() + " of this provider already (sluice limit edit)");
        }
        return Fit.problem(provider.without("credential"), NewLimit::with, draft.json());
    }
}
