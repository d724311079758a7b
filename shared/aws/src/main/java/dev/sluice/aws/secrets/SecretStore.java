package dev.sluice.aws.secrets;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/// Secrets Manager, read one secret at a time; whatever the SDK throws is made a value.
///
/// A call is never repeated by itself and waits no longer than the settings say. Its connection is closed after it: the
/// next reading is minutes away, and no socket outlives a snapshot. Opening calls nobody. Thread-safe.
public final class SecretStore implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final String NOT_KNOWN_WHERE = "it is not known where Secrets Manager is: set AWS_REGION";

    private final SecretsManagerClient client;

    private SecretStore(SecretsManagerClient client) {
        this.client = client;
    }

    /// Throws [SecretFailure] when it is not known where Secrets Manager is.
    public static SecretStore open(SecretSettings settings) {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(settings.patience()))
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(settings.patience())
                        .putHeader("Connection", "close"));
        if (settings.region() != null) {
            builder.region(Region.of(settings.region()));
        }
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        if (settings.accessKey() != null) {
            builder.credentialsProvider(settings.accessKey().provider());
        }
        try {
            return new SecretStore(builder.build());
        } catch (SdkClientException noRegion) {
            throw new SecretFailure(NOT_KNOWN_WHERE);
        }
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
            return silent(failed);
        }
    }

    private static SecretReading judge(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
        boolean later = e.statusCode() >= 500
                || e.isThrottlingException()
                || List.of(
                                "ThrottlingException",
                                "RequestLimitExceeded",
                                "LimitExceededException",
                                "InternalServiceError")
                        .contains(code);
        if (later || code.isEmpty()) {
            return new SecretReading.Silent("Secrets Manager answered " + (code.isEmpty() ? e.statusCode() : code));
        }
        return new SecretReading.Refused(code + ": " + details.errorMessage());
    }

    /// In our words alone: the SDK's may quote the answer that it could not read.
    private static SecretReading silent(RuntimeException e) {
        if (String.valueOf(e.getMessage()).contains("Unable to load credentials")) {
            return new SecretReading.Silent("no AWS credentials were found");
        }
        if (e instanceof ApiCallTimeoutException) {
            return new SecretReading.Silent("Secrets Manager did not answer in time");
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return new SecretReading.Silent(
                        "Secrets Manager cannot be reached (" + cause.getClass().getSimpleName() + ")");
            }
        }
        return new SecretReading.Silent("Secrets Manager's answer could not be read");
    }

    @Override
    public void close() {
        client.close();
    }
}
