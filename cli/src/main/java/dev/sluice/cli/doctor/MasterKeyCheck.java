package dev.sluice.cli.doctor;

import dev.sluice.aws.owner.Owner;
import dev.sluice.aws.secrets.SecretVersions;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.control.RunningStart;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.VersionedSecret.Description;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The master key: hashes and times, never the key.
final class MasterKeyCheck implements AreaCheck {
    private static final Duration OLD = Duration.ofDays(180);

    private final Premises premises;

    MasterKeyCheck(Premises premises) {
        this.premises = premises;
    }

    @Override
    public Area area() {
        return Area.MASTER_KEY;
    }

    @Override
    public void look(Notes notes) {
        boolean isHosted = premises.stack().isPresent();
        // Where there is no secret.key, no key was ever hashed; and looking makes none.
        boolean isKept = isHosted
                || premises.isServed()
                || Files.exists(premises.folder().secretKey());
        Optional<WorkerKeyState> state;
        try {
            state = isKept
                    ? premises.ask(held -> Optional.of(held.workerKeys().state()), Optional.empty())
                    : Optional.empty();
        } catch (CommandFailure refused) {
            if (!isGiven(refused)) {
                throw refused;
            }
            notes.note("master-key", refused.text());
            return;
        }
        Optional<WorkerKeyState.Key> current = state.flatMap(WorkerKeyState::current);
        if (current.isEmpty()) {
            notes.say(
                    isHosted ? Ailment.KEY_NOT_HELD : Ailment.KEY_NOT_MADE,
                    isHosted
                            ? "no key holds yet: every call is refused until the first rotation has ended"
                            : "there is no master key yet: the first start makes it and shows it once");
        } else {
            age(current.get(), notes);
        }
        state.flatMap(WorkerKeyState::previous)
                .filter(key -> key.lives(now()))
                .ifPresent(key -> notes.say(
                        Ailment.PREVIOUS_KEY_VALID,
                        "the key before the current one is valid until " + shown(key.until())));
        if (isHosted) {
            rotation(state, notes);
        }
    }

    /// A running `start` that was given its key in a variable says so, and keeps nothing of it.
    private boolean isGiven(CommandFailure refused) {
        return premises.running() instanceof RunningStart.Here && refused.text().contains("SLUICE_MASTER_KEY");
    }

    private void age(WorkerKeyState.Key key, Notes notes) {
        if (key.since().equals(Instant.EPOCH)) {
            notes.ok("master-key", "made by an earlier version of Sluice");
            return;
        }
        Duration age = Duration.between(key.since(), now());
        if (age.compareTo(OLD) > 0) {
            notes.say(Ailment.KEY_OLD, "the master key is " + age.toDays() + " days old");
        } else {
            notes.ok("master-key", "since " + shown(key.since()));
        }
    }

    private void rotation(Optional<WorkerKeyState> state, Notes notes) {
        try (Owner owner = Owner.open(premises.stack().orElseThrow(), _ -> {});
                SecretVersions secret = owner.masterKey()) {
            Description description = secret.describe();
            Optional<String> held = state.flatMap(WorkerKeyState::current).map(WorkerKeyState.Key::version);
            if (held.isPresent() && !description.versionOf("AWSCURRENT").equals(held)) {
                notes.say(Ailment.KEY_NOT_HELD, "the secret's current version is not the one that the table knows");
            }
            Instant next = description.next();
            if (next != null && next.isBefore(now())) {
                notes.say(Ailment.ROTATION_OVERDUE, "the next rotation was due at " + shown(next));
            } else if (next != null) {
                notes.ok("rotation", "the next rotation is at " + shown(next) + " at the latest");
            }
        }
    }

    private Instant now() {
        return premises.surroundings().time().now();
    }

    private static String shown(@Nullable Instant when) {
        return when == null
                ? "another rotation"
                : when.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
