package dev.sluice.rotation;

import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.aws.secrets.SecretSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the environment tells the function. Names of secrets, never a secret. Those of AWS count as for the gateway
/// (docs/function.md).
///
/// @param keySecret the secret with the gateway's own 256 bits
/// @param masterSecret ARN of the one secret that is rotated
/// @param gateway where the new key is tried
record RotationSettings(
        TableSettings table, SecretSettings secrets, String keySecret, String masterSecret, URI gateway) {
    static final String TABLE = "SLUICE_TABLE";
    static final String KEY_SECRET = "SLUICE_KEY_SECRET";
    static final String MASTER_SECRET = "SLUICE_MASTER_SECRET";
    static final String URL = "SLUICE_URL";

    /// A cold start in a small environment is slow, and nobody waits.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String REGION = "AWS_REGION";
    private static final String ENDPOINT = "AWS_ENDPOINT_URL";

    /// Throws [RotationFailure], which tells of everything at once that is missing or wrong.
    static RotationSettings from(Map<String, String> environment) {
        return new Reader(environment).read();
    }

    private static final class Reader {
        private final Map<String, String> environment;
        private final List<String> problems = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        RotationSettings read() {
            String table = needed(TABLE, "the name of the DynamoDB table");
            String key = needed(KEY_SECRET, "the name of the secret with the gateway's own 256 bits");
            String master = needed(MASTER_SECRET, "the ARN of the secret with the master key");
            String url = needed(URL, "the gateway's address");
            String region = variable("AWS_DEFAULT_REGION")
                    .filter(_ -> variable(REGION).isEmpty())
                    .orElseGet(() -> needed(REGION, "the AWS region of all of them"));
            URI gateway = url.isEmpty() ? null : address(URL, url);
            URI dynamo = endpoint(ENDPOINT + "_DYNAMODB");
            URI manager = endpoint(ENDPOINT + "_SECRETS_MANAGER");
            if (!problems.isEmpty() || gateway == null) {
                throw new RotationFailure(String.join("; ", problems));
            }
            TableSettings tables = TableSettings.of(table).withRegion(region).withPatience(PATIENCE);
            SecretSettings secrets = SecretSettings.usual().withRegion(region).withPatience(PATIENCE);
            tables = dynamo == null ? tables : tables.withEndpoint(dynamo);
            secrets = manager == null ? secrets : secrets.withEndpoint(manager);
            Optional<TableSettings.AccessKey> access = accessKey();
            return new RotationSettings(
                    access.isPresent() ? tables.withAccessKey(access.get()) : tables,
                    access.isPresent() ? secrets.withAccessKey(access.get()) : secrets,
                    key,
                    master,
                    gateway);
        }

        /// Without a session token; those of Lambda come with one, and the SDK finds them itself.
        private Optional<TableSettings.AccessKey> accessKey() {
            Optional<String> id = variable("AWS_ACCESS_KEY_ID");
            Optional<String> secret = variable("AWS_SECRET_ACCESS_KEY");
            return id.isPresent()
                            && secret.isPresent()
                            && variable("AWS_SESSION_TOKEN").isEmpty()
                    ? Optional.of(new TableSettings.AccessKey(id.get(), secret.get()))
                    : Optional.empty();
        }

        private String needed(String name, String what) {
            return variable(name).orElseGet(() -> {
                problems.add(name + " is not set: it is " + what);
                return "";
            });
        }

        private @Nullable URI endpoint(String name) {
            String used = variable(name).isPresent() ? name : ENDPOINT;
            return variable(used).map(text -> address(used, text)).orElse(null);
        }

        private @Nullable URI address(String name, String text) {
            try {
                URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
                boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                if (isHttp && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                    return uri;
                }
            } catch (IllegalArgumentException noAddress) {
                // told below
            }
            problems.add(name + " is no address such as https://id.lambda-url.region.on.aws");
            return null;
        }

        private Optional<String> variable(String name) {
            return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
        }
    }
}
