package dev.sluice.protocol.translate;

import dev.sluice.model.Tool;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tools of one request under the names a target allows, and the way back. Deterministic: a name is sanitised and,
/// when that changed it or it is too long, cut and given `_` and eight hex digits of the SHA-256 of the original.
///
/// Filled while a request is encoded, read while its answer is decoded; one per attempt, not thread-safe.
public final class ToolNames {
    private final int maximum;
    private final Map<String, Original> byTargetName = new HashMap<>();

    /// A tool as the client knows it.
    ///
    /// @param property the JSON property that carries a custom tool's text at the target; null for functions
    public record Original(
            String name,
            @Nullable String namespace,
            Tool.Kind kind,
            @Nullable String property) {}

    /// @param maximum the longest name, in characters
    public ToolNames(int maximum) {
        this.maximum = maximum;
    }

    /// No tools.
    public static ToolNames none() {
        return new ToolNames(Integer.MAX_VALUE);
    }

    /// The legal name of any tool, flattened to `flat` first; remembers the way back.
    public String toTarget(Original original, String flat) {
        String legal = legal(flat, maximum);
        byTargetName.put(legal, original);
        return legal;
    }

    /// Puts a known pair, as the vectors give them.
    public void put(String targetName, Original original) {
        byTargetName.put(targetName, original);
    }

    /// The client's tool behind a target's name; a name the request did not have is taken as it is.
    public Original toClient(String targetName) {
        Original original = byTargetName.get(targetName);
        return original != null ? original : new Original(targetName, null, Tool.Kind.FUNCTION, null);
    }

    /// The name itself when it is `[a-zA-Z0-9_-]` and short enough, else its sanitised form with a hash.
    public static String legal(String name, int maximum) {
        StringBuilder clean = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            clean.append(isLegal(c) ? c : '_');
        }
        String sanitised = clean.toString();
        if (sanitised.equals(name) && name.length() <= maximum && !name.isEmpty()) {
            return name;
        }
        int keep = Math.min(sanitised.length(), maximum - 9);
        return sanitised.substring(0, keep) + "_" + hash(name);
    }

    /// Eight hex digits of the SHA-256.
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static boolean isLegal(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }
}
