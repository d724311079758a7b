package dev.sluice.protocol.anthropic;

import dev.sluice.model.Json;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A block of an answer on its way to a Messages client, with what came for it before its turn.
final class PendingBlock {
    final int index;
    final Opening opening;
    final StringBuilder text = new StringBuilder(0);
    final List<Json.Obj> citations = new ArrayList<>(0);

    @Nullable
    Signature signature;

    boolean isBegun;

    /// Whether anything of its text is written.
    boolean isFilled;

    boolean isClosed;

    PendingBlock(int index, Opening opening) {
        this.index = index;
        this.opening = opening;
    }

    boolean isCall() {
        return opening instanceof Opening.ToolCall;
    }

    /// Whether its text must become a JSON object, which can be written only whole.
    boolean isCustom() {
        return opening instanceof Opening.ToolCall call && call.kind() == Tool.Kind.CUSTOM;
    }
}
