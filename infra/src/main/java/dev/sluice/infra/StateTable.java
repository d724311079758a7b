package dev.sluice.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/// The one table: paid by the request, encrypted with a key of AWS's own, restorable to any second of 35 days.
final class StateTable extends Construct {
    /// As `DynamoTable` of shared/aws makes it.
    private static final String TIME_TO_LIVE = "ttl";

    private final Table table;

    StateTable(Construct scope, Settings settings) {
        super(scope, "State");
        this.table = Table.Builder.create(this, "Table")
                .partitionKey(key("pk"))
                .sortKey(key("sk"))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .timeToLiveAttribute(TIME_TO_LIVE)
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(settings.deletionProtection())
                .removalPolicy(Removal.of(settings))
                .build();
    }

    private static Attribute key(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }

    String name() {
        return table.getTableName();
    }

    /// Lets a role do these things to items of these partitions, and to no others.
    ///
    /// A request that names no partition would pass the condition: never give `dynamodb:Scan` here.
    ///
    /// @param actions without `dynamodb:`
    /// @param partitions with `*` for the rest of a name
    PolicyStatement allow(String why, List<String> actions, List<String> partitions) {
        return PolicyStatement.Builder.create()
                .sid(why)
                .effect(Effect.ALLOW)
                .actions(actions.stream().map(action -> "dynamodb:" + action).toList())
                .resources(List.of(table.getTableArn()))
                .conditions(Map.of("ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", partitions)))
                .build();
    }
}
