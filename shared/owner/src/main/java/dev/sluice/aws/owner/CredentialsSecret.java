package dev.sluice.aws.owner;

import dev.sluice.aws.owner.OwnerFailure.Kind;
import dev.sluice.aws.secrets.SecretVersions;
import dev.sluice.core.ports.VersionedSecret;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// The one secret with the providers' credentials, written whole at each change: a JSON object, name to value.
///
/// Two writers cannot undo one another: a new version gets a label of its own first, and becomes the current one only if
/// the version that was read still is; that is Secrets Manager's own check. Throws [dev.sluice.core.ports.PortFailure],
/// never with a value.
public final class CredentialsSecret implements AutoCloseable {
    /// Secrets Manager takes no more in one secret.
    public static final int MOST_BYTES = 65_536;

    private static final String LABEL = "SLUICE_";

    private final SecretVersions versions;

    CredentialsSecret(SecretVersions versions) {
        this.versions = versions;
    }

    /// A label of a change that is not over, or never will be.
    private record Orphan(String label, String version) {}

    /// @param orphans seen before the version was read
    private record Seen(String version, Json.Obj entries, List<Orphan> orphans) {
        @Override
        public String toString() {
            return "Seen[" + version + "]"; // not what it holds
        }
    }

    public Set<String> names() {
        return new TreeSet<>(current(List.of()).entries().fields().keySet());
    }

    /// Whether it replaced one of that name.
    public boolean set(String name, String value) {
        Seen seen = current(orphans());
        Map<String, Json> entries = new TreeMap<>(seen.entries().fields());
        boolean replaced = entries.put(name, new Json.Str(value)) != null;
        replace(seen, entries);
        return replaced;
    }

    /// Whether there was one.
    public boolean remove(String name) {
        Seen seen = current(orphans());
        Map<String, Json> entries = new TreeMap<>(seen.entries().fields());
        boolean removed = entries.remove(name) != null;
        if (removed) {
            replace(seen, entries);
        }
        return removed;
    }

    /// Takes out the one of that name if it still is that value. Whether it was.
    public boolean takeBack(String name, String value) {
        Seen seen = current(orphans());
        Map<String, Json> entries = new TreeMap<>(seen.entries().fields());
        boolean removed = entries.remove(name, new Json.Str(value));
        if (removed) {
            replace(seen, entries);
        }
        return removed;
    }

    private List<Orphan> orphans() {
        List<Orphan> orphans = new ArrayList<>();
        versions.describe()
                .stages()
                .forEach((version, labels) -> labels.stream()
                        .filter(label -> label.startsWith(LABEL))
                        .forEach(label -> orphans.add(new Orphan(label, version))));
        return orphans;
    }

    private Seen current(List<Orphan> orphans) {
        VersionedSecret.Value value = versions.stage(VersionedSecret.CURRENT)
                .orElseThrow(() -> new OwnerFailure(
                        Kind.ABSENT,
                        "the secret with the providers' credentials is gone: sluice deploy makes it anew"));
        Json.Obj entries = JsonText.objectOrNull(value.text());
        if (entries == null) {
            throw new OwnerFailure(
                    Kind.REFUSED,
                    "the secret with the providers' credentials holds no JSON object of names and values: put {} in"
                            + " it, and set every credential anew with sluice credential set");
        }
        return new Seen(value.version(), entries, orphans);
    }

    private void replace(Seen seen, Map<String, Json> entries) {
        String text = JsonText.print(new Json.Obj(entries));
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new OwnerFailure(
                    Kind.USAGE,
                    "all credentials together would be " + bytes + " bytes, and a secret holds at most " + MOST_BYTES
                            + ": nothing was changed");
        }
        String version = UUID.randomUUID().toString();
        String label = LABEL + version;
        versions.put(version, text, Set.of(label));
        boolean isCurrent = versions.move(VersionedSecret.CURRENT, seen.version(), version);
        versions.remove(label, version);
        if (!isCurrent) {
            throw new OwnerFailure(
                    Kind.CONFLICT,
                    "somebody else has changed the credentials at the same moment, and nothing of yours was written:"
                            + " look at sluice credential list and try again");
        }
        // Whoever had put them there had read a version before: now their change can never become the current one.
        seen.orphans().forEach(orphan -> versions.remove(orphan.label(), orphan.version()));
    }

    @Override
    public void close() {
        versions.close();
    }
}
