package dev.sluice.core.routing;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.core.config.AliasConfig.WeightedRef;
import dev.sluice.core.config.BreakerRules;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ConfigSnapshot.AccessRules;
import dev.sluice.core.config.CooldownRules;
import dev.sluice.core.config.LoopBreakerRules;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.PolicySwitches;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.RetryRules;
import dev.sluice.core.config.Timeouts;
import dev.sluice.model.Capabilities;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.CapabilityNames;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Small configurations for tests, and what routing makes of them.
final class Configs {
    static final ProviderConfig DEMO = provider("demo", model("demo"));

    private final List<ProviderConfig> providers = new ArrayList<>();
    private final Map<String, AliasConfig> aliases = new LinkedHashMap<>();
    private @Nullable String defaultModel;
    private PolicySwitches policies = PolicySwitches.NONE;

    static Configs of(ProviderConfig... providers) {
        Configs configs = new Configs();
        configs.providers.addAll(Arrays.asList(providers));
        return configs;
    }

    Configs alias(String id, String... targets) {
        return alias(id, Strategy.ORDERED, List.of(targets), List.of());
    }

    Configs alias(String id, Strategy strategy, List<String> targets, List<String> fallbacks) {
        return alias(new AliasConfig(id, strategy, refs(targets), refs(fallbacks), PolicySwitches.NONE));
    }

    Configs alias(AliasConfig alias) {
        aliases.put(alias.id(), alias);
        return this;
    }

    Configs defaultModel(String name) {
        defaultModel = name;
        return this;
    }

    Configs policies(PolicySwitches switches) {
        policies = switches;
        return this;
    }

    ConfigSnapshot snapshot() {
        return new ConfigSnapshot(
                1,
                "{}",
                defaultModel,
                providers,
                aliases,
                new AccessRules(List.of(), List.of()),
                Timeouts.DEFAULT,
                RetryRules.DEFAULT,
                CooldownRules.DEFAULT,
                BreakerRules.DEFAULT,
                LoopBreakerRules.DEFAULT,
                6_291_456,
                false,
                policies);
    }

    Outcome<Plan> plan(String model) {
        return plan(request(model));
    }

    /// As planned when nothing is known but that all is well.
    Outcome<Plan> plan(RouteRequest request) {
        return Router.route(request, snapshot(), DEMO).then(route -> Outcome.ok(route.plan(new Moment().conditions())));
    }

    /// Fails when there is no route.
    Route routeOf(String model) {
        return switch (Router.route(request(model), snapshot(), DEMO)) {
            case Outcome.Ok<Route>(Route route) -> route;
            case Outcome.Bad<Route> bad ->
                throw new AssertionError(bad.failure().toString());
        };
    }

    /// The refs of the plan's targets in order; fails when there is no plan.
    List<String> route(String model) {
        return refsOf(planned(plan(model)));
    }

    static Plan planned(Outcome<Plan> outcome) {
        return switch (outcome) {
            case Outcome.Ok<Plan>(Plan plan) -> plan;
            case Outcome.Bad<Plan> bad -> throw new AssertionError(bad.failure().toString());
        };
    }

    static Failure refused(Outcome<Plan> outcome) {
        return switch (outcome) {
            case Outcome.Ok<Plan>(Plan plan) -> throw new AssertionError(plan.toString());
            case Outcome.Bad<Plan> bad -> bad.failure();
        };
    }

    static List<String> refsOf(Plan plan) {
        return plan.targets().stream().map(Target::ref).toList();
    }

    static RouteRequest request(String model) {
        return request(model, Caller.ANONYMOUS);
    }

    static RouteRequest request(String model, Caller caller) {
        return new RouteRequest(Dialect.OPENAI_CHAT, model, caller, Set.of(), 0, EnumSet.allOf(Dialect.class));
    }

    static RouteRequest holding(String model, long tokens) {
        return new RouteRequest(
                Dialect.OPENAI_CHAT, model, Caller.ANONYMOUS, Set.of(), tokens, EnumSet.allOf(Dialect.class));
    }

    static Caller caller(String... allowedModels) {
        return new Caller("00", "tool", Caller.Kind.CLIENT, Set.of(allowedModels));
    }

    static ProviderConfig provider(String id, ModelConfig... models) {
        return provider(id, 1, models);
    }

    static ProviderConfig provider(String id, int priority, ModelConfig... models) {
        return new ProviderConfig(
                id,
                id,
                true,
                Map.of(Dialect.OPENAI_CHAT, URI.create("https://" + id + ".example/v1")),
                null,
                null,
                Headers.NONE,
                false,
                priority,
                false,
                List.of(models),
                List.of(),
                PolicySwitches.NONE);
    }

    static ProviderConfig wildcard(String id, ModelConfig... models) {
        ProviderConfig p = provider(id, models);
        return new ProviderConfig(
                p.id(),
                p.name(),
                true,
                p.endpoints(),
                null,
                null,
                Headers.NONE,
                false,
                p.priority(),
                true,
                p.models(),
                List.of(),
                PolicySwitches.NONE);
    }

    static ProviderConfig disabled(ProviderConfig p) {
        return new ProviderConfig(
                p.id(),
                p.name(),
                false,
                p.endpoints(),
                null,
                null,
                Headers.NONE,
                false,
                p.priority(),
                p.wildcard(),
                p.models(),
                List.of(),
                PolicySwitches.NONE);
    }

    static ProviderConfig speaking(ProviderConfig p, Dialect... dialects) {
        Map<Dialect, URI> endpoints = new LinkedHashMap<>();
        for (Dialect dialect : dialects) {
            endpoints.put(dialect, URI.create("https://" + p.id() + ".example/" + dialect.id()));
        }
        return with(p, endpoints, p.policies());
    }

    static ProviderConfig with(ProviderConfig p, PolicySwitches switches) {
        return with(p, p.endpoints(), switches);
    }

    private static ProviderConfig with(ProviderConfig p, Map<Dialect, URI> endpoints, PolicySwitches switches) {
        return new ProviderConfig(
                p.id(),
                p.name(),
                p.enabled(),
                endpoints,
                null,
                null,
                Headers.NONE,
                false,
                p.priority(),
                p.wildcard(),
                p.models(),
                List.of(),
                switches);
    }

    static ModelConfig model(String id, String... aliases) {
        return new ModelConfig(id, List.of(aliases), true, List.of(), null, null, Capabilities.DEFAULT, List.of());
    }

    static ModelConfig window(String id, long contextWindow) {
        return new ModelConfig(id, List.of(), true, List.of(), contextWindow, null, Capabilities.DEFAULT, List.of());
    }

    static ModelConfig off(String id) {
        return new ModelConfig(id, List.of(), false, List.of(), null, null, Capabilities.DEFAULT, List.of());
    }

    static ModelConfig withFallbacks(String id, String... refs) {
        return new ModelConfig(id, List.of(), true, List.of(), null, null, Capabilities.DEFAULT, List.of(refs));
    }

    static ModelConfig only(String id, Dialect... dialects) {
        return new ModelConfig(id, List.of(), true, List.of(dialects), null, null, Capabilities.DEFAULT, List.of());
    }

    static ModelConfig withoutReasoning(String id) {
        return described(id, "{\"reasoning\":\"none\",\"max_output_tokens\":1000}");
    }

    /// A model with those capabilities, as in a configuration.
    static ModelConfig described(String id, String capabilities) {
        return switch (CapabilityNames.read(JsonText.objectOrNull(capabilities), Set.of())) {
            case Outcome.Ok<Capabilities>(Capabilities read) ->
                new ModelConfig(id, List.of(), true, List.of(), null, null, read, List.of());
            case Outcome.Bad<Capabilities> bad ->
                throw new AssertionError(bad.failure().toString());
        };
    }

    /// An alias of targets as `ref=weight`.
    Configs weighted(String id, Strategy strategy, String... targets) {
        List<WeightedRef> refs = new ArrayList<>();
        for (String target : targets) {
            int equals = target.indexOf('=');
            refs.add(new WeightedRef(target.substring(0, equals), Integer.parseInt(target.substring(equals + 1))));
        }
        return alias(new AliasConfig(id, strategy, refs, List.of(), PolicySwitches.NONE));
    }

    static List<WeightedRef> refs(List<String> refs) {
        return refs.stream().map(ref -> new WeightedRef(ref, 1)).toList();
    }
}
