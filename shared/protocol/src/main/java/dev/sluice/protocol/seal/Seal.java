package dev.sluice.protocol.seal;

import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Signature;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Carries one provider's reasoning proof through another dialect's field: `gw1.` + base64url(JSON) + `.` +
/// base64url(HMAC-SHA-256). Integrity, not secrecy; deterministic, so that prompts stay byte-stable. Thread-safe.
public final class Seal {
    public static final String PREFIX = "gw1.";

    private final SecretKeySpec key;

    /// @param key 32 bytes, kept for as long as conversations shall survive
    public Seal(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /// What a seal holds.
    ///
    /// @param encrypted whether it is reasoning nobody else can read, rather than a signature over readable text
    /// @param text the reasoning's text where the carrying field has no room for it
    public record Content(
            Signature signature,
            boolean encrypted,
            @Nullable String text,
            @Nullable String itemId) {}

    public static boolean isSealed(String value) {
        return value.startsWith(PREFIX);
    }

    public String seal(Content content) {
        Json.Obj json = Json.object()
                .put("d", content.signature().issuer().id())
                .put("s", content.signature().value())
                .when(content.encrypted(), o -> o.put("e", true))
                .putIf("t", content.text())
                .putIf("i", content.itemId())
                .build();
        String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(JsonText.bytes(json));
        return PREFIX + payload + "." + tag(payload);
    }

    /// The content; empty when the value is not sealed or the tag is not ours: foreign reasoning, dropped without error.
    public Optional<Content> open(String value) {
        int dot = value.lastIndexOf('.');
        if (!isSealed(value) || dot <= PREFIX.length()) {
            return Optional.empty();
        }
        String payload = value.substring(PREFIX.length(), dot);
        byte[] given = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(tag(payload).getBytes(StandardCharsets.UTF_8), given)) {
            return Optional.empty();
        }
        Json.Obj json =
                JsonText.objectOrNull(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
        if (json == null) {
            return Optional.empty();
        }
        return Dialect.parse(json.text("d", ""))
                .map(issuer -> new Content(
                        new Signature(issuer, json.text("s", "")), json.isTrue("e"), json.text("t"), json.text("i")));
    }

    private String tag(String payload) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] tag = mac.doFinal(payload.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
