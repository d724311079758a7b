package dev.sluice.cli.guide;

import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Stage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A provider that is there, changed or removed.
record ProviderChange(Stage stage, Desk desk, WorkingCopy copy) {
    static ProviderChange of(Stage stage, Desk desk) {
        return new ProviderChange(stage, desk, desk.look().copy());
    }

    private record Draft(String provider, @Nullable Proposal proposal) {
        Proposal proposed() {
            return Objects.requireNonNull(proposal);
        }
    }

    Answer<Done> run() {
        return Done.of(stage, desk, List.of(this::provider, this::way), new Draft("", null), Draft::proposed);
    }

    private Next<Draft> provider(Draft draft) {
        return Next.of(
                stage.ask(Picker.one("Which provider?", Menu.Text.NONE, Names.providers(copy))),
                ids -> new Draft(ids.getFirst(), null));
    }

    private Next<Draft> way(Draft draft) {
        List<Way> ways = new ProviderWays(draft.provider(), copy.provider(draft.provider())).all();
        return Way.ask(
                stage,
                copy,
                "The provider " + draft.provider(),
                ways,
                proposal -> new Draft(draft.provider(), proposal));
    }
}
