package dev.sluice.aws.secrets;

/// What one reading of one secret has brought. The reasons never hold any of the secret.
public sealed interface SecretReading {
    /// Its current value.
    record Found(String text) implements SecretReading {
        @Override
        public String toString() {
            return "Found"; // the value shall not get into a log by accident
        }
    }

    /// The service has said no, and says so again until its owner mends something.
    record Refused(String why) implements SecretReading {}

    /// No answer, or not now: a later reading may bring it.
    record Silent(String why) implements SecretReading {}
}
