package dev.sluice.cli.guide;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.provider.NewLimit;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One more limit of a provider, or one that is there, changed or removed.
record LimitWizard(Stage stage, Desk desk, WorkingCopy copy) {
    static LimitWizard of(Stage stage, Desk desk) {
        return new LimitWizard(stage, desk, desk.look().copy());
    }

    /// @param known the id of one that is there; empty: a new one
    /// @param change of the known one
    private record Draft(
            String provider, String known, @Nullable Proposal change, LimitDraft limit) {
        Draft with(LimitDraft changed) {
            return new Draft(provider, known, change, changed);
        }

        boolean isNew() {
            return known.isEmpty();
        }

        WorkingCopy edit(WorkingCopy copy) {
            if (NewLimit.has(copy.provider(provider), limit.id())) {
                throw CommandFailure.usage("there is a limit " + limit.id() + " of " + provider + " already");
            }
            return copy.withProvider(NewLimit.with(copy.provider(provider), limit.json()));
        }

        Proposal proposal() {
            return change != null
                    ? change
                    : Proposal.of("guide: limit " + provider + " " + limit.id(), this::edit, limit.command(provider));
        }
    }

    Answer<Done> run() {
        List<Step<Draft>> steps = new ArrayList<>(List.of(this::provider, this::which, this::way));
        new LimitQuestions<Draft>(stage, draft -> copy.provider(draft.provider()), Draft::limit, Draft::with, false)
                .steps()
                .forEach(step -> steps.add(draft -> draft.isNew() ? step.ask(draft) : new Next.Skip<>(draft)));
        return Done.of(stage, desk, steps, new Draft("", "", null, LimitDraft.NONE), Draft::proposal);
    }

    private Next<Draft> provider(Draft draft) {
        return Next.of(
                stage.ask(Picker.one("A limit of which provider?", Menu.Text.NONE, Names.providers(copy))),
                ids -> new Draft(ids.getFirst(), "", null, draft.limit()));
    }

    private List<Json.Obj> limits(Draft draft) {
        return WorkingCopy.objects(copy.provider(draft.provider()).items("rateLimits"));
    }

    private Next<Draft> which(Draft draft) {
        Draft fresh = new Draft(draft.provider(), "", null, draft.limit());
        if (limits(draft).isEmpty()) {
            return new Next.Skip<>(fresh);
        }
        List<Row<String>> rows = new ArrayList<>(List.of(Row.of("", "Add a limit")));
        limits(draft)
                .forEach(limit -> rows.add(
                        Row.of(limit.text("id", ""), "Change " + limit.text("id", ""), LimitWays.said(limit))));
        return Next.of(
                stage.ask(Picker.one("Limits of " + draft.provider(), Menu.Text.NONE, rows)),
                ids -> new Draft(draft.provider(), ids.getFirst(), null, draft.limit()));
    }

    private Next<Draft> way(Draft draft) {
        if (draft.isNew()) {
            return new Next.Skip<>(draft);
        }
        Json.Obj limit = NewLimit.find(copy.provider(draft.provider()), draft.known());
        return Way.ask(
                stage,
                copy,
                "The limit " + draft.known() + " of " + draft.provider(),
                new LimitWays(draft.provider(), draft.known(), limit).all(),
                change -> new Draft(draft.provider(), draft.known(), change, draft.limit()));
    }
}
