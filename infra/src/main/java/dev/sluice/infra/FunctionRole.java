package dev.sluice.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/// A function's role and its log group: the role may write that one log, and what the statements say, nothing else.
///
/// The statements are part of the role, so they hold before the function is there: a snapshot is taken of a function
/// that has read its secret.
record FunctionRole(Role role, LogGroup logs) {
    static FunctionRole of(Construct scope, Settings settings, List<PolicyStatement> statements) {
        LogGroup logs = LogGroup.Builder.create(scope, "Logs")
                .removalPolicy(Removal.of(settings))
                .build();
        ((CfnLogGroup) Accepted.resource(logs)).setRetentionInDays(settings.logRetentionDays());
        List<PolicyStatement> all = new ArrayList<>(statements);
        all.add(PolicyStatement.Builder.create()
                .sid("WriteItsOwnLog")
                .effect(Effect.ALLOW)
                .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
                .resources(List.of(logs.getLogGroupArn()))
                .build());
        Role role = Role.Builder.create(scope, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .inlinePolicies(Map.of(
                        "Allowed",
                        PolicyDocument.Builder.create().statements(all).build()))
                .build();
        return new FunctionRole(role, logs);
    }
}
