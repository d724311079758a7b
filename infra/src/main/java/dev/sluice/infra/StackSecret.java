package dev.sluice.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.SecretValue;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/// A secret of the stack, named `<stack>/<name>`; no value of one is ever in the template.
///
/// CloudFormation writes a secret's value only when the lines about that value change. So never change them.
final class StackSecret {
    private static final String NOT_HEX = "ghijklmnopqrstuvwxyz";
    private static final String NEVER_ROTATES = "AwsSolutions-SMG4";

    private final Secret secret;

    private StackSecret(Secret secret) {
        this.secret = secret;
    }

    /// The key that callers of everything use. What stands in it before its first rotation is a value that no table knows.
    static StackSecret masterKey(Construct scope, Settings settings) {
        return new StackSecret(builder(scope, "MasterKey", settings, "master-key")
                .description("Sluice: the master key. See `sluice worker-key show-status` and `rotate`.")
                .generateSecretString(letters())
                .build());
    }

    /// The providers' credentials: a JSON object, name to value, empty at first.
    static StackSecret credentials(Construct scope, Settings settings) {
        return unrotated(
                builder(scope, "ProviderCredentials", settings, "credentials")
                        .description("Sluice: the providers' credentials, a JSON object. See `sluice credential set`.")
                        .secretStringValue(SecretValue.unsafePlainText("{}")),
                "Other companies give these keys out; no function can make new ones.");
    }

    /// The gateway's own 256 bits, as 64 hex digits. It outlives every rotation: the hashes of all keys hang on it.
    static StackSecret gatewayKey(Construct scope, Settings settings) {
        return unrotated(
                builder(scope, "GatewayKey", settings, "gateway-key")
                        .description("Sluice: the key under which all other keys are hashed. Never change it.")
                        .generateSecretString(hex()),
                "The table holds hashes of keys made with it: a new one would lock every caller out.");
    }

    /// What CloudFront tells the function, so that it knows CloudFront.
    static StackSecret originHeader(Construct scope, Settings settings) {
        return unrotated(
                builder(scope, "OriginHeader", settings, "origin-header")
                        .description("Sluice: the header x-sluice-origin that CloudFront sends to the function.")
                        .generateSecretString(hex()),
                "Distribution and function have to change at the same moment, which only a deployment does.");
    }

    private static StackSecret unrotated(Secret.Builder builder, String why) {
        StackSecret made = new StackSecret(builder.build());
        Accepted.in(made.secret, Map.of(NEVER_ROTATES, why));
        return made;
    }

    private static Secret.Builder builder(Construct scope, String id, Settings settings, String name) {
        return Secret.Builder.create(scope, id)
                .secretName(settings.stack() + "/" + name)
                .removalPolicy(Removal.of(settings));
    }

    private static SecretStringGenerator hex() {
        return SecretStringGenerator.builder()
                .passwordLength(64)
                .excludeCharacters(NOT_HEX)
                .excludeUppercase(true)
                .excludePunctuation(true)
                .requireEachIncludedType(false)
                .build();
    }

    private static SecretStringGenerator letters() {
        return SecretStringGenerator.builder()
                .passwordLength(40)
                .excludePunctuation(true)
                .build();
    }

    String arn() {
        return secret.getSecretArn();
    }

    /// CloudFormation puts the value in this text's place when it deploys.
    String reference() {
        return "{{resolve:secretsmanager:" + arn() + ":SecretString:::}}";
    }

    /// @param actions without `secretsmanager:`
    PolicyStatement allow(String why, List<String> actions) {
        return PolicyStatement.Builder.create()
                .sid(why)
                .effect(Effect.ALLOW)
                .actions(actions.stream()
                        .map(action -> "secretsmanager:" + action)
                        .toList())
                .resources(List.of(arn()))
                .build();
    }
}
