package dev.sluice.core.routing;

import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a name stands for, by ROUTING.md's order: `provider/model`, an alias, a bare model id.
///
/// @param demo the built-in provider; one of the owner's with the same id hides it
record Lookup(ConfigSnapshot config, ProviderConfig demo) {
    private static final String ALIAS_PREFIX = "alias:";

    /// What Ollama's clients put behind a name that has no tag: the same name.
    private static final String USUAL_TAG = ":latest";

    /// What was found.
    sealed interface Found {
        /// One model, or several of that name by their providers' priority.
        record Models(List<Place> places) implements Found {}

        record Alias(AliasConfig alias) implements Found {}

        record Nothing() implements Found {}

        Nothing NOTHING = new Nothing();
    }

    /// A model at a provider.
    record Place(ProviderConfig provider, ModelConfig model) {
        String ref() {
            return provider.id() + "/" + model.id();
        }

        boolean isEnabled() {
            return provider.enabled() && model.enabled();
        }
    }

    /// @param within the aliases being expanded: their names mean something else inside themselves
    Found find(String name, Set<String> within) {
        Found exact = exactly(name, within);
        return exact instanceof Found.Nothing && name.endsWith(USUAL_TAG)
                ? exactly(name.substring(0, name.length() - USUAL_TAG.length()), within)
                : exact;
    }

    private Found exactly(String name, Set<String> within) {
        if (name.startsWith(ALIAS_PREFIX)) {
            return alias(name.substring(ALIAS_PREFIX.length()), within);
        }
        Optional<Place> direct = direct(name);
        if (direct.isPresent()) {
            return new Found.Models(List.of(direct.get()));
        }
        Found alias = alias(name, within);
        return alias instanceof Found.Nothing ? bare(name) : alias;
    }

    /// The alias of exactly that id.
    Optional<AliasConfig> exactAlias(String name) {
        String id = name.startsWith(ALIAS_PREFIX) ? name.substring(ALIAS_PREFIX.length()) : name;
        return Optional.ofNullable(config.aliases().get(id));
    }

    /// `provider/model`; the first slash splits.
    private Optional<Place> direct(String name) {
        int slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) {
            return Optional.empty();
        }
        String model = name.substring(slash + 1);
        return provider(name.substring(0, slash))
                .flatMap(provider -> modelOf(provider, model).map(found -> new Place(provider, found)));
    }

    private Optional<ProviderConfig> provider(String id) {
        return config.provider(id).or(() -> demo.id().equals(id) ? Optional.of(demo) : Optional.empty());
    }

    private static Optional<ModelConfig> modelOf(ProviderConfig provider, String name) {
        return provider.models().stream()
                .filter(model -> model.id().equals(name))
                .findFirst()
                .or(() -> provider.models().stream()
                        .filter(model -> model.aliases().contains(name))
                        .findFirst())
                .or(() -> provider.wildcard() && ModelConfig.isName(name)
                        ? Optional.of(ModelConfig.passedThrough(name))
                        : Optional.empty());
    }

    private Found alias(String name, Set<String> within) {
        AliasConfig exact = config.aliases().get(name);
        if (exact != null && !within.contains(exact.id())) {
            return new Found.Alias(exact);
        }
        // of equally long prefixes the first in the document: max() would take the last
        return config.aliases().values().stream()
                .filter(alias -> Wildcard.isPattern(alias.id()) && !within.contains(alias.id()))
                .filter(alias -> Wildcard.matches(alias.id(), name))
                .sorted(Comparator.comparingInt((AliasConfig alias) -> Wildcard.literalPrefix(alias.id()))
                        .reversed())
                .findFirst()
                .<Found>map(Found.Alias::new)
                .orElse(Found.NOTHING);
    }

    private Found bare(String name) {
        List<Place> places = new ArrayList<>();
        for (ProviderConfig provider : config.providers()) {
            for (ModelConfig model : provider.models()) {
                if (model.id().equals(name) || model.aliases().contains(name)) {
                    places.add(new Place(provider, model));
                }
            }
        }
        places.sort(Comparator.comparingInt(place -> place.provider().priority()));
        return places.isEmpty() ? Found.NOTHING : new Found.Models(places);
    }
}
