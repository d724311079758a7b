package dev.sluice.testkit;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/// A Google service account with a key pair of its own, which knows what its key has signed. Thread-safe.
public final class FakeServiceAccount {
    public static final String EMAIL = "gateway@a-project.iam.gserviceaccount.com";
    public static final String KEY_ID = "0123456789abcdef0123456789abcdef01234567";
    private static final int BITS = 2048;
    private static final int LINE = 64;

    private final KeyPair pair;

    private FakeServiceAccount(KeyPair pair) {
        this.pair = pair;
    }

    public static FakeServiceAccount create() {
        return create("RSA", BITS);
    }

    /// With a key as Google makes none.
    public static FakeServiceAccount create(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return new FakeServiceAccount(generator.generateKeyPair());
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /// The private key as one PEM block, with a line end behind it.
    public String pem() {
        return "-----BEGIN PRIVATE KEY-----\n" + base64() + "\n-----END PRIVATE KEY-----\n";
    }

    /// The private key without what stands around it, in lines.
    public String base64() {
        return Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded());
    }

    public Json.Obj json() {
        return Json.object()
                .put("type", "service_account")
                .put("project_id", "a-project")
                .put("private_key_id", KEY_ID)
                .put("private_key", pem())
                .put("client_email", EMAIL)
                .put("client_id", "113258942105700140798")
                .put("auth_uri", "https://accounts.google.com/o/oauth2/auth")
                .put("token_uri", "https://oauth2.googleapis.com/token")
                .put("universe_domain", "googleapis.com")
                .build();
    }

    /// The key file as the console hands it out: a field a line.
    public String keyFile() {
        StringBuilder file = new StringBuilder("{\n");
        json().fields()
                .forEach((name, value) -> file.append(file.length() > 2 ? ",\n" : "")
                        .append("  ")
                        .append(JsonText.print(Json.of(name)))
                        .append(": ")
                        .append(JsonText.print(value)));
        return file.append("\n}\n").toString();
    }

    /// What a token of this account says: a JSON Web Signature in the compact form. Fails where another key has signed it,
    /// or where its form or header is another.
    public Json.Obj claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || token.indexOf('=') >= 0) {
            throw new AssertionError("no compact JSON Web Signature: " + parts.length + " parts");
        }
        String content = parts[0] + "." + parts[1];
        if (!verifies(content, Base64.getUrlDecoder().decode(parts[2]))) {
            throw new AssertionError("another key has signed it");
        }
        Json.Obj header = decoded(parts[0]);
        Json.Obj expected = Json.object()
                .put("alg", "RS256")
                .put("typ", "JWT")
                .put("kid", KEY_ID)
                .build();
        if (!header.equals(expected)) {
            throw new AssertionError("another header: " + JsonText.print(header));
        }
        return decoded(parts[1]);
    }

    private boolean verifies(String content, byte[] signature) {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(pair.getPublic());
            check.update(content.getBytes(StandardCharsets.US_ASCII));
            return check.verify(signature);
        } catch (GeneralSecurityException notSigned) {
            return false;
        }
    }

    private static Json.Obj decoded(String part) {
        Json.Obj object =
                JsonText.objectOrNull(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        if (object == null) {
            throw new AssertionError("a part of the token is no JSON object");
        }
        return object;
    }
}
