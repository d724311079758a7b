package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Citation;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.TokenLogprob;
import dev.sluice.protocol.translate.TokensAhead;
import dev.sluice.protocol.translate.WholeCharacters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The text, refusal and reasoning blocks of an answer in progress: at most one is open.
final class ProseBlocks {
    private final BlockNumbers numbers;
    private final WholeCharacters characters = new WholeCharacters();
    private final Map<Opening, TokensAhead> ahead = new HashMap<>();
    private @Nullable Opening open;
    private int index;
    private boolean signed;
    private boolean refused;

    ProseBlocks(BlockNumbers numbers) {
        this.numbers = numbers;
    }

    /// The tokens of the next text of that kind.
    void weigh(Opening kind, List<TokenLogprob> tokens, Consumer<StreamEvent> out) {
        if (tokens.isEmpty()) {
            return;
        }
        TokensAhead waiting = ahead.computeIfAbsent(kind, any -> new TokensAhead());
        waiting.add(tokens);
        if (kind.equals(open)) {
            waiting.tell(index, out);
        }
    }

    /// Adds to the open block of that kind, or closes another kind's and opens one.
    void add(Opening kind, String text, Consumer<StreamEvent> out) {
        if (signed && !text.isEmpty()) {
            close(out);
        }
        open(kind, out);
        String whole = characters.take(text);
        if (!whole.isEmpty()) {
            out.accept(new StreamEvent.TextDelta(index, whole));
        }
    }

    private void open(Opening kind, Consumer<StreamEvent> out) {
        if (kind.equals(open)) {
            return;
        }
        close(out);
        open = kind;
        refused |= kind instanceof Opening.Refusal;
        index = numbers.next();
        out.accept(new StreamEvent.BlockOpened(index, kind));
        TokensAhead waiting = ahead.get(kind);
        if (waiting != null) {
            waiting.tell(index, out);
        }
    }

    /// Adds to the reasoning; a signature completes its block.
    void think(String text, @Nullable Signature signature, Consumer<StreamEvent> out) {
        if (text.isEmpty() && signature == null) {
            return;
        }
        add(Opening.REASONING, text, out);
        if (signature != null && !signed) {
            signed = true;
            out.accept(new StreamEvent.SignatureDelta(index, signature));
        }
    }

    void cite(Citation citation, Consumer<StreamEvent> out) {
        open(Opening.TEXT, out);
        out.accept(new StreamEvent.CitationDelta(index, citation));
    }

    void close(Consumer<StreamEvent> out) {
        if (open == null) {
            return;
        }
        String rest = characters.rest();
        if (!rest.isEmpty()) {
            out.accept(new StreamEvent.TextDelta(index, rest));
        }
        out.accept(new StreamEvent.BlockClosed(index));
        open = null;
        signed = false;
    }

    boolean refused() {
        return refused;
    }
}
