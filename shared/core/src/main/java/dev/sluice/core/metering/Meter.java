package dev.sluice.core.metering;

import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Usage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Listens to one attempt's events: what was used, whether content began, how it ended.
public final class Meter implements Consumer<StreamEvent> {
    private Usage usage = Usage.NONE;
    private boolean content;
    private Runnable firstContent = () -> {};
    private @Nullable Finish finish;
    private @Nullable Failure failure;

    @Override
    public void accept(StreamEvent event) {
        if (!content && event.isContent()) {
            content = true;
            firstContent.run();
        }
        switch (event) {
            case StreamEvent.UsageReported(Usage report) -> usage = usage.overriddenBy(report);
            case StreamEvent.Finished(Finish how) -> finish = how;
            case StreamEvent.Failed(Failure why) -> failure = why;
            case StreamEvent.Started _, StreamEvent.BlockOpened _, StreamEvent.Delta _, StreamEvent.BlockClosed _ -> {}
        }
    }

    /// Told at the first content, in its thread.
    public void onFirstContent(Runnable told) {
        firstContent = told;
    }

    /// Whether something was heard that belongs to the client: after it nothing is retried.
    public boolean heardContent() {
        return content;
    }

    public boolean isOver() {
        return finish != null || failure != null;
    }

    public @Nullable Failure failure() {
        return failure;
    }

    public @Nullable Finish finish() {
        return finish;
    }

    public Usage usage() {
        return usage;
    }
}
