package dev.sluice.rotation;

import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.aws.secrets.SecretSettings;
import dev.sluice.aws.settings.StackVariables;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
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

    /// Throws [RotationFailure], which tells of everything at once that is missing or wrong.
    static RotationSettings from(Map<String, String> environment) {
        return new Reader(environment).read();
    }

    /// For each call to the table and to a secret.
    RotationSettings withPatience(Duration patience) {
        return new RotationSettings(
                table.withPatience(patience), secrets.withPatience(patience), keySecret, masterSecret, gateway);
    }

    private static final class Reader {
        private final StackVariables variables;

        Reader(Map<String, String> environment) {
            this.variables = new StackVariables(environment);
        }

        RotationSettings read() {
            String name = variables.needed(TABLE, "the name of the DynamoDB table");
            String key = variables.needed(KEY_SECRET, "the name of the secret with the gateway's own 256 bits");
            String master = variables.needed(MASTER_SECRET, "the ARN of the secret with the master key");
            String url = variables.needed(URL, "the gateway's address");
            String region = variables.region("all of them");
            URI gateway = url.isEmpty() ? null : gateway(url);
            TableSettings table = variables.table(name, region).withPatience(PATIENCE);
            SecretSettings secrets = variables.secrets(region).withPatience(PATIENCE);
            if (!variables.problems().isEmpty() || gateway == null) {
                throw new RotationFailure(String.join("; ", variables.problems()));
            }
            return new RotationSettings(table, secrets, key, master, gateway);
        }

        private @Nullable URI gateway(String text) {
            try {
                URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
                boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                if (isHttp && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                    return uri;
                }
            } catch (IllegalArgumentException noAddress) {
                // told below
            }
            variables.problem(URL + " is no address such as https://id.lambda-url.region.on.aws");
            return null;
        }
    }
}
