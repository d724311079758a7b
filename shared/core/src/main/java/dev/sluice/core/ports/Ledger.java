package dev.sluice.core.ports;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.model.Failure;
import dev.sluice.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The books of what may be used: buckets, cooldowns and breakers, shared by all who serve. Every attempt is admitted
/// before and settled after, exactly once.
///
/// Methods may wait for a store, never longer than 1.5 s, and never throw for what it does: without an answer this
/// process goes by what it saw last (`isLocal`).
public interface Ledger {
    /// Asks for one attempt at a provider's model: all its matching buckets, cooldown and breaker, or nothing.
    Admission admit(Ask ask);

    /// Asks for one request of a caller with limits of its own. Granted without a look when it has none.
    Admission admitCaller(Caller caller, Reserve reserve, Duration lifetime);

    /// Tells how what was granted went; a second settlement of the same ticket has no effect.
    void settle(Admission.Granted granted, Settlement settlement);

    /// The next position in an alias' shared rotation; empty when the store does not answer.
    OptionalLong position(String alias);

    /// The position that comes next, not taken; empty when that is not known.
    OptionalLong peek(String alias);

    /// What is known of a target without asking the store.
    Standing standing(ConfigSnapshot config, ProviderConfig provider, String model);

    /// Asks the store anew, for what [#standing] says next: for previews, never on the path of a request.
    void refresh(Collection<ProviderConfig> providers);

    /// One attempt.
    ///
    /// @param lifetime the longest it can take: what it reserves is given back after that and a minute
    record Ask(
            ConfigSnapshot config,
            ProviderConfig provider,
            String model,
            Reserve reserve,
            Passage passage,
            Duration lifetime) {}

    /// Tokens that may be used: what the prompt holds by estimate, and the most that may be answered.
    record Reserve(long prompt, long output) {}

    /// Whether cooldown and breaker are asked; buckets always are.
    enum Passage {
        CHECKED,
        /// Every candidate cools down, or this request itself holds the probe.
        OVERRIDDEN
    }

    /// Whether it may go.
    sealed interface Admission {
        /// It may.
        ///
        /// @param probe whether it is the one probe of a half-open breaker
        /// @param isLocal whether this process alone has decided
        record Granted(Ticket ticket, boolean probe, boolean isLocal) implements Admission {}

        /// It may not now.
        ///
        /// @param reason `cooldown`, `breaker-open` or `quota-exhausted`
        record Denied(String reason, Recovery recovery, boolean isLocal) implements Admission {}
    }

    /// What an admission is settled by; only the ledger that gave it knows what it holds.
    interface Ticket {}

    /// When a target may be used again.
    ///
    /// @param at when; `Instant.MAX`: never for a request like this
    /// @param named whether the provider itself named that time
    /// @param category why: of the failure it cools down after; `RATE_LIMITED` for a full bucket; `TEMPORARY_ERROR` for
    ///     an open breaker
    record Recovery(Instant at, boolean named, Failure.Category category) {}

    /// How an attempt went.
    ///
    /// @param reached whether the provider was reached: otherwise everything taken is returned
    /// @param usage what it used; null when that is not known: then what was reserved counts as used
    record Settlement(boolean reached, @Nullable Usage usage, Word word) {
        /// The provider was never reached.
        public static Settlement returned(Word word) {
            return new Settlement(false, null, word);
        }
    }

    /// What it says about the target's health.
    sealed interface Word {
        record Well() implements Word {}

        record Nothing() implements Word {}

        /// A failure of the provider's own, told once per request and target.
        record Ill(boolean opensBreaker, @Nullable Cooldown cooldown) implements Word {}

        Well WELL = new Well();
        Nothing NOTHING = new Nothing();
    }

    /// How long to leave a target or a provider alone.
    record Cooldown(Duration length, Failure.Scope scope, boolean named, Failure.Category category) {}

    /// A target as last seen.
    ///
    /// @param fills of the buckets that an attempt at it takes from
    /// @param failures in a row
    /// @param recovery when cooldown and breaker let it be used again; null: now
    record Standing(
            List<Fill> fills, int failures, @Nullable Recovery recovery) {
        public Standing {
            fills = List.copyOf(fills);
        }

        /// The share (0 to 1) that is left of the tightest bucket.
        public double remaining() {
            double least = 1;
            for (Fill fill : fills) {
                least = Math.min(least, fill.remaining());
            }
            return least;
        }
    }

    /// How full a cap of a bucket is.
    ///
    /// @param bucket its id
    /// @param unit `requests` or `tokens`
    /// @param used settled and reserved
    /// @param most the cap less its safety margin
    record Fill(String bucket, String unit, long used, long most, Instant resets) {
        public double remaining() {
            return most <= 0 ? 0 : Math.clamp((most - used) / (double) most, 0, 1);
        }
    }
}
