package dev.sluice.aws.dynamodb;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// Which table, and how to reach it. What is null comes the usual way of AWS: variables, profile, or the machine itself.
///
/// @param profile of the AWS configuration files
/// @param patience how long one call to a store may wait in all; null: without end
public record TableSettings(
        String table,
        @Nullable String region,
        @Nullable String profile,
        @Nullable URI endpoint,
        @Nullable AccessKey accessKey,
        @Nullable Duration patience) {
    /// As the ports of the stores promise.
    public static final Duration PATIENCE = Duration.ofMillis(1_500);

    /// What identifies the caller to AWS.
    ///
    /// @param token of a temporary one
    public record AccessKey(
            String id, String secret, @Nullable String token) {
        public AccessKey(String id, String secret) {
            this(id, secret, null);
        }

        /// As the SDK's clients take it.
        public StaticCredentialsProvider provider() {
            return StaticCredentialsProvider.create(
                    token == null
                            ? AwsBasicCredentials.create(id, secret)
                            : AwsSessionCredentials.create(id, secret, token));
        }

        @Override
        public String toString() {
            return "AccessKey[" + id + "]";
        }
    }

    /// All the usual way.
    public static TableSettings of(String table) {
        return new TableSettings(table, null, null, null, null, PATIENCE);
    }

    public TableSettings withEndpoint(URI other) {
        return new TableSettings(table, region, profile, other, accessKey, patience);
    }

    public TableSettings withRegion(String other) {
        return new TableSettings(table, other, profile, endpoint, accessKey, patience);
    }

    public TableSettings withProfile(String other) {
        return new TableSettings(table, region, other, endpoint, accessKey, patience);
    }

    public TableSettings withAccessKey(AccessKey other) {
        return new TableSettings(table, region, profile, endpoint, other, patience);
    }

    public TableSettings withPatience(@Nullable Duration other) {
        return new TableSettings(table, region, profile, endpoint, accessKey, other);
    }
}
