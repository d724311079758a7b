package dev.sluice.cli.guide;

import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Stage;
import java.util.ArrayList;
import java.util.List;

/// From the choice of a provider to its one new version: address, secret, models, trial, names, a limit, review.
record ProviderWizard(Stage stage, Desk desk) {
    Answer<Done> run() {
        Outlook outlook = desk.look();
        List<Step<ProviderDraft>> steps = new ArrayList<>();
        steps.addAll(new AccountQuestions(stage, outlook).steps());
        steps.addAll(new SecretQuestions(stage, outlook).steps());
        steps.addAll(new ModelQuestions(stage, desk).steps());
        steps.addAll(new NamingQuestions(stage, outlook).steps());
        steps.addAll(new LimitQuestions<ProviderDraft>(
                        stage, ProviderDraft::subject, ProviderDraft::limit, ProviderDraft::with, true)
                .steps());
        return Done.of(stage, desk, steps, ProviderDraft.EMPTY, ProviderDraft::proposal);
    }
}
