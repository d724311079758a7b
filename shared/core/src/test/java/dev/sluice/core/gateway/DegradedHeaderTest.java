package dev.sluice.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Degradation;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DegradedHeaderTest {
    @Test
    void names_what_was_dropped_and_why() {
        assertThat(ResponseHead.degraded(
                        List.of(new Degradation("tools[0]", "unsupported"), new Degradation("top_k", "unsupported"))))
                .isEqualTo("dropped:tools[0];unsupported, dropped:top_k;unsupported");
    }

    @Test
    void holds_at_most_a_kilobyte_and_says_that_there_is_more() {
        List<Degradation> many = Collections.nCopies(200, new Degradation("tools[0].über", "unsupported"));

        assertThat(ResponseHead.degraded(many))
                .hasSizeBetween(900, 1024)
                .endsWith(";more")
                .doesNotContain("ü");
    }

    @Test
    void a_path_longer_than_that_is_cut() {
        String header = ResponseHead.degraded(List.of(new Degradation("x".repeat(5000), "unsupported")));

        assertThat(header).startsWith("dropped:xxx").endsWith(";more").hasSizeLessThanOrEqualTo(1024);
    }
}
