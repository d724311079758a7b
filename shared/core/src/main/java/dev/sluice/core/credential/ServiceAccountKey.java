package dev.sluice.core.credential;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A Google service account's key file (AIP-4112): the JSON that the console hands out once. Thread-safe.
///
/// What is wrong with one is told without any of its values. Its `token_uri` is not read: no token is fetched.
public final class ServiceAccountKey {
    static final String TYPE = "service_account";
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final int FEWEST_BITS = 2048;
    private static final String ALGORITHM = "SHA256withRSA";
    private static final byte[] SAMPLE = {1, 2, 3};

    private final String email;
    private final String id;
    private final PrivateKey key;

    private ServiceAccountKey(String email, String id, PrivateKey key) {
        this.email = email;
        this.id = id;
        this.key = key;
    }

    /// What reading one came to.
    public sealed interface Reading {
        record Good(ServiceAccountKey key) implements Reading {}

        /// @param why a sentence's end about the file, as in "it has no client_email"
        record Damaged(String why) implements Reading {}
    }

    /// Whether the text is meant as one: to be checked when it is set, before anything is known of who will use it.
    public static boolean isMeant(String text) {
        return text.contains("\"private_key\"") || text.contains("\"" + TYPE + "\"");
    }

    public static Reading read(String text) {
        Json.Obj file = JsonText.objectOrNull(text.strip());
        if (file == null) {
            return new Reading.Damaged("it is no JSON object");
        }
        if (!TYPE.equals(file.text("type"))) {
            return new Reading.Damaged("its \"type\" is not \"" + TYPE + "\"");
        }
        for (String field : new String[] {"client_email", "private_key_id", "private_key"}) {
            if (file.text(field, "").isBlank()) {
                return new Reading.Damaged("it has no \"" + field + "\"");
            }
        }
        byte[] der = der(file.text("private_key", ""));
        RSAPrivateCrtKey key = der == null ? null : rsa(der);
        if (key == null) {
            return new Reading.Damaged(
                    "its \"private_key\" is damaged: it has to be one PEM block, " + BEGIN + ", of an RSA key");
        }
        if (key.getModulus().bitLength() < FEWEST_BITS) {
            return new Reading.Damaged("its \"private_key\" has fewer than " + FEWEST_BITS + " bits");
        }
        return isSound(key)
                ? new Reading.Good(new ServiceAccountKey(
                        file.text("client_email", "").strip(),
                        file.text("private_key_id", "").strip(),
                        key))
                : new Reading.Damaged("its \"private_key\" is damaged: what it signs does not verify");
    }

    /// Null: no such block. Where a variable was filled by a script, line ends may have been escaped twice.
    private static byte @Nullable [] der(String pem) {
        String text = pem.replace("\\n", "\n").strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END) || text.length() < BEGIN.length() + END.length()) {
            return null;
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length()));
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    private static @Nullable RSAPrivateCrtKey rsa(byte[] der) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der))
                            instanceof RSAPrivateCrtKey key
                    ? key
                    : null;
        } catch (GeneralSecurityException noKey) {
            return null;
        }
    }

    /// A changed letter may leave a key that reads well.
    private static boolean isSound(RSAPrivateCrtKey key) {
        try {
            BigInteger exponent = key.getPublicExponent();
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(
                    KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(key.getModulus(), exponent)));
            check.update(SAMPLE);
            return check.verify(signature(key, SAMPLE));
        } catch (GeneralSecurityException unsound) {
            return false;
        }
    }

    private static byte[] signature(PrivateKey key, byte[] content) throws GeneralSecurityException {
        Signature signing = Signature.getInstance(ALGORITHM);
        signing.initSign(key);
        signing.update(content);
        return signing.sign();
    }

    String email() {
        return email;
    }

    /// Google's name of the key.
    String id() {
        return id;
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256 (RS256 of RFC 7518).
    byte[] sign(byte[] content) {
        try {
            return signature(key, content);
        } catch (GeneralSecurityException itSignedBefore) {
            throw new IllegalStateException("the key of a service account no longer signs", itSignedBefore);
        }
    }

    @Override
    public String toString() {
        return "ServiceAccountKey"; // not what it holds
    }
}
