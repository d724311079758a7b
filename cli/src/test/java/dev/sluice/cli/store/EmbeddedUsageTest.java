package dev.sluice.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.metering.UsageNames;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedUsageTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

    private final List<String> notes = new ArrayList<>();
    private final MVStore store = new MVStore.Builder().open();
    private final MVMap<String, String> lines = store.openMap("usage");
    private final StoreWriter writer = new StoreWriter(notes::add);

    @AfterEach
    void close() {
        writer.close();
        store.close();
    }

    private EmbeddedUsage book() {
        return new EmbeddedUsage(lines, writer, store::commit, notes::add);
    }

    private static CallLog.Entry call(Instant at, String target) {
        return new CallLog.Entry(
                at,
                "req_1",
                "laptop",
                "anthropic",
                null,
                "coding",
                target,
                200,
                "ok",
                null,
                true,
                List.of(),
                List.of(),
                Usage.of(1, 2),
                Duration.ofSeconds(2),
                null,
                null,
                null);
    }

    @Test
    void a_day_goes_after_thirteen_months_with_the_first_call_of_another() {
        EmbeddedUsage book = book();
        book.add(call(Instant.parse("2025-10-20T23:59:00Z"), "b/m"));
        book.add(call(Instant.parse("2025-10-21T00:00:00Z"), "b/m"));
        book.add(call(Instant.parse("2026-11-20T12:00:00Z"), "b/m"));
        assertThat(book.of(LocalDate.parse("2025-10-20"))).hasSize(1);

        book.add(call(NOON, "b/m"));

        assertThat(book.of(LocalDate.parse("2025-10-20"))).isEmpty();
        assertThat(book.of(LocalDate.parse("2025-10-21")))
                .as("a year and a month ago")
                .hasSize(1);
        assertThat(book.of(TODAY)).hasSize(1);
    }

    @Test
    void a_damaged_line_is_set_aside_and_told_and_the_others_are_counted() {
        lines.put("2026-11-21\nlaptop\nb/bad", "{half a li");
        EmbeddedUsage book = book();
        for (int i = 0; i < 3; i++) {
            assertThat(book.add(call(NOON, "b/bad"))).isTrue();
        }
        assertThat(book.add(call(NOON, "b/m"))).isTrue();

        assertThat(notes).singleElement().asString().contains("2026-11-21 laptop b/bad", "damaged");
        assertThat(lines.values()).contains("{half a li");
        assertThat(book.of(TODAY))
                .extracting(line -> line.target() + " " + line.requests())
                .containsExactly("b/bad 3", "b/m 1");
    }

    @Test
    void another_start_on_the_same_day_does_not_begin_to_count_names_anew() {
        EmbeddedUsage before = book();
        for (int i = 0; i < UsageNames.MOST; i++) {
            before.add(call(NOON, "b/m" + i));
        }
        book().add(call(NOON, "b/one-more"));

        assertThat(before.of(TODAY)).extracting(line -> line.target()).contains("b/other models", "b/m7");
        assertThat(notes).singleElement().asString().contains("the key laptop has used more than 200 models");
    }
}
