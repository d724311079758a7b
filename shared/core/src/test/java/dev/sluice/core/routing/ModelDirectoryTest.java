package dev.sluice.core.routing;

import static dev.sluice.core.routing.Configs.DEMO;
import static dev.sluice.core.routing.Configs.caller;
import static dev.sluice.core.routing.Configs.disabled;
import static dev.sluice.core.routing.Configs.model;
import static dev.sluice.core.routing.Configs.off;
import static dev.sluice.core.routing.Configs.provider;
import static dev.sluice.core.routing.Configs.wildcard;
import static dev.sluice.core.routing.Configs.window;
import static dev.sluice.core.routing.Configs.withoutReasoning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.core.routing.ModelDirectory.Abilities;
import dev.sluice.core.routing.ModelDirectory.Entry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDirectoryTest {
    private static final Configs HOUSE = Configs.of(
                    provider("a", window("big", 200), model("twin"), model("long-name", "nick"), off("old")),
                    provider("b", window("huge", 900), model("twin"), withoutReasoning("short")),
                    wildcard("open"),
                    disabled(provider("gone", model("lost"))))
            .alias("coding", "a/big", "b/huge")
            .alias("dead", "gone/lost")
            .alias("any-*", "a/big");

    private static List<String> ids(Caller caller) {
        return ModelDirectory.list(HOUSE.snapshot(), DEMO, caller).stream()
                .map(Entry::id)
                .toList();
    }

    private static Optional<Entry> find(String id) {
        return ModelDirectory.find(HOUSE.snapshot(), DEMO, Caller.ANONYMOUS, id);
    }

    @Test
    void lists_aliases_refs_and_bare_names_that_one_provider_has() {
        assertThat(ids(Caller.ANONYMOUS))
                .containsExactly(
                        "coding",
                        "a/big",
                        "a/twin",
                        "a/long-name",
                        "b/huge",
                        "b/twin",
                        "b/short",
                        "big",
                        "long-name",
                        "nick",
                        "huge",
                        "short");
    }

    @Test
    void lists_what_a_wildcard_lets_through_where_the_configuration_names_it() {
        Configs house = Configs.of(wildcard("open"), wildcard("wide"))
                .alias("coding", Strategy.ORDERED, List.of("open/x/large", "nowhere/y"), List.of("wide/z"))
                .defaultModel("wide/other");

        assertThat(ModelDirectory.list(house.snapshot(), DEMO, Caller.ANONYMOUS))
                .extracting(Entry::id)
                .containsExactly("coding", "open/x/large", "wide/z", "wide/other");
        assertThat(ModelDirectory.list(house.snapshot(), DEMO, caller("wide/*")))
                .extracting(Entry::id)
                .containsExactly("wide/z", "wide/other");
    }

    @Test
    void an_alias_can_what_all_of_its_targets_can() {
        Configs house = Configs.of(provider("a", model("all"), withoutReasoning("less")))
                .alias("both", "a/all", "a/less");

        assertThat(ModelDirectory.find(house.snapshot(), DEMO, Caller.ANONYMOUS, "both")
                        .map(Entry::can))
                .contains(new Abilities(true, true, false));
    }

    @Test
    void lists_only_what_a_limited_key_may_use() {
        assertThat(ids(caller("a/big"))).containsExactly("a/big", "big");
        assertThat(ids(caller("coding"))).containsExactly("coding");
        assertThat(ids(caller("nothing"))).isEmpty();
    }

    @Test
    void an_alias_promises_what_all_of_its_targets_hold() {
        assertThat(find("coding")).contains(new Entry("coding", "sluice", 200L, null, Abilities.ALL));
        assertThat(find("a/big")).contains(new Entry("a/big", "a", 200L, null, Abilities.ALL));
        assertThat(find("huge")).contains(new Entry("huge", "b", 900L, null, Abilities.ALL));
        assertThat(find("short")).contains(new Entry("short", "b", null, 1000L, new Abilities(true, true, false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open/anything/at:all", "any-thing", "twin", "a/nick", "demo/demo", "alias:coding"})
    void finds_what_is_not_listed_but_can_be_asked_for(String id) {
        assertThat(find(id)).map(Entry::id).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost", "gone/lost", "old", "a/other", "dead", "nowhere", "demo"})
    void does_not_find_what_cannot_be_asked_for(String id) {
        assertThat(find(id)).isEmpty();
    }

    @Test
    void before_anything_is_configured_there_is_the_demo() {
        assertThat(ModelDirectory.list(Configs.of().snapshot(), DEMO, Caller.ANONYMOUS))
                .containsExactly(new Entry("demo/demo", "demo", null, null, Abilities.ALL));
        assertThat(ModelDirectory.find(Configs.of().snapshot(), DEMO, Caller.ANONYMOUS, "anything"))
                .contains(new Entry("anything", "demo", null, null, Abilities.ALL));
    }
}
