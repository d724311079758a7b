package dev.sluice.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.secretsmanager.CfnRotationSchedule;
import software.constructs.Construct;

/// The function that makes a new master key, and its schedule. The first rotation begins with the deployment: it mints
/// the key, so it waits for all that it needs.
final class KeyRotation extends Construct {
    private final Function function;

    /// What the rotation reads and writes.
    record World(StateTable table, StackSecret masterKey, StackSecret gatewayKey, Entrance entrance) {}

    KeyRotation(Construct scope, Settings settings, String zip, World world) {
        super(scope, "KeyRotation");
        FunctionRole role = FunctionRole.of(this, settings, statements(world));
        this.function = new SmallFunction(
                        zip,
                        "dev.sluice.rotation.RotationFunction::handleRequest",
                        "Sluice: rotates the master key",
                        Map.of(
                                "SLUICE_KEY_SECRET", world.gatewayKey().arn(),
                                "SLUICE_MASTER_SECRET", world.masterKey().arn(),
                                "SLUICE_TABLE", world.table().name(),
                                "SLUICE_URL", world.entrance().address()),
                        settings.rotationConcurrency())
                .in(this, role);
        CfnPermission invoke = CfnPermission.Builder.create(this, "InvokedBySecretsManager")
                .functionName(function.getFunctionArn())
                .action("lambda:InvokeFunction")
                .principal("secretsmanager.amazonaws.com")
                .sourceAccount(Aws.ACCOUNT_ID)
                .sourceArn(world.masterKey().arn())
                .build();
        CfnRotationSchedule schedule = CfnRotationSchedule.Builder.create(this, "Schedule")
                .secretId(world.masterKey().arn())
                .rotationLambdaArn(function.getFunctionArn())
                .rotationRules(CfnRotationSchedule.RotationRulesProperty.builder()
                        .automaticallyAfterDays(settings.rotationDays())
                        .build())
                .rotateImmediatelyOnUpdate(true)
                .build();
        schedule.getNode().addDependency(invoke);
        world.entrance().before(schedule);
    }

    private static List<PolicyStatement> statements(World world) {
        return List.of(
                // which key holds and which is pending
                world.table().allow("ReadTheMasterKeysState", List.of("GetItem"), List.of("worker-key")),
                // that state and the keys' own records, together in one transaction
                world.table().allow("ChangeMasterKeys", List.of("PutItem"), List.of("key#*", "worker-key")),
                // the four steps: look, make a version, read it, move a label
                world.masterKey()
                        .allow(
                                "RotateTheMasterKey",
                                List.of(
                                        "DescribeSecret",
                                        "GetSecretValue",
                                        "PutSecretValue",
                                        "UpdateSecretVersionStage")),
                // the key under which keys are hashed; not the providers' credentials
                world.gatewayKey().allow("ReadTheGatewaysKey", List.of("GetSecretValue")));
    }

    Function function() {
        return function;
    }
}
