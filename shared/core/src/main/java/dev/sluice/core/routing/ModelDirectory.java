package dev.sluice.core.routing;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.model.Capabilities;
import dev.sluice.model.Dialect;
import dev.sluice.protocol.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The models a caller can name, for the clients' lists of models. Pure.
public final class ModelDirectory {
    /// Who owns a name that stands for several models.
    private static final String GATEWAY = "sluice";

    private ModelDirectory() {}

    /// One name.
    ///
    /// @param owner the provider's id; of an alias, the gateway
    /// @param contextWindow what all models behind the name hold; null when that of one is unknown
    /// @param maxOutputTokens likewise
    /// @param can what all models behind the name can do
    public record Entry(
            String id,
            String owner,
            @Nullable Long contextWindow,
            @Nullable Long maxOutputTokens,
            Abilities can) {}

    /// What a model can do that not every model can.
    public record Abilities(boolean tools, boolean vision, boolean reasoning) {
        static final Abilities ALL = new Abilities(true, true, true);

        Abilities and(Capabilities model) {
            return new Abilities(tools && model.tools(), vision && model.vision(), reasoning && model.reasoning());
        }
    }

    /// Every name that can be listed: aliases, then `provider/model`, then bare ids that only one provider has, then
    /// those that the configuration names elsewhere and that a wildcard lets through. What else one lets through nobody
    /// here knows.
    public static List<Entry> list(ConfigSnapshot config, ProviderConfig demo, Caller caller) {
        Set<String> names = config.isEmpty()
                ? Set.of(demo.id() + "/" + demo.models().getFirst().id())
                : names(config, Permission.of(caller));
        return names.stream()
                .map(name -> find(config, demo, caller, name))
                .flatMap(Optional::stream)
                .toList();
    }

    /// The entry of any name that can be asked for, listed or not.
    public static Optional<Entry> find(ConfigSnapshot config, ProviderConfig demo, Caller caller, String id) {
        RouteRequest request =
                new RouteRequest(Dialect.OPENAI_CHAT, id, caller, Set.of(), 0, EnumSet.allOf(Dialect.class));
        return switch (Router.route(request, config, demo)) {
            case Outcome.Ok<Route>(Route route) -> Optional.of(entry(id, route));
            case Outcome.Bad<Route> _ -> Optional.empty();
        };
    }

    /// The names themselves, whether or not they lead to a target just now.
    static Set<String> names(ConfigSnapshot config, Permission permission) {
        Set<String> names = new LinkedHashSet<>();
        config.aliases().keySet().stream()
                .filter(id -> !Wildcard.isPattern(id) && permission.coversAlias(id))
                .forEach(names::add);
        List<Lookup.Place> places = places(config, permission);
        places.forEach(place -> names.add(place.ref()));
        Map<String, Integer> uses = new HashMap<>();
        places.forEach(place -> bareNames(place.model()).forEach(name -> uses.merge(name, 1, Integer::sum)));
        places.stream()
                .flatMap(place -> bareNames(place.model()).stream())
                .filter(name -> uses.getOrDefault(name, 0) == 1)
                .forEach(names::add);
        named(config).filter(ref -> isPassedThrough(config, ref, permission)).forEach(names::add);
        return names;
    }

    /// The names in targets, fallbacks and the default.
    private static Stream<String> named(ConfigSnapshot config) {
        Stream<String> targets = config.aliases().values().stream()
                .flatMap(alias -> Stream.concat(alias.targets().stream(), alias.fallbackTargets().stream()))
                .map(AliasConfig.WeightedRef::ref);
        Stream<String> fallbacks = config.providers().stream()
                .flatMap(provider -> provider.models().stream())
                .flatMap(model -> model.fallbackModels().stream());
        return Stream.of(targets, fallbacks, Stream.ofNullable(config.defaultModel()))
                .flatMap(names -> names);
    }

    private static boolean isPassedThrough(ConfigSnapshot config, String ref, Permission permission) {
        int slash = ref.indexOf('/');
        return slash > 0
                && config.provider(ref.substring(0, slash))
                        .filter(ProviderConfig::wildcard)
                        .map(provider ->
                                new Lookup.Place(provider, ModelConfig.passedThrough(ref.substring(slash + 1))))
                        .filter(place -> place.isEnabled() && permission.coversPlace(place))
                        .isPresent();
    }

    private static List<Lookup.Place> places(ConfigSnapshot config, Permission permission) {
        List<Lookup.Place> places = new ArrayList<>();
        for (ProviderConfig provider : config.providers()) {
            provider.models().stream()
                    .map(model -> new Lookup.Place(provider, model))
                    .filter(place -> place.isEnabled() && permission.coversPlace(place))
                    .forEach(places::add);
        }
        return places;
    }

    private static Set<String> bareNames(ModelConfig model) {
        Set<String> names = new LinkedHashSet<>();
        names.add(model.id());
        names.addAll(model.aliases());
        return names;
    }

    private static Entry entry(String id, Route route) {
        List<Target> targets = route.targets();
        boolean isDirect = route.isDirect();
        List<Target> promised = isDirect ? targets.subList(0, 1) : targets;
        return new Entry(
                id,
                isDirect ? targets.getFirst().provider().id() : GATEWAY,
                least(promised, target -> target.model().contextWindow()),
                least(promised, target -> target.model().capabilities().maxOutputTokens()),
                abilities(promised));
    }

    private static Abilities abilities(List<Target> targets) {
        Abilities all = Abilities.ALL;
        for (Target target : targets) {
            all = all.and(target.model().capabilities());
        }
        return all;
    }

    /// The least of them all; null when one is unknown.
    private static @Nullable Long least(List<Target> targets, Function<Target, @Nullable Long> limit) {
        Long least = null;
        for (Target target : targets) {
            Long value = limit.apply(target);
            if (value == null) {
                return null;
            }
            least = least == null ? value : Long.valueOf(Math.min(least, value));
        }
        return least;
    }
}
