package dev.sluice.cli.provider;

import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a provider's documents say of how it is reached.
///
/// @param endpoints base URL by dialect, the preferred first; a URL may hold `{name}` of a variable, and `{name-}` for it
///     with a hyphen, or nothing where it is `global`
/// @param variables what the owner has to say, by name: a sentence for each
/// @param auth as in a configuration; null: each dialect's default
/// @param credential null: none is wanted
/// @param local whether it runs on the owner's own machine or network
/// @param capabilities of its models, as in a configuration
/// @param documents what it was taken from
/// @param checked the day on which they were looked up
/// @param tested whether a request was ever sent there
public record Preset(
        String id,
        String name,
        Map<Dialect, String> endpoints,
        Map<String, String> variables,
        Json.@Nullable Obj auth,
        @Nullable Secret credential,
        boolean local,
        Json.Obj capabilities,
        List<String> notes,
        List<String> documents,
        String checked,
        boolean tested) {
    public Preset {
        notes = List.copyOf(notes);
        documents = List.copyOf(documents);
    }

    /// The secret it wants.
    ///
    /// @param variable the environment variable that its users keep it in
    /// @param where to get one
    public record Secret(String variable, String where) {}
}
