package dev.sluice.protocol.translate;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sampling for targets that know temperature, top-p, top-k and stop sequences, and nothing else of it.
public final class PlainSampling {
    private PlainSampling() {}

    /// Tells every other wish.
    ///
    /// @param lost is told the client's name of each
    public static void report(ChatRequest request, Consumer<String> lost) {
        Sampling wish = request.sampling();
        lost(request, wish.minP(), Field.MIN_P, lost);
        lost(request, wish.seed(), Field.SEED, lost);
        lost(request, wish.presencePenalty(), Field.PRESENCE_PENALTY, lost);
        lost(request, wish.frequencyPenalty(), Field.FREQUENCY_PENALTY, lost);
        lost(request, wish.logitBias(), Field.LOGIT_BIAS, lost);
        lost(request, Boolean.TRUE.equals(wish.logprobs()) ? Json.TRUE : null, Field.LOGPROBS, lost);
        lost(request, wish.topLogprobs() == null ? null : Json.TRUE, Field.TOP_LOGPROBS, lost);
    }

    private static void lost(ChatRequest request, @Nullable Json value, Field field, Consumer<String> lost) {
        if (value != null) {
            lost.accept(request.pathOf(field));
        }
    }

    /// The stop sequences that the target takes: none that is blank, and no more than it can have.
    public static List<String> stop(ChatRequest request, Capabilities caps, Consumer<String> lost) {
        List<String> kept = new ArrayList<>();
        Integer most = caps.maxStop();
        for (String sequence : request.stop()) {
            if (caps.stop() && !sequence.isBlank() && (most == null || kept.size() < most)) {
                kept.add(sequence);
            } else {
                lost.accept(request.pathOf(Field.STOP));
            }
        }
        return kept;
    }
}
