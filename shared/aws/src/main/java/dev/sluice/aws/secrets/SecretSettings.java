package dev.sluice.aws.secrets;

import dev.sluice.aws.dynamodb.TableSettings.AccessKey;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How to reach Secrets Manager. What is null comes the usual way of AWS: variables, profile, or the machine itself.
///
/// @param profile of the AWS configuration files
/// @param patience how long one call may wait in all
public record SecretSettings(
        @Nullable String region,
        @Nullable String profile,
        @Nullable URI endpoint,
        @Nullable AccessKey accessKey,
        Duration patience) {
    /// As long as a request that needs a secret can bear.
    public static final Duration PATIENCE = Duration.ofMillis(1_500);

    /// All the usual way.
    public static SecretSettings usual() {
        return new SecretSettings(null, null, null, null, PATIENCE);
    }

    public SecretSettings withRegion(String other) {
        return new SecretSettings(other, profile, endpoint, accessKey, patience);
    }

    public SecretSettings withProfile(String other) {
        return new SecretSettings(region, other, endpoint, accessKey, patience);
    }

    public SecretSettings withEndpoint(URI other) {
        return new SecretSettings(region, profile, other, accessKey, patience);
    }

    public SecretSettings withAccessKey(AccessKey other) {
        return new SecretSettings(region, profile, endpoint, other, patience);
    }

    public SecretSettings withPatience(Duration other) {
        return new SecretSettings(region, profile, endpoint, accessKey, other);
    }
}
