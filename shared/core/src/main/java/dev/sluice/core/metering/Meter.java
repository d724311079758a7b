package dev.sluice.core.metering;

import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Usage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Listens to one attempt's events: what was used, whether content began, how it ended.
public final class Meter implements Consumer<StreamEvent> {
    private static final int BYTES_PER_TOKEN = 4;

    private Usage usage = Usage.NONE;
    private boolean content;
    private Runnable firstContent = () -> {};
    private long textBytes;
    private long deltas;
    private long unreadTokens;
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
            case StreamEvent.TextDelta(int _, String text) -> said(text);
            case StreamEvent.ArgumentsDelta(int _, String text) -> said(text);
            case StreamEvent.Delta _, StreamEvent.Started _, StreamEvent.BlockOpened _, StreamEvent.BlockClosed _ -> {}
        }
    }

    private void said(String text) {
        deltas++;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            textBytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
    }

    /// So many tokens, by estimate, went to the client without being told as events.
    public void passed(long tokens) {
        unreadTokens = tokens;
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

    /// As reported.
    public Usage usage() {
        return usage;
    }

    /// As reported, but of an answer that was cut no less output than went through, by estimate: the provider counts it
    /// at the end only, and no limit shall be escaped by leaving before.
    public Usage used() {
        if (finish != null || !usage.isReported()) {
            return usage;
        }
        long streamed = Math.max(unreadTokens, Math.max(deltas, textBytes / BYTES_PER_TOKEN));
        return streamed <= usage.outputOr0() ? usage : usage.overriddenBy(output(streamed));
    }

    private static Usage output(long tokens) {
        return new Usage(null, null, null, null, tokens, null, null, null);
    }
}
