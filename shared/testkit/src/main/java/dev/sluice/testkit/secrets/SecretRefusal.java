package dev.sluice.testkit.secrets;

/// A refusal as Secrets Manager words it.
final class SecretRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String type;

    SecretRefusal(String type, String message) {
        super(message);
        this.type = type;
    }

    String type() {
        return type;
    }

    static SecretRefusal noSecret() {
        return new SecretRefusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
}
