package dev.sluice.aws.dynamodb;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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

    /// A pair that identifies the caller to AWS.
    public record AccessKey(String id, String secret) {
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
