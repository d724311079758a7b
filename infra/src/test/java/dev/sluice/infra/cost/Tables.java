package dev.sluice.infra.cost;

import java.util.stream.Collectors;

/// The tables of docs/deploy.md.
public final class Tables {
    private Tables() {}

    public static String idle(String template) {
        return CostText.table(of(template));
    }

    public static String free(String template) {
        return of(template).onlyWhenUsed().entrySet().stream()
                .map(type -> "* `" + type.getKey() + "`: " + type.getValue() + "\n")
                .collect(Collectors.joining());
    }

    public static String sum(String what, String template) {
        IdleCost cost = of(template);
        return CostText.row(what, CostText.cents(cost.usd()), CostText.cents(cost.afterFreeUsd()));
    }

    public static String turns() {
        return new TurnCost().table();
    }

    private static IdleCost of(String template) {
        return IdleCost.of(JsonTree.object(template));
    }
}
