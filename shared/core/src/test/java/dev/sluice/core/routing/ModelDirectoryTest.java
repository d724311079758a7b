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
    void lists_only_what_a_limited_key_may_use() {
        assertThat(ids(caller("a/big"))).containsExactly("a/big", "big");
        assertThat(ids(caller("coding"))).containsExactly("coding");
        assertThat(ids(caller("nothing"))).isEmpty();
    }

    @Test
    void an_alias_promises_what_all_of_its_targets_hold() {
        assertThat(find("coding")).contains(new Entry("coding", "sluice", 200L, null));
        assertThat(find("a/big")).contains(new Entry("a/big", "a", 200L, null));
        assertThat(find("huge")).contains(new Entry("huge", "b", 900L, null));
        assertThat(find("short")).contains(new Entry("short", "b", null, 1000L));
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
                .containsExactly(new Entry("demo/demo", "demo", null, null));
        assertThat(ModelDirectory.find(Configs.of().snapshot(), DEMO, Caller.ANONYMOUS, "anything"))
                .contains(new Entry("anything", "demo", null, null));
    }
}
