package dev.sluice.infra.cost;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Prints what a stack costs in a month in which nobody calls: `CostOf TEMPLATE.json [--json]`.
///
/// Exit code 0; 1 where the file cannot be read or is no template, 2 for bad usage.
public final class CostOf {
    private CostOf() {}

    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        boolean json = arguments.contains("--json");
        List<String> files =
                arguments.stream().filter(word -> !word.equals("--json")).toList();
        if (files.size() != 1 || files.getFirst().startsWith("-")) {
            err.println("usage: CostOf TEMPLATE.json [--json]");
            return 2;
        }
        try {
            IdleCost cost = IdleCost.of(JsonTree.object(Files.readString(Path.of(files.getFirst()))));
            out.print(json ? CostText.json(cost) + "\n" : CostText.table(cost));
            return 0;
        } catch (IOException e) {
            err.println("sluice: " + files.getFirst() + " cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        } catch (IllegalArgumentException e) {
            err.println("sluice: " + files.getFirst() + ": " + e.getMessage());
        }
        return 1;
    }
}
