package dev.sluice.aws.owner;

import dev.sluice.aws.owner.OwnerFailure.Kind;
import dev.sluice.aws.owner.Stacks.Resource;
import dev.sluice.model.Json;

/// What a removed stack leaves behind because it holds data: table, secrets, logs. Throws [OwnerFailure].
public final class Leftovers {
    private final AwsCalls calls;

    Leftovers(AwsCalls calls) {
        this.calls = calls;
    }

    /// Whether a stack keeps such a thing when it goes.
    public static boolean isKept(Resource resource) {
        return switch (resource.type()) {
            case "AWS::DynamoDB::Table", "AWS::SecretsManager::Secret", "AWS::Logs::LogGroup" ->
                !resource.physicalId().isEmpty();
            default -> false;
        };
    }

    /// How its owner deletes it by hand.
    public static String remedy(Resource resource) {
        return switch (resource.type()) {
            case "AWS::DynamoDB::Table" ->
                "aws dynamodb update-table --no-deletion-protection-enabled --table-name " + resource.physicalId()
                        + " && aws dynamodb delete-table --table-name " + resource.physicalId();
            case "AWS::SecretsManager::Secret" ->
                "aws secretsmanager delete-secret --force-delete-without-recovery --secret-id " + resource.physicalId();
            default -> "aws logs delete-log-group --log-group-name " + resource.physicalId();
        };
    }

    /// For good: the data cannot be had back. Without effect when it is gone already.
    public void delete(Resource resource) {
        try {
            String id = resource.physicalId();
            switch (resource.type()) {
                case "AWS::DynamoDB::Table" -> table(id);
                case "AWS::SecretsManager::Secret" ->
                    calls.json(
                            Service.SECRETS_MANAGER,
                            "secretsmanager.DeleteSecret",
                            Json.object()
                                    .put("SecretId", id)
                                    .put("ForceDeleteWithoutRecovery", true)
                                    .build());
                default ->
                    calls.json(
                            Service.LOGS,
                            "Logs_20140328.DeleteLogGroup",
                            Json.object().put("logGroupName", id).build());
            }
        } catch (OwnerFailure failed) {
            if (failed.kind() != Kind.ABSENT) {
                throw failed;
            }
        }
    }

    private void table(String name) {
        Json.Obj table = Json.object().put("TableName", name).build();
        calls.json(
                Service.DYNAMODB, "DynamoDB_20120810.UpdateTable", table.with("DeletionProtectionEnabled", Json.FALSE));
        calls.json(Service.DYNAMODB, "DynamoDB_20120810.DeleteTable", table);
    }
}
