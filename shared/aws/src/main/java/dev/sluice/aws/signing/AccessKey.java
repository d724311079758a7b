package dev.sluice.aws.signing;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An AWS access key as a provider's credential holds it.
///
/// @param token of temporary keys
record AccessKey(String id, String secret, @Nullable String token) {
    private static final int PARTS = 3;

    /// `ID:SECRET`, `ID:SECRET:TOKEN`, or the JSON that AWS's own tools print; empty: it is neither.
    static Optional<AccessKey> read(String text) {
        Json.Obj json = text.startsWith("{") ? JsonText.objectOrNull(text) : null;
        if (json != null) {
            Json.Obj wrapped = json.object("Credentials");
            return ofJson(wrapped == null ? json : wrapped);
        }
        String[] parts = text.split(":", PARTS);
        return parts.length < 2 ? Optional.empty() : of(parts[0], parts[1], parts.length < PARTS ? null : parts[2]);
    }

    private static Optional<AccessKey> ofJson(Json.Obj json) {
        return of(
                json.text("AccessKeyId", json.text("accessKeyId", "")),
                json.text("SecretAccessKey", json.text("secretAccessKey", "")),
                json.text("SessionToken", json.text("sessionToken", "")));
    }

    private static Optional<AccessKey> of(String id, String secret, @Nullable String token) {
        if (!isWord(id) || !isWord(secret) || token != null && !token.isEmpty() && !isWord(token)) {
            return Optional.empty();
        }
        return Optional.of(new AccessKey(id, secret, token == null || token.isEmpty() ? null : token));
    }

    /// What may stand in a header.
    private static boolean isWord(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /// Without what is secret.
    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}
