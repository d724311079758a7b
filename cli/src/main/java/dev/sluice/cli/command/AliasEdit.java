package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "edit",
        mixinStandardHelpOptions = true,
        description = "Change where an alias leads; what no option names stays as it is.")
final class AliasEdit implements Callable<Integer> {
    private static final String TARGETS = "targets";
    private static final String FALLBACKS = "fallbackTargets";

    private final Context context;

    @Parameters(paramLabel = "NAME", description = "A name of sluice alias list.")
    private String id = "";

    @Mixin
    private AliasOptions alias = new AliasOptions();

    @Option(
            names = "--add-target",
            paramLabel = "REF[@WEIGHT]",
            description = "One more target, or another weight of one.")
    private List<String> more = List.of();

    @Option(names = "--remove-target", paramLabel = "REF", description = "One target or fallback less.")
    private List<String> fewer = List.of();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    AliasEdit(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return new HeadChange(context, change, "alias edit " + id)
                .run(copy -> copy.withAlias(id, edited(copy.alias(id))));
    }

    private Json.Obj edited(Json.Obj before) {
        Json.Obj after = alias.applied(before);
        for (String text : more) {
            Json.Obj target = AliasOptions.target(text);
            after = after.with(
                    TARGETS,
                    WorkingCopy.put(
                            after.items(TARGETS), target, item -> refOf(item).equals(refOf(target))));
        }
        for (String ref : fewer) {
            after = without(after, ref);
        }
        return after;
    }

    private static Json.Obj without(Json.Obj alias, String ref) {
        Json.Obj after = alias;
        for (String tier : List.of(TARGETS, FALLBACKS)) {
            List<Json> left =
                    WorkingCopy.without(after.items(tier), item -> refOf(item).equals(ref));
            after = left.size() == after.items(tier).size() ? after : after.with(tier, Json.array(left));
        }
        if (after.equals(alias)) {
            List<String> known = new ArrayList<>();
            alias.items(TARGETS).forEach(item -> known.add(refOf(item)));
            alias.items(FALLBACKS).forEach(item -> known.add(refOf(item)));
            throw WorkingCopy.unknown("target", ref, known, "sluice alias list");
        }
        return after;
    }

    private static String refOf(Json target) {
        return target instanceof Json.Obj object ? object.text("ref", "") : "";
    }
}
