package dev.sluice.cli.guide;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.provider.NewLimit;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Stage;
import java.util.ArrayList;
import java.util.List;

/// One more limit of a provider.
record LimitWizard(Stage stage, Desk desk, Outlook outlook) {
    static LimitWizard of(Stage stage, Desk desk) {
        return new LimitWizard(stage, desk, desk.look());
    }

    private record Draft(String provider, LimitDraft limit) {
        Draft with(LimitDraft changed) {
            return new Draft(provider, changed);
        }

        WorkingCopy edit(WorkingCopy copy) {
            if (NewLimit.has(copy.provider(provider), limit.id())) {
                throw CommandFailure.usage("there is a limit " + limit.id() + " of " + provider + " already");
            }
            return copy.withProvider(NewLimit.with(copy.provider(provider), limit.json()));
        }

        Proposal proposal() {
            return Proposal.of("guide: limit " + provider + " " + limit.id(), this::edit, limit.command(provider));
        }
    }

    Answer<Done> run() {
        List<Step<Draft>> steps = new ArrayList<>(List.of(this::provider));
        steps.addAll(new LimitQuestions<Draft>(
                        stage, draft -> outlook.copy().provider(draft.provider()), Draft::limit, Draft::with, false)
                .steps());
        return Done.of(stage, desk, steps, new Draft("", LimitDraft.NONE), Draft::proposal);
    }

    private Next<Draft> provider(Draft draft) {
        return Next.of(
                stage.ask(Picker.one("A limit of which provider?", Menu.Text.NONE, Names.providers(outlook.copy()))),
                ids -> new Draft(ids.getFirst(), draft.limit()));
    }
}
