package dev.sluice.function;

import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.aws.secrets.SecretSettings;
import dev.sluice.aws.settings.StackVariables;
import java.time.Duration;
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
        private final StackVariables variables;

        Reader(Map<String, String> environment) {
            this.variables = new StackVariables(environment);
        }

        FunctionSettings read() {
            String name = variables.needed(TABLE, "the name of the DynamoDB table");
            String credentials =
                    variables.needed(CREDENTIALS_SECRET, "the name of the secret with the providers' credentials");
            String key = variables.needed(KEY_SECRET, "the name of the secret with the gateway's own 256 bits");
            String region = variables.region("both");
            TableSettings table = variables.table(name, region);
            SecretSettings secrets = variables.secrets(region);
            String stack = stack();
            if (!variables.problems().isEmpty()) {
                throw new SettingsFailure(String.join("; ", variables.problems()));
            }
            return new FunctionSettings(
                    table,
                    secrets,
                    credentials,
                    key,
                    variables.variable(ORIGIN_SECRET).orElse(null),
                    stack,
                    variables.variable("AWS_LAMBDA_INITIALIZATION_TYPE").equals(Optional.of("snap-start")));
        }

        private @Nullable String stack() {
            String name = variables.variable(STACK).orElse(null);
            if (name != null
                    && (name.length() > LONGEST_STACK
                            || !name.chars()
                                    .allMatch(c -> c == '-'
                                            || c >= '0' && c <= '9'
                                            || c >= 'A' && c <= 'Z'
                                            || c >= 'a' && c <= 'z'))) {
                variables.problem(STACK + " is no stack's name: letters, digits and hyphens, at most " + LONGEST_STACK);
            }
            return name;
        }
    }
}
