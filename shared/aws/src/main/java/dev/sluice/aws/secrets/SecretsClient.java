package dev.sluice.aws.secrets;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/// The SDK's client, as all that speak to Secrets Manager make it, and what its failures mean.
final class SecretsClient {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final String NOT_KNOWN_WHERE = "it is not known where Secrets Manager is: set AWS_REGION";
    private static final Set<String> PASSING =
            Set.of("ThrottlingException", "RequestLimitExceeded", "LimitExceededException", "InternalServiceError");

    private SecretsClient() {}

    /// Throws [SecretFailure] when it is not known where Secrets Manager is.
    static SecretsManagerClient open(SecretSettings settings) {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(settings.patience()))
                .overrideConfiguration(override -> {
                    override.retryStrategy(AwsRetryStrategy.doNotRetry())
                            .apiCallTimeout(settings.patience())
                            .putHeader("Connection", "close");
                    if (settings.profile() != null) {
                        override.defaultProfileName(settings.profile())
                                .defaultProfileFile(ProfileFile.defaultProfileFile());
                    }
                });
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
            return builder.build();
        } catch (SdkClientException noRegion) {
            throw new SecretFailure(NOT_KNOWN_WHERE);
        }
    }

    /// The name of the error; empty when it has none.
    static String code(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
    }

    /// Whether it may be another answer in a moment.
    static boolean isPassing(AwsServiceException e) {
        return e.statusCode() >= 500 || e.isThrottlingException() || PASSING.contains(code(e));
    }

    /// Why there is no answer. In our words alone: the SDK's may quote the answer that it could not read.
    static String silence(RuntimeException e) {
        if (String.valueOf(e.getMessage()).contains("Unable to load credentials")) {
            return "no AWS credentials were found";
        }
        if (e instanceof ApiCallTimeoutException) {
            return "Secrets Manager did not answer in time";
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return "Secrets Manager cannot be reached (" + cause.getClass().getSimpleName() + ")";
            }
        }
        return "Secrets Manager's answer could not be read";
    }
}
