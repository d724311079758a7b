package dev.sluice.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.core.config.AliasConfig.WeightedRef;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.protocol.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Laws that hold for any configuration, tried on many made up from a seed.
class RouterLawsTest {
    private static final int CONFIGURATIONS = 1000;

    @Test
    void no_target_twice_none_disabled_none_invented_and_every_plan_repeatable() {
        int plans = 0;
        for (int seed = 0; seed < CONFIGURATIONS; seed++) {
            Random random = new Random(seed);
            Configs configs = configs(random);
            for (String name : names(random)) {
                Outcome<Plan> outcome = configs.plan(name);
                assertThat(configs.plan(name)).isEqualTo(outcome);
                if (outcome instanceof Outcome.Ok<Plan>(Plan plan)) {
                    plans++;
                    assertThat(plan.targets()).isNotEmpty().allMatch(RouterLawsTest::isEnabled);
                    assertThat(Configs.refsOf(plan)).doesNotHaveDuplicates();
                    assertThat(plan.skipped()).doesNotHaveDuplicates();
                }
            }
        }
        assertThat(plans).isGreaterThan(CONFIGURATIONS);
    }

    @Test
    void whatever_only_the_second_tier_has_comes_after_all_of_the_first() {
        int compared = 0;
        for (int seed = 0; seed < CONFIGURATIONS; seed++) {
            Configs configs = configs(new Random(seed));
            for (AliasConfig alias : configs.snapshot().aliases().values()) {
                List<String> first = tier(configs, alias, alias.targets());
                List<String> both = tier(configs, alias, null);
                assertThat(both.subList(0, first.size())).isEqualTo(first);
                compared += both.size() > first.size() && !first.isEmpty() ? 1 : 0;
            }
        }
        assertThat(compared).isGreaterThan(50);
    }

    @Test
    void a_limited_key_never_reaches_more_than_an_unlimited_one() {
        for (int seed = 0; seed < CONFIGURATIONS; seed++) {
            Random random = new Random(seed);
            Configs configs = configs(random);
            for (String name : names(random)) {
                if (configs.plan(Configs.request(name, Configs.caller("p0/m0", "a1")))
                        instanceof Outcome.Ok<Plan>(Plan plan)) {
                    assertThat(configs.route(name)).containsAll(Configs.refsOf(plan));
                }
            }
        }
    }

    /// The plan of an alias with these as its only targets; null: the alias as it is.
    private static List<String> tier(Configs configs, AliasConfig alias, List<WeightedRef> targets) {
        ConfigSnapshot snapshot = configs.snapshot();
        if (targets != null) {
            Configs changed = Configs.of(snapshot.providers().toArray(ProviderConfig[]::new));
            snapshot.aliases().values().forEach(changed::alias);
            changed.alias(new AliasConfig(alias.id(), alias.strategy(), targets, List.of(), alias.policies()));
            return tier(changed, alias, null);
        }
        return configs.plan(alias.id()) instanceof Outcome.Ok<Plan>(Plan plan) ? Configs.refsOf(plan) : List.of();
    }

    private static boolean isEnabled(Target target) {
        return target.provider().enabled() && target.model().enabled();
    }

    private static Configs configs(Random random) {
        List<ProviderConfig> providers = new ArrayList<>();
        for (int p = 0; p < 1 + random.nextInt(3); p++) {
            Set<Integer> ids = new HashSet<>();
            for (int m = 0; m < 3; m++) {
                ids.add(random.nextInt(4));
            }
            ModelConfig[] models = ids.stream()
                    .map(id -> random.nextInt(4) == 0
                            ? Configs.off("m" + id)
                            : Configs.withFallbacks("m" + id, ref(random), ref(random)))
                    .toArray(ModelConfig[]::new);
            ProviderConfig provider = Configs.provider("p" + p, random.nextInt(3), models);
            providers.add(random.nextInt(4) == 0 ? Configs.disabled(provider) : provider);
        }
        Configs configs = Configs.of(providers.toArray(ProviderConfig[]::new));
        for (int a = 0; a < 4; a++) {
            configs.alias("a" + a, Strategy.ORDERED, refs(random), refs(random));
        }
        return configs.alias("m*", Strategy.ORDERED, refs(random), refs(random)).defaultModel(ref(random));
    }

    private static List<String> refs(Random random) {
        List<String> refs = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            refs.add(ref(random));
        }
        return refs;
    }

    private static List<String> names(Random random) {
        return List.of("", "auto", ref(random), ref(random), ref(random));
    }

    private static String ref(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "m" + random.nextInt(5);
            case 1 -> "a" + random.nextInt(5);
            default -> "p" + random.nextInt(4) + "/m" + random.nextInt(5);
        };
    }
}
