package dev.sluice.cli.guide;

import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.terminal.Row;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;

/// The names under which models of a configuration can be asked for, as rows to choose from.
final class Names {
    private Names() {}

    /// Aliases first, then each provider's models.
    static List<Row<String>> of(WorkingCopy copy) {
        List<Row<String>> rows = new ArrayList<>();
        copy.aliases().forEach((name, alias) -> {
            if (name.indexOf('*') < 0) {
                rows.add(Row.of(name, name, "alias of " + targets(alias)));
            }
        });
        rows.addAll(models(copy));
        return rows;
    }

    static List<Row<String>> models(WorkingCopy copy) {
        List<Row<String>> rows = new ArrayList<>();
        for (Json.Obj provider : copy.providers()) {
            String id = provider.text("id", "");
            ProviderModels.ids(provider).forEach(model -> rows.add(Row.of(id + "/" + model, id + "/" + model)));
        }
        return rows;
    }

    private static String targets(Json alias) {
        return alias instanceof Json.Obj object
                ? String.join(
                        ", ",
                        WorkingCopy.objects(object.items("targets")).stream()
                                .map(target -> target.text("ref", ""))
                                .toList())
                : "";
    }

    static List<Row<String>> providers(WorkingCopy copy) {
        return copy.providers().stream()
                .map(provider -> Row.of(
                        provider.text("id", ""),
                        provider.text("id", ""),
                        ProviderModels.ids(provider).size() + " models named"))
                .toList();
    }
}
