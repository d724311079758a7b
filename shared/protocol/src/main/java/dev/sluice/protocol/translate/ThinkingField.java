package dev.sluice.protocol.translate;

import dev.sluice.model.Block;
import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Message;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ReasoningWish.Effort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a model of Anthropic's is told to think, wherever it is served: adaptively with an effort, or with a budget, as
/// the model takes it. One per request.
public final class ThinkingField {
    private static final Json.Obj OFF = Json.object().put("type", "disabled").build();

    private final ChatRequest request;
    private final Capabilities caps;
    private final Losses losses;
    private @Nullable String effort;

    public ThinkingField(ChatRequest request, Capabilities caps, Losses losses) {
        this.request = request;
        this.caps = caps;
        this.losses = losses;
    }

    /// The field `thinking`; null: it is left out. Fills [#effort].
    ///
    /// @param isForced whether a tool must be called, which a model cannot do while it thinks by budget
    public Json.@Nullable Obj thinking(long maxTokens, boolean isForced) {
        ReasoningWish wish = request.reasoning();
        if (!caps.reasoning()) {
            Efforts.reportUnthinking(request, losses);
            return null;
        }
        return switch (caps.thinking()) {
            case ADAPTIVE -> adaptive(wish);
            case BUDGET -> budget(wish, maxTokens, isForced);
        };
    }

    /// The field `output_config.effort`, once `thinking` has been asked for.
    public @Nullable String effort() {
        return effort;
    }

    private Json.@Nullable Obj adaptive(ReasoningWish wish) {
        return switch (wish) {
            case ReasoningWish.Unset _ -> null;
            case ReasoningWish.Off _ -> OFF;
            case ReasoningWish.Adaptive(Effort wanted, String display) -> adaptive(wanted, display);
            case ReasoningWish.Budget(long tokens, Effort wanted, String display) ->
                adaptive(wanted == null ? Efforts.ofBudget(tokens) : wanted, display);
            case ReasoningWish.ByEffort(Effort wanted) -> {
                Json.Obj thinking = adaptive(wanted, null);
                // for its own clients an effort alone is about the whole answer and does not start thought
                yield request.client() == Dialect.ANTHROPIC ? null : thinking;
            }
        };
    }

    private Json.Obj adaptive(@Nullable Effort wanted, @Nullable String display) {
        if (wanted == Effort.NONE) {
            return OFF;
        }
        if (wanted != null) {
            effort = level(wanted).id();
        }
        return Json.object()
                .put("type", "adaptive")
                .putIf("display", display(display))
                .build();
    }

    /// The nearest effort that the target has: here the least is low.
    public Effort level(Effort wanted) {
        List<Effort> allowed = caps.efforts().stream()
                .filter(level -> level.compareTo(Effort.LOW) >= 0)
                .toList();
        Effort least = wanted.compareTo(Effort.LOW) < 0 ? Effort.LOW : wanted;
        Effort nearest = Efforts.clamp(least, allowed);
        if (nearest != wanted) {
            losses.change(request.pathOf(Field.REASONING), "clamped");
        }
        return nearest;
    }

    /// What of the thoughts to show: this dialect has its own words for it.
    private @Nullable String display(@Nullable String wanted) {
        if (request.client() == Dialect.ANTHROPIC) {
            return wanted;
        }
        return switch (wanted) {
            case "none", "omitted" -> "omitted";
            case null -> null;
            default -> "summarized";
        };
    }

    private Json.@Nullable Obj budget(ReasoningWish wish, long maxTokens, boolean isForced) {
        return switch (wish) {
            case ReasoningWish.Unset _ -> null;
            case ReasoningWish.Off _ -> OFF;
            case ReasoningWish.Adaptive(Effort wanted, String display) ->
                enabled(Efforts.toBudget(wanted == null ? Effort.HIGH : wanted, maxTokens), display, isForced);
            case ReasoningWish.Budget(long tokens, Effort _, String display) ->
                tokens <= 0 ? OFF : enabled(fit(tokens, maxTokens), display, isForced);
            case ReasoningWish.ByEffort(Effort wanted) ->
                wanted == Effort.NONE ? OFF : enabled(Efforts.toBudget(wanted, maxTokens), null, isForced);
        };
    }

    private long fit(long tokens, long maxTokens) {
        long fitting = fitting(tokens, maxTokens);
        if (fitting != tokens && fitting != 0) {
            losses.change(request.pathOf(Field.REASONING), "clamped");
        }
        return fitting;
    }

    /// At least the smallest budget and less than the whole output; 0 where there is no room for both.
    private static long fitting(long tokens, long maxTokens) {
        if (maxTokens <= Efforts.SMALLEST_BUDGET) {
            return 0;
        }
        return tokens < maxTokens
                ? Math.max(Efforts.SMALLEST_BUDGET, tokens)
                : Math.max(Efforts.SMALLEST_BUDGET, maxTokens / 4 * 3);
    }

    private Json.@Nullable Obj enabled(long tokens, @Nullable String display, boolean isForced) {
        if (tokens == 0 || isForced || isMidLoopWithoutThought()) {
            losses.drop(request.pathOf(Field.REASONING));
            return null;
        }
        return Json.object()
                .put("type", "enabled")
                .put("budget_tokens", tokens)
                .putIf("display", request.client() == Dialect.ANTHROPIC ? display : null)
                .build();
    }

    /// A turn that goes on after tool results must have begun with this provider's own thought, or the provider
    /// refuses to think now: such a turn was begun by another provider.
    private boolean isMidLoopWithoutThought() {
        List<Message> messages = request.messages();
        Message last = messages.isEmpty() ? null : messages.getLast();
        if (last == null
                || last.role() != Message.Role.USER
                || last.blocks().stream().noneMatch(block -> block instanceof Block.ToolResult)) {
            return false;
        }
        return messages.size() > 1
                && messages.get(messages.size() - 2).blocks().stream().noneMatch(AnthropicProof::isOwn);
    }
}
