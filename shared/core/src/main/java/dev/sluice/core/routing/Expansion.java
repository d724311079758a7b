package dev.sluice.core.routing;

import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.core.config.AliasConfig.WeightedRef;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.routing.Lookup.Found;
import dev.sluice.core.routing.Lookup.Place;
import dev.sluice.core.routing.Node.Branch;
import dev.sluice.core.routing.Node.Group;
import dev.sluice.core.routing.Node.Leaf;
import dev.sluice.model.Dialect;
import dev.sluice.model.Policies;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Collects what stands behind one name as a tree. For one request and one thread.
///
/// An alias inside an alias is expanded in place, its own second tier with it; the same alias once more adds nothing.
final class Expansion {
    static final String NOT_ALLOWED = ":not-allowed";
    private static final String ALIAS_PREFIX = "alias:";

    private final RouteRequest request;
    private final Lookup lookup;
    private final Permission permission;

    private final Set<String> found = new HashSet<>();
    private final Set<String> skipped = new LinkedHashSet<>();
    /// The aliases being expanded, innermost first.
    private final Deque<AliasConfig> path = new ArrayDeque<>();
    /// A second expansion could reach nothing new, and many of them could take for ever.
    private final Set<Expanded> expanded = new HashSet<>();

    private record Expanded(String alias, boolean permitted) {}

    Expansion(RouteRequest request, Lookup lookup) {
        this.request = request;
        this.lookup = lookup;
        this.permission = Permission.of(request.caller());
    }

    List<String> skipped() {
        return List.copyOf(skipped);
    }

    /// The models of a direct route, and after all of them what they fall back to.
    Group models(List<Place> places) {
        List<WeightedRef> fallbacks = places.stream()
                .flatMap(place -> place.model().fallbackModels().stream())
                .distinct()
                .map(ref -> new WeightedRef(ref, 1))
                .toList();
        return new Group("", Strategy.ORDERED, leaves(places, 1), tier(fallbacks));
    }

    Group alias(AliasConfig alias) {
        path.addFirst(alias);
        boolean isNew = expanded.add(new Expanded(alias.id(), isPermittedByPath()));
        Group group = new Group(
                alias.id(),
                alias.strategy().inForce(),
                isNew ? tier(alias.targets()) : List.of(),
                isNew ? tier(alias.fallbackTargets()) : List.of());
        path.removeFirst();
        return group;
    }

    /// What a list of refs leads to; of the same model under two names the first counts.
    private List<Branch> tier(List<WeightedRef> refs) {
        List<Branch> branches = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (WeightedRef ref : refs) {
            branch(ref, taken).ifPresent(branches::add);
        }
        return branches;
    }

    private Optional<Branch> branch(WeightedRef ref, Set<String> taken) {
        Set<String> within = path.stream().map(AliasConfig::id).collect(Collectors.toSet());
        return switch (lookup.find(ref.ref(), within)) {
            case Found.Alias(AliasConfig alias) -> group(ALIAS_PREFIX + alias.id(), ref.weight(), alias(alias));
            case Found.Models(List<Place> places) ->
                models(
                        ref,
                        places.stream().filter(place -> taken.add(place.ref())).toList());
            case Found.Nothing _ -> {
                boolean isCycle = lookup.find(ref.ref(), Set.of()) instanceof Found.Alias;
                skip(ref.ref(), isCycle ? "cycle" : "unknown");
                yield Optional.empty();
            }
        };
    }

    /// A bare model id of several providers is one choice; within it their priorities decide.
    private Optional<Branch> models(WeightedRef ref, List<Place> places) {
        List<Branch> leaves = leaves(places, ref.weight());
        return leaves.size() == 1
                ? Optional.of(leaves.getFirst())
                : group(ref.ref(), ref.weight(), new Group("", Strategy.ORDERED, leaves, List.of()));
    }

    private static Optional<Branch> group(String key, int weight, Group group) {
        return group.isEmpty() ? Optional.empty() : Optional.of(new Branch(key, weight, group));
    }

    private List<Branch> leaves(List<Place> places, int weight) {
        return places.stream()
                .flatMap(place -> leaf(place, weight).stream())
                .map(target -> new Branch(target.ref(), weight, new Leaf(target)))
                .toList();
    }

    private Optional<Target> leaf(Place place, int weight) {
        String ref = place.ref();
        if (!place.isEnabled()) {
            skip(ref, "disabled");
            return Optional.empty();
        }
        if (!isPermittedByPath() && !permission.coversPlace(place)) {
            if (!found.contains(ref)) {
                skipped.add(ref + NOT_ALLOWED);
            }
            return Optional.empty();
        }
        Optional<Target> target = target(place, weight);
        if (target.isEmpty()) {
            skip(ref, "no-endpoint");
        } else if (found.add(ref)) {
            // what one alias on the way did not permit, another may
            skipped.remove(ref + NOT_ALLOWED);
        }
        return target;
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
