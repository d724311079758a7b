package dev.sluice.aws.dynamodb;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/// Makes clients of DynamoDB: they never repeat a call by themselves (an `UpdateItem` that was carried out and not
/// acknowledged would count twice), and wait only as long as the settings say.
///
/// Nothing is kept between clients, so a client made after a snapshot was restored has nothing of the time before.
public final class DynamoDb {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    /// For a client that is told to wait without end.
    private static final Duration LONGEST = Duration.ofHours(1);

    private DynamoDb() {}

    /// Throws [StoreFailure] when it is not known where DynamoDB is: no region anywhere.
    public static DynamoDbClient client(TableSettings settings) {
        return client(settings, List.of());
    }

    /// @param interceptors told of every call
    static DynamoDbClient client(TableSettings settings, List<? extends ExecutionInterceptor> interceptors) {
        SdkHttpClient.Builder<?> http = UrlConnectionHttpClient.builder()
                .connectionTimeout(settings.patience() == null ? LONGEST : CONNECT)
                .socketTimeout(patience(settings));
        return client(settings, interceptors, DynamoDbClient.builder().httpClientBuilder(http));
    }

    private static Duration patience(TableSettings settings) {
        return settings.patience() == null ? LONGEST : settings.patience();
    }

    /// @param builder that knows its HTTP client
    static DynamoDbClient client(
            TableSettings settings, List<? extends ExecutionInterceptor> interceptors, DynamoDbClientBuilder builder) {
        builder.overrideConfiguration(override -> {
            override.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(patience(settings));
            override.addExecutionInterceptor(new SentMark());
            interceptors.forEach(override::addExecutionInterceptor);
            if (settings.profile() != null) {
                override.defaultProfileName(settings.profile()).defaultProfileFile(ProfileFile.defaultProfileFile());
            }
        });
        if (settings.region() != null) {
            builder.region(Region.of(settings.region()));
        }
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        TableSettings.AccessKey accessKey = settings.accessKey();
        if (accessKey != null) {
            builder.credentialsProvider(accessKey.provider());
        }
        try {
            return builder.build();
        } catch (SdkClientException e) {
            throw new StoreFailure("DynamoDB cannot be reached like this: " + e.getMessage());
        }
    }
}
