package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Citation;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.TokenLogprob;
import dev.sluice.protocol.translate.PropertyText;
import dev.sluice.protocol.translate.TokensAhead;
import dev.sluice.protocol.translate.WholeCharacters;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// One block of a provider's stream. What comes in pieces and then again as a whole is told once.
final class BlockInProgress {
    private final Opening opening;
    private final IntSupplier numbers;
    private final @Nullable PropertyText text;
    private final WholeCharacters characters = new WholeCharacters();
    private final TokensAhead ahead = new TokensAhead();
    private int index = -1;
    private int received;
    private int cited;
    private int weighed;
    private boolean closed;

    /// @param numbers hands out the indexes of blocks
    /// @param text reads a custom tool's text out of the arguments; null where they are the text
    BlockInProgress(Opening opening, IntSupplier numbers, @Nullable PropertyText text) {
        this.opening = opening;
        this.numbers = numbers;
        this.text = text;
    }

    /// A block that nobody hears of: for pieces that belong to none.
    static BlockInProgress unheard(Opening opening) {
        BlockInProgress block = new BlockInProgress(opening, () -> 0, null);
        block.closed = true;
        return block;
    }

    boolean isOpened() {
        return index >= 0;
    }

    boolean isRefusal() {
        return isOpened() && opening instanceof Opening.Refusal;
    }

    /// How many characters have come.
    int received() {
        return received;
    }

    void open(Consumer<StreamEvent> out) {
        if (index < 0) {
            index = numbers.getAsInt();
            out.accept(new StreamEvent.BlockOpened(index, opening));
            ahead.tell(index, out);
        }
    }

    void add(String piece, Consumer<StreamEvent> out) {
        if (closed || piece.isEmpty()) {
            return;
        }
        open(out);
        received += piece.length();
        tell(characters.take(text == null ? piece : text.feed(piece)), out);
    }

    /// The tokens of the text that comes next.
    void weigh(List<TokenLogprob> tokens, Consumer<StreamEvent> out) {
        weighed += tokens.size();
        if (!closed) {
            ahead.add(tokens);
            if (index >= 0) {
                ahead.tell(index, out);
            }
        }
    }

    /// Adds the tokens beyond those that came with the pieces.
    void weighWhole(List<TokenLogprob> tokens, Consumer<StreamEvent> out) {
        weigh(tokens.subList(Math.min(weighed, tokens.size()), tokens.size()), out);
    }

    /// Adds what the whole holds beyond the pieces that came.
    void complete(String whole, Consumer<StreamEvent> out) {
        if (whole.length() > received) {
            add(whole.substring(received), out);
        }
    }

    void cite(Citation citation, Consumer<StreamEvent> out) {
        if (!closed) {
            open(out);
            cited++;
            out.accept(new StreamEvent.CitationDelta(index, citation));
        }
    }

    /// Adds the citations beyond those that came one by one.
    void complete(List<Citation> citations, Consumer<StreamEvent> out) {
        for (Citation citation : citations.subList(Math.min(cited, citations.size()), citations.size())) {
            cite(citation, out);
        }
    }

    void sign(Signature signature, Consumer<StreamEvent> out) {
        if (!closed) {
            open(out);
            out.accept(new StreamEvent.SignatureDelta(index, signature));
        }
    }

    void close(Consumer<StreamEvent> out) {
        if (!closed && index >= 0) {
            tell(characters.take(text == null ? "" : text.end()), out);
            tell(characters.rest(), out);
            out.accept(new StreamEvent.BlockClosed(index));
        }
        closed = true;
    }

    private void tell(String piece, Consumer<StreamEvent> out) {
        if (!piece.isEmpty()) {
            out.accept(
                    opening instanceof Opening.ToolCall
                            ? new StreamEvent.ArgumentsDelta(index, piece)
                            : new StreamEvent.TextDelta(index, piece));
        }
    }
}
