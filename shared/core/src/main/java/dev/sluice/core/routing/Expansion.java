package dev.sluice.core.routing;

import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.AliasConfig.WeightedRef;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.routing.Lookup.Found;
import dev.sluice.core.routing.Lookup.Place;
import dev.sluice.model.Dialect;
import dev.sluice.model.Policies;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Collects the targets behind one name, each once, first tier before second. For one request and one thread.
///
/// An alias inside an alias is expanded in place, its own second tier with it.
final class Expansion {
    static final String NOT_ALLOWED = ":not-allowed";

    private final RouteRequest request;
    private final Lookup lookup;
    private final Permission permission;

    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Set<String> skipped = new LinkedHashSet<>();
    /// The aliases being expanded, innermost first.
    private final Deque<AliasConfig> path = new ArrayDeque<>();
    /// A second expansion could add nothing, and many of them could take for ever.
    private final Set<Expanded> expanded = new HashSet<>();

    private record Expanded(String alias, boolean permitted) {}

    Expansion(RouteRequest request, Lookup lookup) {
        this.request = request;
        this.lookup = lookup;
        this.permission = Permission.of(request.caller());
    }

    List<Target> targets() {
        return List.copyOf(targets.values());
    }

    List<String> skipped() {
        return List.copyOf(skipped);
    }

    /// The models of a direct route, and after all of them what they fall back to.
    void addModels(List<Place> places) {
        places.forEach(place -> add(place, 1));
        for (Place place : places) {
            place.model().fallbackModels().forEach(ref -> addRef(new WeightedRef(ref, 1)));
        }
    }

    void addAlias(AliasConfig alias) {
        path.addFirst(alias);
        if (expanded.add(new Expanded(alias.id(), isPermittedByPath()))) {
            alias.targets().forEach(this::addRef);
            alias.fallbackTargets().forEach(this::addRef);
        }
        path.removeFirst();
    }

    private void addRef(WeightedRef ref) {
        Set<String> within = path.stream().map(AliasConfig::id).collect(Collectors.toSet());
        switch (lookup.find(ref.ref(), within)) {
            case Found.Alias(AliasConfig alias) -> addAlias(alias);
            case Found.Models(List<Place> places) -> places.forEach(place -> add(place, ref.weight()));
            case Found.Nothing _ -> {
                boolean isCycle = lookup.find(ref.ref(), Set.of()) instanceof Found.Alias;
                skip(ref.ref(), isCycle ? "cycle" : "unknown");
            }
        }
    }

    private void add(Place place, int weight) {
        if (targets.containsKey(place.ref())) {
            return;
        }
        if (!place.isEnabled()) {
            skip(place.ref(), "disabled");
        } else if (!isPermittedByPath() && !permission.coversPlace(place)) {
            skipped.add(place.ref() + NOT_ALLOWED);
        } else {
            target(place, weight)
                    .ifPresentOrElse(target -> take(place.ref(), target), () -> skip(place.ref(), "no-endpoint"));
        }
    }

    /// What one alias on the way did not permit, another may.
    private void take(String ref, Target target) {
        targets.put(ref, target);
        skipped.remove(ref + NOT_ALLOWED);
    }

    private void skip(String ref, String reason) {
        skipped.add(ref + ":" + reason);
    }

    private boolean isPermittedByPath() {
        return path.stream().anyMatch(alias -> permission.coversAlias(alias.id()));
    }

    private Optional<Target> target(Place place, int weight) {
        return dialect(place)
                .flatMap(dialect -> base(place.provider(), dialect)
                        .map(base -> new Target(
                                place.provider(), place.model(), dialect, base, weight, policies(place.provider()))));
    }

    /// The client's own dialect keeps its bytes as they are; else the owner's order decides.
    private Optional<Dialect> dialect(Place place) {
        List<Dialect> usable = usableDialects(place.provider(), place.model());
        return usable.contains(request.client())
                ? Optional.of(request.client())
                : usable.stream().findFirst();
    }

    private List<Dialect> usableDialects(ProviderConfig provider, ModelConfig model) {
        return ConfigSnapshot.dialectsOf(provider, model).stream()
                .filter(dialect -> request.supported().contains(dialect))
                .filter(dialect -> provider.endpoints().containsKey(dialect))
                .toList();
    }

    private static Optional<URI> base(ProviderConfig provider, Dialect dialect) {
        return Optional.ofNullable(provider.endpoints().get(dialect));
    }

    /// The level nearest to the client wins: the alias it named, one inside that, the provider, the whole document.
    private Policies policies(ProviderConfig provider) {
        Policies policies = provider.policies().over(lookup.config().policies().over(Policies.DEFAULT));
        for (AliasConfig alias : path) {
            policies = alias.policies().over(policies);
        }
        return policies;
    }
}
