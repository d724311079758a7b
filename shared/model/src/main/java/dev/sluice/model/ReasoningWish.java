package dev.sluice.model;

import org.jspecify.annotations.Nullable;

/// How much the client wants the model to think, and what of it to show.
public sealed interface ReasoningWish {
    /// The client said nothing.
    record Unset() implements ReasoningWish {}

    record Off() implements ReasoningWish {}

    /// The model decides, guided by the effort if there is one.
    record Adaptive(@Nullable Effort effort, @Nullable String display) implements ReasoningWish {}

    /// At most this many tokens of thought.
    record Budget(
            long tokens, @Nullable Effort effort, @Nullable String display) implements ReasoningWish {}

    /// Only an effort.
    record ByEffort(Effort effort) implements ReasoningWish {}

    /// Efforts in ascending order, the names of all dialects.
    enum Effort {
        NONE("none"),
        MINIMAL("minimal"),
        LOW("low"),
        MEDIUM("medium"),
        HIGH("high"),
        XHIGH("xhigh"),
        MAX("max");

        private final String id;

        Effort(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }

        /// The effort of that name, or null.
        public static @Nullable Effort parse(@Nullable String id) {
            for (Effort effort : values()) {
                if (effort.id.equals(id)) {
                    return effort;
                }
            }
            return null;
        }
    }

    ReasoningWish UNSET = new Unset();
}
