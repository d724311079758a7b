package dev.sluice.core.access;

import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigReading.ConfigError;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.model.Failure;
import dev.sluice.protocol.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The configuration as it was last read. What cannot be read never takes the place of what could. Thread-safe.
final class RecentConfig {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final long freshNanos;
    private final long longestNanos;
    private final RecentRegistry.Listener listener;
    private volatile @Nullable Held held;
    /// When this process has itself changed what is read; null: never.
    private volatile @Nullable Long changedAt;

    /// What the last answer of the store has left.
    ///
    /// @param good the last configuration that could be read; null: none ever
    /// @param trouble why that is not the store's head; null: it is
    /// @param number of the head that was refused; 0 when none was
    /// @param asOf when the reading began
    private record Held(
            @Nullable ConfigSnapshot good, @Nullable String trouble, long number, long asOf) {}

    RecentConfig(long freshNanos, long longestNanos, RecentRegistry.Listener listener) {
        this.freshNanos = freshNanos;
        this.longestNanos = longestNanos;
        this.listener = listener;
    }

    boolean isFresh(long nanos) {
        Held now = held;
        Long changed = changedAt;
        return now != null && nanos - now.asOf() < freshNanos && (changed == null || now.asOf() - changed >= 0);
    }

    /// What was read before that moment is no longer fresh.
    void expire(long nanos) {
        changedAt = nanos;
    }

    ConfigSnapshot lastGood() {
        Held now = held;
        ConfigSnapshot good = now == null ? null : now.good();
        return good == null ? ConfigSnapshot.empty() : good;
    }

    /// Whether the store has another head than the one that is used.
    boolean isTroubled() {
        Held now = held;
        return now != null && now.trouble() != null;
    }

    /// What can be used at that time, or why nothing can.
    Outcome<ConfigSnapshot> usable(long nanos) {
        Held now = held;
        if (now == null) {
            return refused("The configuration could not be read yet: the gateway's store does not answer. Try again.");
        }
        ConfigSnapshot good = now.good();
        if (good == null) {
            return refused(now.trouble() == null ? "The configuration could not be read yet." : now.trouble());
        }
        return nanos - now.asOf() < longestNanos
                ? Outcome.ok(good)
                : refused("The gateway's store does not answer, and the configuration it gave before is older than "
                        + Duration.ofNanos(longestNanos).toMinutes()
                        + " minutes. Try again.");
    }

    private static Outcome<ConfigSnapshot> refused(String message) {
        return Outcome.bad(new Failure.Refused(Failure.Kind.UNAVAILABLE, message, null, RETRY));
    }

    /// Takes the head that a reading that began then has found. What a later one said stays.
    synchronized void take(Optional<Version> head, long asOf) {
        Held before = held;
        if (before != null && asOf - before.asOf() < 0) {
            return;
        }
        ConfigSnapshot good = before == null ? null : before.good();
        long number = head.map(Version::number).orElse(0L);
        if (good != null && good.version() == number) {
            held = new Held(good, null, 0, asOf);
        } else if (before != null && number != 0 && before.number() == number) {
            held = new Held(good, before.trouble(), number, asOf);
        } else if (head.isEmpty()) {
            enter(ConfigSnapshot.empty(), asOf);
        } else {
            read(head.get(), good, asOf);
        }
    }

    private void read(Version head, @Nullable ConfigSnapshot good, long asOf) {
        switch (ConfigReader.read(head.document().getBytes(StandardCharsets.UTF_8), head.number())) {
            case ConfigReading.Good(ConfigSnapshot snapshot, var _) -> enter(snapshot, asOf);
            case ConfigReading.Refused(var errors) -> {
                ConfigError first = errors.getFirst();
                String trouble = "Version " + head.number()
                        + " of the configuration was written by another sluice and is not accepted by this one.";
                listener.note(trouble + " " + first.path() + ": found " + first.found() + ", expected "
                        + first.expected() + kept(good));
                held = new Held(good, trouble, head.number(), asOf);
            }
        }
    }

    /// Secrets and whatever else follows the configuration are there before a request goes by it.
    private void enter(ConfigSnapshot snapshot, long asOf) {
        listener.taken(snapshot);
        held = new Held(snapshot, null, 0, asOf);
    }

    /// Takes note that the store holds what this version cannot read.
    synchronized void unreadable(String why, long asOf) {
        Held before = held;
        if (before != null && asOf - before.asOf() < 0) {
            return;
        }
        ConfigSnapshot good = before == null ? null : before.good();
        String trouble = "The gateway's store cannot be read by this version of Sluice: " + why;
        if (before == null || !trouble.equals(before.trouble())) {
            listener.note(trouble + kept(good));
        }
        held = new Held(good, trouble, 0, asOf);
    }

    private static String kept(@Nullable ConfigSnapshot good) {
        return good == null ? "" : " (version " + good.version() + " stays in force)";
    }
}
