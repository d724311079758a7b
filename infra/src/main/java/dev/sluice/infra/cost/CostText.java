package dev.sluice.infra.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Costs as tables, for people, and as JSON.
final class CostText {
    private CostText() {}

    static String table(IdleCost cost) {
        StringBuilder out = new StringBuilder()
                .append(row("what", "units", "USD each", "USD a month", "after what every account gets free"))
                .append(row("---", "---", "---", "---", "---"));
        cost.lines()
                .forEach(line -> out.append(row(
                        line.what(),
                        number(line.units()),
                        line.price().usd().toPlainString(),
                        cents(line.usd()),
                        cents(line.afterFreeUsd()))));
        out.append(
                row("**together**", "", "", "**" + cents(cost.usd()) + "**", "**" + cents(cost.afterFreeUsd()) + "**"));
        if (!cost.unknown().isEmpty()) {
            out.append("\nNot in the sum, because nothing is known of their price: ")
                    .append(String.join(", ", cost.unknown()))
                    .append(".\n");
        }
        return out.toString();
    }

    static String json(IdleCost cost) {
        StringBuilder out = new StringBuilder("{\"region\":\"us-east-1\",\"usd\":")
                .append(cents(cost.usd()))
                .append(",\"afterFreeUsd\":")
                .append(cents(cost.afterFreeUsd()))
                .append(",\"lines\":[");
        String between = "";
        for (IdleCost.Line line : cost.lines()) {
            out.append(between)
                    .append("{\"what\":")
                    .append(quoted(line.what()))
                    .append(",\"units\":")
                    .append(number(line.units()))
                    .append(",\"usdEach\":")
                    .append(line.price().usd().toPlainString())
                    .append(",\"unit\":")
                    .append(quoted(line.price().unit()))
                    .append(",\"usd\":")
                    .append(cents(line.usd()))
                    .append(",\"afterFreeUsd\":")
                    .append(cents(line.afterFreeUsd()))
                    .append('}');
            between = ",";
        }
        out.append("],\"unknown\":[");
        between = "";
        for (String type : cost.unknown()) {
            out.append(between).append(quoted(type));
            between = ",";
        }
        return out.append("]}").toString();
    }

    /// The texts are ours and types of CloudFormation: neither quotes nor control characters are in them.
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    static String cents(BigDecimal usd) {
        return usd.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    static String number(BigDecimal units) {
        return units.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }
}
