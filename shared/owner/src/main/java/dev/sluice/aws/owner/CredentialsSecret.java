package dev.sluice.aws.owner;

import dev.sluice.aws.owner.OwnerFailure.Kind;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The one secret with the providers' credentials, written whole at each change: a JSON object, name to value.
///
/// Two writers cannot undo one another: a new version gets a label of its own first, and becomes the current one only if
/// the version that was read still is; that is Secrets Manager's own check. Throws [OwnerFailure], never with a value.
public final class CredentialsSecret {
    /// Secrets Manager takes no more in one secret.
    public static final int MOST_BYTES = 65_536;

    private static final String CURRENT = "AWSCURRENT";
    private static final String TARGET = "secretsmanager.";

    private final AwsCalls calls;
    private final String id;

    CredentialsSecret(AwsCalls calls, String id) {
        this.calls = calls;
        this.id = id;
    }

    private record Value(String version, Json.Obj entries) {
        @Override
        public String toString() {
            return "Value"; // not what it holds
        }
    }

    public Set<String> names() {
        return new TreeSet<>(current().entries().fields().keySet());
    }

    /// When any of them was last changed; null when nobody knows.
    public @Nullable Instant changed() {
        Json.Obj answer = ask("DescribeSecret", Json.object().build());
        return answer.field("LastChangedDate") instanceof Json.Num seconds
                ? Instant.ofEpochMilli(Math.round(seconds.asDouble() * 1000))
                : null;
    }

    /// Whether it replaced one of that name.
    public boolean set(String name, String value) {
        Value seen = current();
        Map<String, Json> entries = new TreeMap<>(seen.entries().fields());
        boolean replaced = entries.put(name, new Json.Str(value)) != null;
        replace(seen, entries);
        return replaced;
    }

    /// Whether there was one.
    public boolean remove(String name) {
        Value seen = current();
        Map<String, Json> entries = new TreeMap<>(seen.entries().fields());
        boolean removed = entries.remove(name) != null;
        if (removed) {
            replace(seen, entries);
        }
        return removed;
    }

    private Value current() {
        Json.Obj answer =
                ask("GetSecretValue", Json.object().put("VersionStage", CURRENT).build());
        Json.Obj entries = JsonText.objectOrNull(answer.text("SecretString", ""));
        if (entries == null) {
            throw new OwnerFailure(
                    Kind.REFUSED,
                    "the secret " + id + " holds no JSON object of names and values: put {} in it, and set every"
                            + " credential anew with sluice credential set");
        }
        return new Value(answer.text("VersionId", ""), entries);
    }

    private void replace(Value seen, Map<String, Json> entries) {
        String text = JsonText.print(new Json.Obj(entries));
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new OwnerFailure(
                    Kind.USAGE,
                    "all credentials together would be " + bytes + " bytes, and a secret holds at most " + MOST_BYTES
                            + ": nothing was changed");
        }
        String token = UUID.randomUUID().toString();
        String label = "SLUICE_" + token;
        ask(
                "PutSecretValue",
                Json.object()
                        .put("ClientRequestToken", token)
                        .put("SecretString", text)
                        .put("VersionStages", Json.strings(List.of(label)))
                        .build());
        try {
            ask(
                    "UpdateSecretVersionStage",
                    Json.object()
                            .put("VersionStage", CURRENT)
                            .put("MoveToVersionId", token)
                            .put("RemoveFromVersionId", seen.version())
                            .build());
        } catch (OwnerFailure refused) {
            throw refused.kind() == Kind.REFUSED && !current().version().equals(seen.version()) ? overtaken() : refused;
        } finally {
            forget(label, token);
        }
    }

    private static OwnerFailure overtaken() {
        return new OwnerFailure(
                Kind.CONFLICT,
                "somebody else has changed the credentials at the same moment; nothing of yours was written: look at"
                        + " sluice credential list and try again");
    }

    /// Best effort: a version whose label stays is only kept longer.
    private void forget(String label, String version) {
        try {
            ask(
                    "UpdateSecretVersionStage",
                    Json.object()
                            .put("VersionStage", label)
                            .put("RemoveFromVersionId", version)
                            .build());
        } catch (OwnerFailure kept) {
            // the change itself is what counts
        }
    }

    private Json.Obj ask(String action, Json.Obj more) {
        return calls.json(
                Service.SECRETS_MANAGER,
                TARGET + action,
                Json.object().put("SecretId", id).putAll(more).build());
    }
}
