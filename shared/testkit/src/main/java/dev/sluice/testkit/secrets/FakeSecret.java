package dev.sluice.testkit.secrets;

import dev.sluice.core.ports.VersionedSecret;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One secret in memory, by the published rules of Secrets Manager for versions and their labels. Thread-safe.
///
/// A version without labels is deprecated: not described, still readable, until [#purge] takes it away as the service may
/// at any time.
public final class FakeSecret implements VersionedSecret {
    private static final String INVALID = "InvalidParameterException";

    private final String name;
    private final Map<String, Version> versions = new LinkedHashMap<>();
    private boolean rotates;
    private @Nullable Instant lastRotated;

    /// @param text null: it has no value yet
    private record Version(@Nullable String text, Set<String> stages) {}

    /// A secret of that name without a version.
    public FakeSecret(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public String arn() {
        return "arn:aws:secretsmanager:us-east-1:000000000000:secret:" + name + "-AbCdEf";
    }

    /// Whether a request that names the secret like this means this one.
    boolean isCalled(String id) {
        return id.equals(name) || id.equals(arn());
    }

    /// Sets a rotation up, or takes it down.
    public synchronized void rotates(boolean does) {
        rotates = does;
    }

    synchronized void rotated(Instant when) {
        lastRotated = when;
    }

    @Override
    public synchronized Description describe() {
        Map<String, Set<String>> stages = new LinkedHashMap<>();
        versions.forEach((id, version) -> {
            if (!version.stages().isEmpty()) {
                stages.put(id, Set.copyOf(version.stages()));
            }
        });
        return new Description(arn(), name, rotates, lastRotated, null, stages);
    }

    @Override
    public synchronized Optional<Value> stage(String stage) {
        return holder(stage).flatMap(this::version);
    }

    @Override
    public synchronized Optional<Value> version(String id) {
        Version version = versions.get(id);
        return version == null || version.text() == null
                ? Optional.empty()
                : Optional.of(new Value(id, version.text(), version.stages()));
    }

    /// The version with that label, with a value or without.
    public synchronized Optional<String> holder(String stage) {
        return versions.keySet().stream()
                .filter(id -> stages(id).contains(stage))
                .findFirst();
    }

    private Set<String> stages(String id) {
        Version version = versions.get(id);
        return version == null ? Set.of() : version.stages();
    }

    /// Every value that any version has ever had and that is still there.
    public synchronized Set<String> texts() {
        Set<String> texts = new LinkedHashSet<>();
        versions.values().forEach(version -> {
            if (version.text() != null) {
                texts.add(version.text());
            }
        });
        return texts;
    }

    /// Gives it a value by hand, as `PutSecretValue` without labels does.
    public void put(String text) {
        put(UUID.randomUUID().toString(), text, Set.of(CURRENT));
    }

    @Override
    public synchronized boolean put(String id, String text, Set<String> stages) {
        Version before = versions.get(id);
        if (before != null && before.text() != null) {
            return before.text().equals(text); // the labels stay as they are: the request is ignored
        }
        boolean isFirst = versions.isEmpty();
        versions.put(id, new Version(text, before == null ? new LinkedHashSet<>() : before.stages()));
        stages.forEach(stage -> attach(stage, id));
        if (isFirst) {
            attach(CURRENT, id);
        }
        return true;
    }

    @Override
    public boolean move(String stage, @Nullable String from, String to) {
        return label(stage, from, to);
    }

    @Override
    public boolean remove(String stage, String from) {
        return label(stage, from, null);
    }

    private boolean label(String stage, @Nullable String from, @Nullable String to) {
        try {
            updateStage(stage, from, to);
            return true;
        } catch (SecretRefusal otherwise) {
            return false;
        }
    }

    /// `UpdateSecretVersionStage`.
    synchronized void updateStage(String stage, @Nullable String from, @Nullable String to) {
        if (to != null && !versions.containsKey(to)) {
            throw new SecretRefusal("ResourceNotFoundException", "Secrets Manager can't find the specified version.");
        }
        if (from != null && !stages(from).contains(stage)) {
            throw new SecretRefusal(INVALID, "Staging label " + stage + " isn't currently attached to version " + from);
        }
        Optional<String> holder = holder(stage);
        if (from == null && holder.isPresent() && !holder.get().equals(to)) {
            throw new SecretRefusal(
                    INVALID,
                    "The parameter RemoveFromVersionId can't be empty. Staging label " + stage
                            + " is currently attached to version " + holder.get()
                            + ", so you must explicitly reference that version in RemoveFromVersionId.");
        }
        if (to != null) {
            attach(stage, to);
            return;
        }
        if (stage.equals(CURRENT)) {
            throw new SecretRefusal(
                    INVALID,
                    "You can only move staging label AWSCURRENT to a different secret version. It can't be"
                            + " completely removed.");
        }
        if (from != null) {
            stages(from).remove(stage);
        }
    }

    /// A label is on one version; the current one leaves the previous one behind.
    private void attach(String stage, String to) {
        Optional<String> before = holder(stage);
        if (before.isPresent() && before.get().equals(to)) {
            return;
        }
        before.ifPresent(id -> stages(id).remove(stage));
        stages(to).add(stage);
        if (stage.equals(CURRENT) && before.isPresent()) {
            holder(PREVIOUS).ifPresent(id -> stages(id).remove(PREVIOUS));
            stages(before.get()).add(PREVIOUS);
        }
    }

    /// Makes the version of a rotation, pending and without a value.
    ///
    /// @return the version to rotate; another one than the token's: the one of a rotation that has not ended
    public synchronized String begin(String token) {
        Optional<String> pending = holder(PENDING);
        if (pending.isPresent() && !pending.equals(holder(CURRENT))) {
            return pending.get();
        }
        versions.putIfAbsent(token, new Version(null, new LinkedHashSet<>()));
        attach(PENDING, token);
        return token;
    }

    /// Takes away versions without a label.
    ///
    /// @param which of them
    public synchronized void purge(Predicate<String> which) {
        versions.entrySet().removeIf(version -> version.getValue().stages().isEmpty() && which.test(version.getKey()));
    }

    @Override
    public String toString() {
        return "FakeSecret[" + name + "]";
    }
}
