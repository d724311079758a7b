package dev.sluice.cli.guide;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Field;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.core.config.AliasConfig;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Aliases and the default model: one change of them.
record AliasWizard(Stage stage, Desk desk, Outlook outlook) {
    static AliasWizard of(Stage stage, Desk desk) {
        return new AliasWizard(stage, desk, desk.look());
    }

    /// What is done here.
    private enum Way {
        ADD,
        REMOVE,
        DEFAULT
    }

    /// @param name of the alias, or of the default model
    private record Draft(Way way, String name, List<String> refs, String strategy) {
        WorkingCopy edit(WorkingCopy copy) {
            return switch (way) {
                case ADD -> added(copy);
                case REMOVE -> copy.withoutAlias(name);
                case DEFAULT ->
                    name.isEmpty() ? copy.without("defaultModel") : copy.with("defaultModel", Json.of(name));
            };
        }

        private WorkingCopy added(WorkingCopy copy) {
            if (copy.aliases().containsKey(name)) {
                throw CommandFailure.usage("there is an alias " + name + " already");
            }
            return copy.withAlias(name, Naming.alias(refs, strategy));
        }

        Proposal proposal() {
            return switch (way) {
                case ADD -> Proposal.of("guide: alias " + name, this::edit, Naming.command(name, refs, strategy));
                case REMOVE ->
                    Proposal.removal(
                            "guide: alias remove " + name, this::edit, List.of("alias", "remove", name, "--cascade"));
                case DEFAULT ->
                    Proposal.of(
                            "guide: model default",
                            this::edit,
                            List.of("model", "default", name.isEmpty() ? "--none" : name));
            };
        }
    }

    Answer<Done> run() {
        if (Names.of(outlook.copy()).isEmpty()) {
            throw CommandFailure.failed("no model is named yet that an alias could lead to: begin with Models");
        }
        Draft first = new Draft(Way.ADD, "", List.of(), "auto");
        return Done.of(
                stage, desk, List.of(this::way, this::name, this::targets, this::strategy), first, Draft::proposal);
    }

    private Next<Draft> way(Draft draft) {
        List<Row<Way>> rows = new ArrayList<>(List.of(
                Row.of(Way.ADD, "Add an alias", "one name for one or several models"),
                Row.of(
                        Way.DEFAULT,
                        "Choose the default model",
                        outlook.copy().document().text("defaultModel", ""))));
        if (!outlook.copy().aliases().isEmpty()) {
            rows.add(Row.of(Way.REMOVE, "Remove an alias"));
        }
        return Next.of(
                stage.ask(Menu.of("Aliases and the default model", Menu.Text.NONE, rows)),
                way -> new Draft(way, "", List.of(), "auto"));
    }

    private Next<Draft> name(Draft draft) {
        return switch (draft.way()) {
            case ADD -> typed(draft);
            case REMOVE ->
                picked(
                        draft,
                        "Which alias?",
                        outlook.copy().aliases().keySet().stream()
                                .map(name -> Row.of(name, name))
                                .toList());
            case DEFAULT -> picked(draft, "Which one is the default model?", defaults());
        };
    }

    private List<Row<String>> defaults() {
        List<Row<String>> rows = new ArrayList<>(Names.of(outlook.copy()));
        if (outlook.copy().document().has("defaultModel")) {
            rows.add(Row.of("", "None", "a request that names no model is refused"));
        }
        return rows;
    }

    private Next<Draft> picked(Draft draft, String title, List<Row<String>> rows) {
        return Next.of(
                stage.ask(Picker.one(title, Menu.Text.NONE, rows)),
                names -> new Draft(draft.way(), names.getFirst(), List.of(), "auto"));
    }

    private Next<Draft> typed(Draft draft) {
        Field field = Field.of(
                "A new alias",
                Menu.Text.of("What tools will ask for, such as coding; a * in it stands for any characters, such as"
                        + " claude-*."),
                "Name",
                this::problem);
        return Next.of(
                stage.ask(field.holding(draft.name())),
                name -> new Draft(Way.ADD, name, draft.refs(), draft.strategy()));
    }

    /// Asked with a target that is there for sure: the demo's.
    private Optional<String> problem(String name) {
        List<String> refs =
                Names.models(outlook.copy()).stream().map(Row::value).limit(1).toList();
        return Fit.problem(() -> new Draft(Way.ADD, name, refs, "auto").edit(outlook.copy()));
    }

    private Next<Draft> targets(Draft draft) {
        if (draft.way() != Way.ADD) {
            return new Next.Skip<>(draft);
        }
        return Next.of(
                stage.ask(Picker.several(
                        "Where " + draft.name() + " leads",
                        Menu.Text.of("In the order in which you mark them."),
                        Names.of(outlook.copy()),
                        1)),
                refs -> new Draft(Way.ADD, draft.name(), refs, draft.strategy()));
    }

    private Next<Draft> strategy(Draft draft) {
        if (draft.way() != Way.ADD || draft.refs().size() < 2) {
            return new Next.Skip<>(draft);
        }
        List<Row<String>> rows = Arrays.stream(AliasConfig.Strategy.values())
                .map(strategy -> Row.of(strategy.id(), strategy.id(), said(strategy)))
                .toList();
        return Next.of(
                stage.ask(
                        Menu.of("How they share the load", Menu.Text.NONE, rows).at("auto")),
                strategy -> new Draft(Way.ADD, draft.name(), draft.refs(), strategy));
    }

    private static String said(AliasConfig.Strategy strategy) {
        return switch (strategy) {
            case ORDERED -> "the first that can, in your order";
            case AUTO -> "Sluice looks at limits, health and speed";
            default -> "";
        };
    }
}
