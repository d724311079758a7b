package dev.sluice.aws.secrets;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/// Secrets Manager, read one secret at a time; whatever the SDK throws is made a value.
///
/// A call is never repeated by itself and waits no longer than the settings say. Its connection is closed after it: the
/// next reading is minutes away, and no socket outlives a snapshot. Opening calls nobody. Thread-safe.
public final class SecretStore implements AutoCloseable {
    private final SecretsManagerClient client;

    private SecretStore(SecretsManagerClient client) {
        this.client = client;
    }

    /// Throws [SecretFailure] when it is not known where Secrets Manager is.
    public static SecretStore open(SecretSettings settings) {
        return new SecretStore(SecretsClient.open(settings));
    }

    /// The current value of the secret.
    ///
    /// @param id its name or ARN
    public SecretReading read(String id) {
        try {
            GetSecretValueResponse response = client.getSecretValue(
                    GetSecretValueRequest.builder().secretId(id).build());
            String text = response.secretString();
            return text == null
                    ? new SecretReading.Refused("it holds bytes where a text is expected")
                    : new SecretReading.Found(text);
        } catch (AwsServiceException refused) {
            return judge(refused);
        } catch (RuntimeException failed) {
            return new SecretReading.Silent(SecretsClient.silence(failed));
        }
    }

    private static SecretReading judge(AwsServiceException e) {
        String code = SecretsClient.code(e);
        if (code.isEmpty() || SecretsClient.isPassing(e)) {
            return new SecretReading.Silent("Secrets Manager answered " + (code.isEmpty() ? e.statusCode() : code));
        }
        return new SecretReading.Refused(code + ": " + e.awsErrorDetails().errorMessage());
    }

    @Override
    public void close() {
        client.close();
    }
}
