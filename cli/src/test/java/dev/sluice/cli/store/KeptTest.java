package dev.sluice.cli.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptTest {
    @Test
    void what_does_not_reach_the_disk_is_as_if_it_had_not_been_put() {
        Map<String, String> map = new HashMap<>(Map.of("there", "old", "other", "same"));
        assertThatThrownBy(() -> Kept.put(map, Map.of("there", "new", "fresh", "new"), () -> {
                    throw new IllegalStateException("full");
                }))
                .hasMessage("full");
        assertThat(map).isEqualTo(Map.of("there", "old", "other", "same"));
        Kept.put(map, Map.of("there", "new"), () -> {});
        assertThat(map).containsEntry("there", "new");
    }
}
