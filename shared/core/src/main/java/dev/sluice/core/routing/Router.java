package dev.sluice.core.routing;

import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.NearestName;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.routing.Lookup.Found;
import dev.sluice.core.routing.Lookup.Place;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Kind;
import dev.sluice.protocol.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// From a model name to an ordered plan of targets (ROUTING.md, "From a model name to targets"). Pure.
///
/// Every strategy is carried out as `ordered` in this version; the route says so.
public final class Router {
    private static final Set<String> DEFAULT_NAMES = Set.of("", "smart", "auto");
    private static final String DIRECT = "direct";
    private static final int CLOSEST = 3;

    private final RouteRequest request;
    private final Lookup lookup;

    private Router(RouteRequest request, Lookup lookup) {
        this.request = request;
        this.lookup = lookup;
    }

    /// The plan, or why there is none.
    ///
    /// @param demo the built-in provider: reached by every name while nothing is configured, later by its own ref
    public static Outcome<Plan> plan(RouteRequest request, ConfigSnapshot config, ProviderConfig demo) {
        return new Router(request, new Lookup(config, demo)).plan();
    }

    private Outcome<Plan> plan() {
        if (lookup.config().isEmpty()) {
            return planned(new Found.Models(
                    List.of(new Place(lookup.demo(), lookup.demo().models().getFirst()))));
        }
        return planned(find());
    }

    private Found find() {
        String name = request.model();
        Optional<AliasConfig> named = lookup.exactAlias(name);
        String defaultModel = lookup.config().defaultModel();
        return named.isEmpty() && DEFAULT_NAMES.contains(name) && defaultModel != null
                ? lookup.find(defaultModel, Set.of())
                : lookup.find(name, Set.of());
    }

    private Outcome<Plan> planned(Found found) {
        Expansion expansion = new Expansion(request, lookup);
        return switch (found) {
            case Found.Nothing _ -> Outcome.bad(unknown());
            case Found.Models(List<Place> places) -> {
                expansion.addModels(places);
                yield planned(DIRECT, expansion);
            }
            case Found.Alias(AliasConfig alias) -> {
                expansion.addAlias(alias);
                yield planned(alias.id() + ";" + AliasConfig.Strategy.ORDERED.id(), expansion);
            }
        };
    }

    private Outcome<Plan> planned(String route, Expansion expansion) {
        List<Target> targets = expansion.targets();
        if (targets.isEmpty()) {
            return Outcome.bad(noTarget(route, expansion.skipped()));
        }
        Suitability suitability = new Suitability(request);
        Optional<Failure.Refused> tooLong = suitability.refusal(targets);
        return tooLong.isPresent()
                ? Outcome.bad(tooLong.get())
                : Outcome.ok(new Plan(route, suitability.ordered(targets), expansion.skipped()));
    }

    private Failure unknown() {
        if (DEFAULT_NAMES.contains(request.model())) {
            return noDefault();
        }
        List<String> close = NearestName.closest(
                request.model(), ModelDirectory.names(lookup.config(), Permission.of(request.caller())), CLOSEST);
        String hint = close.isEmpty() ? " GET /v1/models lists what there is." : " Did you mean " + quoted(close) + "?";
        return refused(Kind.MODEL_NOT_FOUND, "The model '" + asked() + "' is not configured." + hint);
    }

    private Failure noDefault() {
        String defaultModel = lookup.config().defaultModel();
        if (defaultModel != null) {
            return refused(Kind.MODEL_NOT_FOUND, "The default model '" + defaultModel + "' is not configured.");
        }
        return request.model().isEmpty()
                ? Failure.Refused.field("model", "No model was named, and the gateway has no default model.")
                : refused(Kind.MODEL_NOT_FOUND, "'" + asked() + "' means the default model, and the gateway has none.");
    }

    /// Says why each candidate was left out: not allowed weighs most, for it is the caller's own doing.
    private Failure noTarget(String route, List<String> skipped) {
        if (skipped.stream().anyMatch(entry -> entry.endsWith(Expansion.NOT_ALLOWED))) {
            return refused(Kind.PERMISSION, "This API key may not use the model '" + asked() + "'.");
        }
        boolean isGone = DIRECT.equals(route)
                && skipped.stream().allMatch(entry -> entry.endsWith(":disabled") || entry.endsWith(":unknown"));
        String reasons = skipped.isEmpty() ? "it has no targets" : String.join(", ", skipped);
        return isGone
                ? refused(Kind.MODEL_NOT_FOUND, "The model '" + asked() + "' is switched off (" + reasons + ").")
                : refused(Kind.UNAVAILABLE, "No target of '" + asked() + "' can be used: " + reasons + ".");
    }

    private Failure refused(Kind kind, String message) {
        return new Failure.Refused(kind, message, "model", null);
    }

    /// The name for a message: cut, since clients choose it.
    private String asked() {
        String name = request.model();
        return name.length() <= 100 ? name : name.substring(0, 100) + "...";
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(name -> "'" + name + "'").toList());
    }
}
