package dev.sluice.cli.provider;

import dev.sluice.cli.provider.Finding.Check;
import dev.sluice.cli.provider.Finding.Verdict;
import dev.sluice.cli.provider.TrialReport.Learnt;
import dev.sluice.model.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What a trial knows so far: the provider as it is to be asked, and all that has been found.
final class TrialProgress {
    private final Consumer<Finding> listener;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Learnt> learnt = new ArrayList<>();
    private final List<Dialect> absent = new ArrayList<>();
    private TrialSubject subject;

    /// @param listener told each finding when it is there
    TrialProgress(TrialSubject subject, Consumer<Finding> listener) {
        this.subject = subject;
        this.listener = listener;
    }

    TrialSubject subject() {
        return subject;
    }

    /// From now on the provider is asked as that one.
    void ask(TrialSubject otherwise) {
        subject = otherwise;
    }

    void say(Dialect dialect, String model, Check check, Verdict verdict, String text) {
        Finding finding = new Finding(dialect, model, check, verdict, text);
        findings.add(finding);
        listener.accept(finding);
    }

    void learn(Learnt one) {
        learnt.add(one);
    }

    boolean knows(String model, String capability) {
        return learnt.stream()
                .anyMatch(one -> one.model().equals(model) && one.capability().equals(capability));
    }

    /// That dialect is configured and not spoken there.
    void miss(Dialect dialect) {
        absent.add(dialect);
    }

    TrialReport report() {
        return new TrialReport(findings, learnt, absent);
    }
}
