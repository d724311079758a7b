package dev.sluice.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/// The gateway: the zip on the managed runtime, started by its own script, a new version with each change, and the alias
/// `live` on the newest. Never in a VPC: a function URL does not stream there.
final class GatewayFunction extends Construct {
    static final String ALIAS = "live";

    private final Function function;
    private final Alias alias;
    private final LogGroup logs;

    /// What the gateway reads and writes.
    ///
    /// @param origin with CloudFront
    record World(StateTable table, StackSecret credentials, StackSecret gatewayKey, Optional<StackSecret> origin) {}

    GatewayFunction(Construct scope, Settings settings, String zip, World world) {
        super(scope, "Gateway");
        FunctionRole role = FunctionRole.of(this, settings, statements(settings, world));
        Accepted.in(role.role(), accepted(settings));
        this.logs = role.logs();
        Function.Builder builder = Function.Builder.create(this, "Function")
                .description("Sluice: the gateway")
                .code(Code.fromAsset(zip))
                .handler("dev.sluice.function.LambdaMain::handleRequest")
                .runtime(Runtime.JAVA_25)
                .architecture(
                        settings.architecture() == Settings.Architecture.ARM64
                                ? Architecture.ARM_64
                                : Architecture.X86_64)
                .memorySize(settings.memoryMb())
                .timeout(Duration.seconds(settings.timeoutSeconds()))
                .environment(environment(settings, world))
                .role(role.role())
                .logGroup(logs)
                .reservedConcurrentExecutions(settings.concurrency());
        if (settings.snapStart()) {
            builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
        }
        this.function = builder.build();
        Annotations.of(function)
                .acknowledgeWarning(
                        "@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias is on a published version.");
        this.alias = Alias.Builder.create(this, "Live")
                .aliasName(ALIAS)
                .version(function.getCurrentVersion())
                .build();
    }

    private static Map<String, String> environment(Settings settings, World world) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "AWS_LAMBDA_EXEC_WRAPPER", "/var/task/bin/start",
                "SLUICE_CREDENTIALS_SECRET", world.credentials().arn(),
                "SLUICE_KEY_SECRET", world.gatewayKey().arn(),
                "SLUICE_STACK", settings.stack(),
                "SLUICE_TABLE", world.table().name()));
        world.origin().ifPresent(origin -> environment.put("SLUICE_ORIGIN_SECRET", origin.arn()));
        return environment;
    }

    /// docs/security-iam.md says which class of the gateway needs which of these.
    private static List<PolicyStatement> statements(Settings settings, World world) {
        List<PolicyStatement> statements = new ArrayList<>(List.of(
                // who may call, and what the owner has configured: never written here
                world.table()
                        .allow(
                                "ReadConfigurationAndKeys",
                                List.of("BatchGetItem"),
                                List.of("config", "key#*", "schema")),
                // limits, cooldowns, breakers, positions
                world.table()
                        .allow(
                                "CountAndLimit",
                                List.of("GetItem", "UpdateItem"),
                                List.of("alias#*", "caller#*", "provider#*")),
                // what was used, and by which call
                world.table().allow("Record", List.of("PutItem", "UpdateItem"), List.of("call#*", "usage#*")),
                // stored answers
                world.table().allow("StoreAnswers", List.of("DeleteItem", "PutItem", "Query"), List.of("response#*")),
                // the master key is not among them
                world.credentials().allow("ReadProviderCredentials", List.of("GetSecretValue")),
                world.gatewayKey().allow("ReadItsOwnKey", List.of("GetSecretValue"))));
        world.origin()
                .ifPresent(origin -> statements.add(origin.allow("ReadTheOriginHeader", List.of("GetSecretValue"))));
        if (settings.bedrock()) {
            statements.add(bedrock());
        }
        return statements;
    }

    private static PolicyStatement bedrock() {
        String any = "arn:" + Aws.PARTITION + ":bedrock:*:";
        return PolicyStatement.Builder.create()
                .sid("CallBedrock")
                .effect(Effect.ALLOW)
                .actions(List.of("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"))
                .resources(List.of(
                        any + ":foundation-model/*",
                        any + Aws.ACCOUNT_ID + ":application-inference-profile/*",
                        any + Aws.ACCOUNT_ID + ":inference-profile/*"))
                .build();
    }

    private static Map<String, String> accepted(Settings settings) {
        return settings.bedrock()
                ? Map.of(
                        "AwsSolutions-IAM5",
                        "Which models may be called is in the gateway's configuration; a profile spans regions.")
                : Map.of();
    }

    Function function() {
        return function;
    }

    Alias alias() {
        return alias;
    }

    LogGroup logs() {
        return logs;
    }
}
