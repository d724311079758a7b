package dev.sluice.cli.importing;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was imported, put into the configuration in force.
///
/// @param secrets by the names that the credential store will have for them
public record Merge(WorkingCopy copy, Map<String, String> secrets) {
    /// Refuses what is there already, unless it shall be replaced.
    ///
    /// @param kept the names in the credential store
    public static Merge of(WorkingCopy head, Imported imported, Collection<String> kept, boolean replace) {
        if (!replace) {
            refuseTwice(head, imported);
        }
        Map<String, String> secrets = new LinkedHashMap<>();
        WorkingCopy merged = head;
        for (Json.Obj provider : imported.providers()) {
            String name = provider.text("credential", "");
            String secret = imported.secrets().get(name);
            Json.Obj with = provider;
            if (secret != null) {
                String free = replace ? name : free(name, kept);
                with = provider.with("credential", Json.of(free));
                secrets.put(free, secret);
            }
            merged = merged.withProvider(with);
        }
        for (Map.Entry<String, Json.Obj> alias : imported.aliases().entrySet()) {
            merged = merged.withAlias(alias.getKey(), alias.getValue());
        }
        boolean takesDefault =
                imported.defaultModel() != null && (replace || !head.document().has("defaultModel"));
        return new Merge(
                takesDefault ? merged.with("defaultModel", Json.orNull(imported.defaultModel())) : merged, secrets);
    }

    private static void refuseTwice(WorkingCopy head, Imported imported) {
        List<String> twice = new ArrayList<>();
        imported.providers().stream()
                .map(provider -> provider.text("id", ""))
                .filter(head::hasProvider)
                .forEach(id -> twice.add("provider " + id));
        imported.aliases().keySet().stream()
                .filter(head.aliases()::containsKey)
                .forEach(id -> twice.add("alias " + id));
        if (!twice.isEmpty()) {
            throw CommandFailure.usage("there is already: " + String.join(", ", twice)
                    + ". With --replace the imported ones take their places; nothing was changed");
        }
    }

    /// Another account's secret of that name stays.
    private static String free(String name, Collection<String> kept) {
        String free = name;
        for (int n = 2; kept.contains(free); n++) {
            free = name + "-" + n;
        }
        return free;
    }

    @Override
    public String toString() {
        return "Merge"; // it holds secrets
    }
}
