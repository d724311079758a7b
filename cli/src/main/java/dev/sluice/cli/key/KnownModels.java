package dev.sluice.cli.key;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.NearestName;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.demo.DemoProvider;
import dev.sluice.core.routing.ModelDirectory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which entries may stand in a key's list of models: those by which the router would let something through.
public final class KnownModels {
    private static final String ALIAS_PREFIX = "alias:";
    private static final String ALL_OF = "/*";
    private static final int SHOWN = 3;

    private final ConfigSnapshot config;
    private final ProviderConfig demo = DemoProvider.config();
    private final Set<String> names = new LinkedHashSet<>();

    public KnownModels(ConfigSnapshot config) {
        this.config = config;
        names.addAll(config.aliases().keySet());
        List<ProviderConfig> providers = new ArrayList<>(config.providers());
        if (config.provider(demo.id()).isEmpty()) {
            providers.add(demo);
        }
        for (ProviderConfig provider : providers) {
            names.add(provider.id() + ALL_OF);
            for (ModelConfig model : provider.models()) {
                names.add(provider.id() + "/" + model.id());
                names.add(model.id());
                names.addAll(model.aliases());
            }
        }
    }

    /// What is wrong with that entry; empty: nothing.
    public Optional<String> problem(String entry) {
        if (isKnown(entry)) {
            return Optional.empty();
        }
        List<String> near = near(entry);
        return Optional.of("no model, alias or provider/* of the configuration is called " + entry
                + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"));
    }

    /// A model's alias with its provider's id leads there, but permits nothing.
    private List<String> near(String entry) {
        String name = bare(entry);
        int slash = name.indexOf('/');
        Optional<String> meant = slash < 0
                ? Optional.empty()
                : config.provider(name.substring(0, slash))
                        .flatMap(provider -> provider.models().stream()
                                .filter(model -> model.aliases().contains(name.substring(slash + 1)))
                                .map(model -> provider.id() + "/" + model.id())
                                .findFirst());
        return meant.map(List::of).orElseGet(() -> NearestName.closest(name, names, SHOWN));
    }

    private static String bare(String entry) {
        return entry.startsWith(ALIAS_PREFIX) ? entry.substring(ALIAS_PREFIX.length()) : entry;
    }

    private boolean isKnown(String entry) {
        if (names.contains(entry) || config.aliases().containsKey(bare(entry))) {
            return true;
        }
        Caller alone = new Caller("", "", Caller.Kind.CLIENT, Set.of(entry));
        return entry.indexOf('*') >= 0
                ? isPatternOfSome(entry, alone)
                : entry.indexOf('/') >= 0
                        && ModelDirectory.find(config, demo, alone, entry).isPresent();
    }

    /// A pattern that lists something, or one at a provider that lets any name through.
    private boolean isPatternOfSome(String entry, Caller alone) {
        int slash = entry.indexOf('/');
        if (slash <= 0 || config.isEmpty()) {
            return false;
        }
        boolean isOpen = config.provider(entry.substring(0, slash))
                .filter(ProviderConfig::wildcard)
                .isPresent();
        return isOpen || !ModelDirectory.list(config, demo, alone).isEmpty();
    }
}
