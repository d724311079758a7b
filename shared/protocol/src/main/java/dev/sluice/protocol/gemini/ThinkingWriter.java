package dev.sluice.protocol.gemini;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ReasoningWish.Effort;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.translate.Efforts;
import dev.sluice.protocol.translate.Losses;
import org.jspecify.annotations.Nullable;

/// How the target is told to think: by a level or by a budget, never both.
final class ThinkingWriter {
    /// The most that every model with budgets takes.
    private static final long LARGEST_BUDGET = 24_576;

    /// The model decides.
    private static final long DYNAMIC = -1;

    private static final long NO_THOUGHT = 0;

    private final ChatRequest request;
    private final Capabilities caps;
    private final Losses losses;

    ThinkingWriter(ChatRequest request, TargetProfile target, Losses losses) {
        this.request = request;
        this.caps = target.capabilities();
        this.losses = losses;
    }

    /// Null: nothing is said.
    Json.@Nullable Obj write() {
        ReasoningWish wish = request.reasoning();
        if (!caps.reasoning()) {
            Efforts.reportUnthinking(request, losses);
            return null;
        }
        Json.Builder config = Json.object();
        if (shows(wish)) {
            config.put("includeThoughts", true);
        }
        switch (caps.geminiThinking()) {
            case LEVEL -> config.putIf("thinkingLevel", level(wish));
            case BUDGET -> config.putIf("thinkingBudget", budget(wish));
        }
        return config.isEmpty() ? null : config.build();
    }

    /// Clients of Chat show whatever thoughts come; an effort of another dialect is no wish to see them.
    private boolean shows(ReasoningWish wish) {
        return switch (wish) {
            case ReasoningWish.Unset _, ReasoningWish.Off _ -> false;
            case ReasoningWish.Adaptive(Effort _, String display) -> isShown(display);
            case ReasoningWish.Budget(long tokens, Effort _, String display) -> tokens > 0 && isShown(display);
            case ReasoningWish.ByEffort(Effort effort) ->
                effort != Effort.NONE && request.client() == Dialect.OPENAI_CHAT;
        };
    }

    private static boolean isShown(@Nullable String display) {
        return display == null || !display.equals("omitted") && !display.equals("none");
    }

    private @Nullable String level(ReasoningWish wish) {
        Effort wanted = Efforts.of(wish);
        if (wanted == null) {
            return null;
        }
        // there is no level for no thought at all: the least there is comes nearest
        Effort nearest = Efforts.clamp(wanted == Effort.NONE ? Effort.MINIMAL : wanted, caps.efforts());
        Effort here = nearest.compareTo(Effort.HIGH) > 0 ? Effort.HIGH : nearest;
        if (here != wanted && !isOwn()) {
            losses.change(request.pathOf(Field.REASONING), "clamped");
        }
        return here.name();
    }

    private boolean isOwn() {
        return request.client() == Dialect.GEMINI;
    }

    private @Nullable Long budget(ReasoningWish wish) {
        return switch (wish) {
            case ReasoningWish.Unset _ -> null;
            case ReasoningWish.Off _ -> NO_THOUGHT;
            case ReasoningWish.Adaptive(Effort wanted, String _) ->
                wanted == null ? Long.valueOf(DYNAMIC) : ofEffort(wanted);
            case ReasoningWish.Budget(long tokens, Effort _, String _) ->
                tokens <= 0 ? Long.valueOf(NO_THOUGHT) : bounded(tokens);
            case ReasoningWish.ByEffort(Effort wanted) -> ofEffort(wanted);
        };
    }

    private Long bounded(long tokens) {
        if (tokens > LARGEST_BUDGET && request.client() != Dialect.GEMINI) {
            losses.change(request.pathOf(Field.REASONING), "clamped");
            return LARGEST_BUDGET;
        }
        return tokens;
    }

    private @Nullable Long ofEffort(Effort effort) {
        if (effort == Effort.NONE) {
            return NO_THOUGHT;
        }
        Long most = request.maxOutputTokens() == null ? caps.maxOutputTokens() : request.maxOutputTokens();
        long budget = Efforts.toBudget(effort, most == null ? Long.MAX_VALUE : most);
        if (budget == 0) {
            losses.drop(request.pathOf(Field.REASONING)); // no room for a thought and an answer
        } else if (budget > LARGEST_BUDGET) {
            losses.change(request.pathOf(Field.REASONING), "clamped");
        }
        return budget == 0 ? null : Long.valueOf(Math.min(budget, LARGEST_BUDGET));
    }
}
