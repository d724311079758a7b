package dev.sluice.cli.guide;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;

/// By which names new models are to be found: an alias over all of them, and the default model.
///
/// @param alias empty: none
/// @param first the default model's name; empty: it stays as it is
record Naming(String alias, String first) {
    static final Naming NONE = new Naming("", "");

    /// What a gateway does with several targets unless it is told otherwise.
    private static final String STRATEGY = "auto";

    WorkingCopy edit(WorkingCopy copy, List<String> refs) {
        if (!alias.isEmpty() && copy.aliases().containsKey(alias)) {
            throw CommandFailure.usage("there is an alias " + alias + " already: give this one another name");
        }
        WorkingCopy named = alias.isEmpty() ? copy : copy.withAlias(alias, alias(refs, STRATEGY));
        return first.isEmpty() ? named : named.with("defaultModel", Json.of(first));
    }

    static Json.Obj alias(List<String> refs, String strategy) {
        return Json.object()
                .put("strategy", strategy)
                .put(
                        "targets",
                        Json.array(refs.stream()
                                .map(ref -> Json.object().put("ref", ref).build())
                                .toList()))
                .build();
    }

    List<List<String>> commands(List<String> refs) {
        List<List<String>> all = new ArrayList<>();
        if (!alias.isEmpty()) {
            all.add(command(alias, refs, STRATEGY));
        }
        if (!first.isEmpty()) {
            all.add(List.of("model", "default", first));
        }
        return all;
    }

    static List<String> command(String alias, List<String> refs, String strategy) {
        List<String> words = new ArrayList<>(List.of("alias", "add", alias, "--strategy", strategy));
        refs.forEach(ref -> words.addAll(List.of("--target", ref)));
        return words;
    }
}
