package dev.sluice.cli.secret;

import dev.sluice.core.credential.ServiceAccountKey;
import java.util.Optional;

/// What a credential's name and value may be.
public final class CredentialRules {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_SECRET = 65_536;

    private CredentialRules() {}

    /// What is wrong with the name, if anything is.
    public static Optional<String> problemOfName(String name) {
        boolean good =
                !name.isEmpty() && name.length() <= LONGEST_NAME && name.chars().allMatch(CredentialRules::inName);
        return good
                ? Optional.empty()
                : Optional.of("a credential's name has 1 to " + LONGEST_NAME
                        + " letters, digits, dots, dashes and underscores");
    }

    /// What is wrong with the secret, if anything is. It travels in a header: line ends and letters beyond ASCII
    /// cannot. The key file of a Google service account does not travel: it may have them, and has to be whole.
    public static Optional<String> problemOfSecret(String secret) {
        if (secret.isBlank()) {
            return Optional.of("the value is empty");
        }
        if (secret.length() > LONGEST_SECRET) {
            return Optional.of("the value is longer than " + LONGEST_SECRET + " characters");
        }
        if (secret.strip().equals("{")) {
            return Optional.of(
                    "the value is only the first line of a file: name the file itself with --from-file FILE");
        }
        if (ServiceAccountKey.isMeant(secret)) {
            return problemOfKeyFile(secret);
        }
        return secret.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
                ? Optional.empty()
                : Optional.of("the value has line ends or characters beyond ASCII in it, which no header can carry");
    }

    /// What is wrong with the key file of a Google service account, if anything is.
    public static Optional<String> problemOfKeyFile(String secret) {
        return ServiceAccountKey.read(secret) instanceof ServiceAccountKey.Reading.Damaged(String why)
                ? Optional.of("the value is no key file of a Google service account: " + why)
                : Optional.empty();
    }

    private static boolean inName(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_';
    }
}
