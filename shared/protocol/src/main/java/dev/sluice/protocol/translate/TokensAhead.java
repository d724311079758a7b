package dev.sluice.protocol.translate;

import dev.sluice.model.StreamEvent;
import dev.sluice.model.TokenLogprob;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The tokens of a text that has not come yet: a decoder holds them until the text's block is open, an encoder until it can
/// write them beside the text. Not thread-safe.
public final class TokensAhead {
    private final List<TokenLogprob> waiting = new ArrayList<>(0);

    public void add(List<TokenLogprob> tokens) {
        waiting.addAll(tokens);
    }

    /// Those that wait, which wait no more.
    public List<TokenLogprob> take() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<TokenLogprob> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    /// Tells those that wait as tokens of an open block.
    public void tell(int index, Consumer<StreamEvent> out) {
        if (!waiting.isEmpty()) {
            out.accept(new StreamEvent.LogprobsDelta(index, take()));
        }
    }
}
