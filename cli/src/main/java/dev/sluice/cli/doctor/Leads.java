package dev.sluice.cli.doctor;

import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.AliasConfig.WeightedRef;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where the refs of a configuration lead, as far as what is enabled goes. Every ref of one that was read leads somewhere.
final class Leads {
    private static final String DEMO = "demo/demo";
    private static final String ALIAS = "alias:";

    private final ConfigSnapshot snapshot;

    Leads(ConfigSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// Whether anything enabled is behind it.
    boolean leads(String ref) {
        return !models(ref).isEmpty();
    }

    /// The enabled `provider/model`s behind a ref, each once.
    Set<String> models(String ref) {
        Set<String> found = new LinkedHashSet<>();
        follow(ref, found, new ArrayList<>());
        return found;
    }

    private void follow(String ref, Set<String> found, List<String> within) {
        if (ref.equals(DEMO)) {
            found.add(ref);
            return;
        }
        int slash = ref.indexOf('/');
        Optional<ProviderConfig> provider = slash <= 0 ? Optional.empty() : snapshot.provider(ref.substring(0, slash));
        if (provider.isPresent()) {
            direct(provider.get(), ref.substring(slash + 1)).ifPresent(found::add);
            return;
        }
        Optional<AliasConfig> alias = alias(ref).filter(one -> !within.contains(one.id()));
        if (alias.isPresent()) {
            within.add(alias.get().id());
            Stream.concat(alias.get().targets().stream(), alias.get().fallbackTargets().stream())
                    .map(WeightedRef::ref)
                    .forEach(target -> follow(target, found, within));
            within.removeLast();
            return;
        }
        snapshot.providers().forEach(one -> named(one, ref).ifPresent(found::add));
    }

    private static Optional<String> direct(ProviderConfig provider, String model) {
        if (!provider.enabled()) {
            return Optional.empty();
        }
        Optional<ModelConfig> known = known(provider, model);
        return known.isPresent()
                ? named(provider, model)
                : Optional.of(provider.id() + "/" + model).filter(_ -> provider.wildcard());
    }

    private static Optional<String> named(ProviderConfig provider, String model) {
        return Optional.of(provider)
                .filter(ProviderConfig::enabled)
                .flatMap(one -> known(one, model))
                .filter(ModelConfig::enabled)
                .map(found -> provider.id() + "/" + found.id());
    }

    private static Optional<ModelConfig> known(ProviderConfig provider, String model) {
        return provider.models().stream()
                .filter(one -> one.id().equals(model) || one.aliases().contains(model))
                .findFirst();
    }

    private Optional<AliasConfig> alias(String ref) {
        String name = ref.startsWith(ALIAS) ? ref.substring(ALIAS.length()) : ref;
        AliasConfig exact = snapshot.aliases().get(name);
        return exact != null
                ? Optional.of(exact)
                : snapshot.aliases().values().stream()
                        .filter(alias -> matches(alias.id(), name))
                        .findFirst();
    }

    private static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        return star >= 0
                && name.length() >= pattern.length() - 1
                && name.startsWith(pattern.substring(0, star))
                && name.endsWith(pattern.substring(star + 1));
    }

    /// What one of its own could be answered by; empty: nothing is enabled.
    Optional<String> any() {
        return Stream.concat(
                        snapshot.aliases().keySet().stream().filter(this::leads),
                        snapshot.providers().stream()
                                .filter(ProviderConfig::enabled)
                                .flatMap(provider -> provider.models().stream()
                                        .filter(ModelConfig::enabled)
                                        .map(model -> provider.id() + "/" + model.id())))
                .findFirst();
    }
}
