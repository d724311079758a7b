package dev.sluice.function;

import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.aws.secrets.SecretSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the environment tells the function. Names of secrets, never a secret.
///
/// Beside the variables named here those of AWS count: `AWS_REGION` (or `AWS_DEFAULT_REGION`), `AWS_ENDPOINT_URL_DYNAMODB`
/// and `AWS_ENDPOINT_URL_SECRETS_MANAGER` (or `AWS_ENDPOINT_URL` for both), and an access key without a session token. With
/// a token, or without a key, the SDK finds its credentials itself: those of Lambda come with a token, and change.
///
/// @param credentialsSecret the secret with the providers' credentials, a JSON object of names and values
/// @param keySecret the secret with the gateway's own 256 bits, in hex or base64
/// @param originSecret the secret with the value of CloudFront's origin header; null: no CloudFront before it
/// @param stack whose metrics they are; null: none are written
/// @param snapshot whether a snapshot is taken of this environment before its first request
record FunctionSettings(
        TableSettings table,
        SecretSettings secrets,
        String credentialsSecret,
        String keySecret,
        @Nullable String originSecret,
        @Nullable String stack,
        boolean snapshot) {
    /// The DynamoDB table.
    static final String TABLE = "SLUICE_TABLE";

    /// Name or ARN of the secret with the providers' credentials.
    static final String CREDENTIALS_SECRET = "SLUICE_CREDENTIALS_SECRET";

    /// Name or ARN of the secret with the gateway's own 256 bits.
    static final String KEY_SECRET = "SLUICE_KEY_SECRET";

    /// Name or ARN of the secret with the value of CloudFront's origin header.
    static final String ORIGIN_SECRET = "SLUICE_ORIGIN_SECRET";

    /// The stack's name, by which metrics are told apart.
    static final String STACK = "SLUICE_STACK";

    private static final int LONGEST_STACK = 128;
    private static final String REGION = "AWS_REGION";
    private static final String ENDPOINT = "AWS_ENDPOINT_URL";

    /// Throws [SettingsFailure], which tells of everything at once that is missing or wrong.
    static FunctionSettings from(Map<String, String> environment) {
        return new Reader(environment).read();
    }

    FunctionSettings withPatience(Duration patience) {
        return new FunctionSettings(
                table.withPatience(patience),
                secrets.withPatience(patience),
                credentialsSecret,
                keySecret,
                originSecret,
                stack,
                snapshot);
    }

    private static final class Reader {
        private final Map<String, String> environment;
        private final List<String> problems = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        FunctionSettings read() {
            String table = needed(TABLE, "the name of the DynamoDB table");
            String credentials = needed(CREDENTIALS_SECRET, "the name of the secret with the providers' credentials");
            String key = needed(KEY_SECRET, "the name of the secret with the gateway's own 256 bits");
            String region = variable("AWS_DEFAULT_REGION")
                    .filter(_ -> variable(REGION).isEmpty())
                    .orElseGet(() -> needed(REGION, "the AWS region of both"));
            TableSettings tables = TableSettings.of(table).withRegion(region);
            SecretSettings secrets = SecretSettings.usual().withRegion(region);
            URI dynamo = endpoint(ENDPOINT + "_DYNAMODB");
            URI manager = endpoint(ENDPOINT + "_SECRETS_MANAGER");
            String stack = stack();
            if (!problems.isEmpty()) {
                throw new SettingsFailure(String.join("; ", problems));
            }
            tables = dynamo == null ? tables : tables.withEndpoint(dynamo);
            secrets = manager == null ? secrets : secrets.withEndpoint(manager);
            Optional<TableSettings.AccessKey> access = accessKey();
            return new FunctionSettings(
                    access.isPresent() ? tables.withAccessKey(access.get()) : tables,
                    access.isPresent() ? secrets.withAccessKey(access.get()) : secrets,
                    credentials,
                    key,
                    variable(ORIGIN_SECRET).orElse(null),
                    stack,
                    variable("AWS_LAMBDA_INITIALIZATION_TYPE").equals(Optional.of("snap-start")));
        }

        private @Nullable String stack() {
            String name = variable(STACK).orElse(null);
            if (name != null
                    && (name.length() > LONGEST_STACK
                            || !name.chars()
                                    .allMatch(c -> c == '-'
                                            || c >= '0' && c <= '9'
                                            || c >= 'A' && c <= 'Z'
                                            || c >= 'a' && c <= 'z'))) {
                problems.add(STACK + " is no stack's name: letters, digits and hyphens, at most " + LONGEST_STACK);
            }
            return name;
        }

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
            Optional<String> text = variable(used);
            if (text.isEmpty()) {
                return null;
            }
            try {
                URI uri = URI.create(text.get());
                if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                    return uri;
                }
            } catch (IllegalArgumentException noAddress) {
                // refused below
            }
            problems.add(used + " is no address such as http://127.0.0.1:8000: " + text.get());
            return null;
        }

        private Optional<String> variable(String name) {
            return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
        }
    }
}
