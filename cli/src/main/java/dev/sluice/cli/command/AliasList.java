package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "list", mixinStandardHelpOptions = true, description = "List the aliases and where they lead.")
final class AliasList implements Callable<Integer> {
    private final Context context;

    AliasList(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            show(WorkingCopy.of(holdings.versions().head()).aliases());
            return Exit.OK.code();
        }
    }

    private void show(Map<String, Json> aliases) {
        Report report = context.report();
        if (context.common().json()) {
            report.json(Json.object().put("aliases", new Json.Obj(aliases)).build());
        } else if (aliases.isEmpty()) {
            report.line("no alias is configured: sluice alias add NAME --target PROVIDER/MODEL");
        } else {
            List<List<String>> rows = new ArrayList<>();
            aliases.forEach((id, alias) -> rows.add(row(id, alias)));
            report.table(List.of("ALIAS", "STRATEGY", "TARGETS", "THEN"), rows);
        }
    }

    private static List<String> row(String id, Json alias) {
        Json.Obj object = alias instanceof Json.Obj known ? known : Json.Obj.EMPTY;
        return List.of(id, object.text("strategy", "auto"), refs(object, "targets"), refs(object, "fallbackTargets"));
    }

    private static String refs(Json.Obj alias, String tier) {
        List<String> refs = new ArrayList<>();
        for (Json.Obj target : WorkingCopy.objects(alias.items(tier))) {
            Long weight = target.whole("weight");
            refs.add(target.text("ref", "") + (weight == null ? "" : "@" + weight));
        }
        return String.join(" ", refs);
    }
}
