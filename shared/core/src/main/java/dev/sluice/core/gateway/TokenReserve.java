package dev.sluice.core.gateway;

import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.ports.Ledger.Reserve;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tokens that are set aside until it is known what was used.
final class TokenReserve {
    /// What an answer may have when neither the client nor the model says.
    private static final long USUAL_OUTPUT = 4096;

    /// More than any answer; a client may ask for what it likes.
    private static final long MOST_OUTPUT = 1L << 40;

    private static final Reserve NOTHING = new Reserve(0, 0);

    private TokenReserve() {}

    /// What a request may use of those limits. Its size is estimated only where one of them counts tokens: that is a scan.
    static Reserve of(ChatCall call, ModelConfig model, List<RateLimitConfig> limits) {
        return limits.stream().anyMatch(limit -> limit.tokens() != null)
                ? new Reserve(call.promptTokens(), output(call.outline.maxOutputTokens(), model))
                : NOTHING;
    }

    private static long output(@Nullable Long asked, ModelConfig model) {
        Long most = model.capabilities().maxOutputTokens();
        long wished = asked != null ? asked : most != null ? most : USUAL_OUTPUT;
        return Math.clamp(wished, 0, most != null ? Math.max(0, most) : MOST_OUTPUT);
    }
}
