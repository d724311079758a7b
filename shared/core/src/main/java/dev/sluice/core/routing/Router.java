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

/// From a model name to the route behind it (ROUTING.md, "From a model name to targets"). Pure.
public final class Router {
    private static final Set<String> DEFAULT_NAMES = Set.of("", "smart", "auto");
    private static final int CLOSEST = 3;

    private final RouteRequest request;
    private final Lookup lookup;

    private Router(RouteRequest request, Lookup lookup) {
        this.request = request;
        this.lookup = lookup;
    }

    /// The route, or why there is none.
    ///
    /// @param demo the built-in provider: reached by every name while nothing is configured, later by its own ref
    public static Outcome<Route> route(RouteRequest request, ConfigSnapshot config, ProviderConfig demo) {
        return new Router(request, new Lookup(config, demo)).route();
    }

    private Outcome<Route> route() {
        if (lookup.config().isEmpty()) {
            return routed(new Found.Models(
                    List.of(new Place(lookup.demo(), lookup.demo().models().getFirst()))));
        }
        return routed(find());
    }

    private Found find() {
        String name = request.model();
        Optional<AliasConfig> named = lookup.exactAlias(name);
        String defaultModel = lookup.config().defaultModel();
        return named.isEmpty() && DEFAULT_NAMES.contains(name) && defaultModel != null
                ? lookup.find(defaultModel, Set.of())
                : lookup.find(name, Set.of());
    }

    private Outcome<Route> routed(Found found) {
        Expansion expansion = new Expansion(request, lookup);
        return switch (found) {
            case Found.Nothing _ -> Outcome.bad(unknown());
            case Found.Models(List<Place> places) -> routed(expansion.models(places), expansion.skipped());
            case Found.Alias(AliasConfig alias) -> routed(expansion.alias(alias), expansion.skipped());
        };
    }

    private Outcome<Route> routed(Node.Group root, List<String> skipped) {
        List<Target> targets = Route.targets(root);
        if (targets.isEmpty()) {
            return Outcome.bad(noTarget(root.alias().isEmpty(), skipped));
        }
        Suitability suitability = new Suitability(request);
        Optional<Failure.Refused> tooLong = suitability.refusal(targets);
        return tooLong.isPresent() ? Outcome.bad(tooLong.get()) : Outcome.ok(new Route(root, skipped, suitability));
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
    private Failure noTarget(boolean isDirect, List<String> skipped) {
        if (skipped.stream().anyMatch(entry -> entry.endsWith(Expansion.NOT_ALLOWED))) {
            return refused(Kind.PERMISSION, "This API key may not use the model '" + asked() + "'.");
        }
        boolean isGone = isDirect
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
