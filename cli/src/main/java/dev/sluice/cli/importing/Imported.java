package dev.sluice.cli.importing;

import dev.sluice.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a foreign file says, in the words of a configuration of Sluice.
///
/// @param secrets by the name that the providers give for them; for the credential store
/// @param notes sentences about how it was mapped
public record Imported(
        List<Json.Obj> providers,
        Map<String, Json.Obj> aliases,
        @Nullable String defaultModel,
        Map<String, String> secrets,
        List<Lost> lost,
        List<String> notes) {
    public Imported {
        providers = List.copyOf(providers);
        aliases = new LinkedHashMap<>(aliases);
        secrets = new LinkedHashMap<>(secrets);
        lost = List.copyOf(lost);
        notes = List.copyOf(notes);
    }

    @Override
    public String toString() {
        return "Imported"; // it holds secrets
    }
}
