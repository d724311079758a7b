package dev.sluice.infra;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.amazon.awscdk.services.budgets.CfnBudget.BudgetDataProperty;
import software.amazon.awscdk.services.budgets.CfnBudget.NotificationProperty;
import software.amazon.awscdk.services.budgets.CfnBudget.NotificationWithSubscribersProperty;
import software.amazon.awscdk.services.budgets.CfnBudget.SpendProperty;
import software.amazon.awscdk.services.budgets.CfnBudget.SubscriberProperty;
import software.constructs.Construct;

/// AWS's own budget over the whole account: a cost tag would count only once somebody has activated it in the console.
///
/// It has no name of ours: another address means another budget, and the old one would be in its way.
final class MonthlyBudget extends Construct {
    MonthlyBudget(Construct scope, Settings settings) {
        super(scope, "Budget");
        CfnBudget.Builder.create(this, "Monthly")
                .budget(BudgetDataProperty.builder()
                        .budgetType("COST")
                        .timeUnit("MONTHLY")
                        .budgetLimit(SpendProperty.builder()
                                .amount(settings.monthlyBudgetUsd())
                                .unit("USD")
                                .build())
                        .build())
                .notificationsWithSubscribers(settings.alarmEmail()
                        .map(address -> Stream.of(warning("ACTUAL", 80, address), warning("FORECASTED", 100, address))
                                .toList())
                        .orElse(List.of()))
                .build();
    }

    private static NotificationWithSubscribersProperty warning(String type, int percent, String address) {
        return NotificationWithSubscribersProperty.builder()
                .notification(NotificationProperty.builder()
                        .notificationType(type)
                        .comparisonOperator("GREATER_THAN")
                        .threshold(percent)
                        .thresholdType("PERCENTAGE")
                        .build())
                .subscribers(List.of(SubscriberProperty.builder()
                        .subscriptionType("EMAIL")
                        .address(address)
                        .build()))
                .build();
    }
}
