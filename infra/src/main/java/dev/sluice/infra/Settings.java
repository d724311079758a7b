package dev.sluice.infra;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.constructs.Node;

/// What the owner may choose, from the CDK's context: every key begins with `sluice:`.
///
/// docs/deploy.md has the table of all keys, and a test holds it to [ContextKey].
///
/// @param memoryMb of the gateway; its share of a processor goes with it
/// @param concurrency how many requests the gateway answers at once at most; absent: what the account allows
/// @param rotationConcurrency the same for the rotation function, 1 or absent
/// @param retain whether the table, the secrets and the logs outlive the stack
/// @param monthlyBudgetUsd 0: no budget
/// @param bedrock whether the gateway may call Amazon Bedrock with its own role
/// @param edge the distribution before the function, if there shall be one
/// @param edgeStack the second stack in us-east-1, if it shall be made
public record Settings(
        String stack,
        Architecture architecture,
        int memoryMb,
        int timeoutSeconds,
        @Nullable Integer concurrency,
        @Nullable Integer rotationConcurrency,
        boolean snapStart,
        int logRetentionDays,
        boolean deletionProtection,
        boolean retain,
        Optional<String> alarmEmail,
        boolean dashboard,
        int monthlyBudgetUsd,
        int rotationDays,
        boolean bedrock,
        Optional<EdgeSettings> edge,
        Optional<EdgeStackSettings> edgeStack) {

    /// The processors that Lambda offers.
    public enum Architecture {
        ARM64("arm64"),
        X86_64("x86_64");

        private final String text;

        Architecture(String text) {
            this.text = text;
        }

        /// As CloudFormation writes it.
        public String text() {
            return text;
        }
    }

    /// CloudFront before the function.
    ///
    /// @param certificate ARN, in us-east-1
    /// @param webAcl ARN of a global web ACL
    /// @param hostedZone id of the Route 53 zone that gets the domain's records
    public record EdgeSettings(
            Optional<String> domain,
            Optional<String> certificate,
            Optional<String> webAcl,
            Optional<String> hostedZone,
            int readTimeoutSeconds) {}

    /// The certificate and the web ACL in us-east-1.
    ///
    /// @param requestsPer5Minutes from one address; more are refused
    public record EdgeStackSettings(Optional<String> domain, Optional<String> hostedZone, int requestsPer5Minutes) {}

    /// Reads the context of the app. Throws [SettingsRefused], which tells of everything at once that is wrong.
    @SuppressWarnings("unchecked") // the CDK's own word for it is Object
    public static Settings from(Node node) {
        return from((Map<String, Object>) node.getAllContext());
    }

    /// Reads a context. Throws [SettingsRefused], which tells of everything at once that is wrong.
    public static Settings from(Map<String, ?> context) {
        return new ContextReader(context).read();
    }
}
