package dev.sluice.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
    private static List<String> screen(Snapshot snapshot, View view, int columns, int rows) {
        return Layout.screen(snapshot, view, columns, rows).stream()
                .map(Strip::text)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"80,24", "120,40", "60,15", "40,8", "20,3", "1,1"})
    void a_screen_of_any_size_is_filled_and_never_overrun(int columns, int rows) {
        for (Snapshot snapshot : List.of(Scenes.small(), Scenes.unknown(), Scenes.crowded(50))) {
            for (View view : List.of(View.FIRST, View.FIRST.select(1), View.FIRST.toggleHelp())) {
                assertThat(screen(snapshot, view.withTrouble(Optional.of("it has ended")), columns, rows))
                        .hasSize(rows)
                        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"80,24", "120,40", "60,15"})
    void every_table_is_there_with_its_first_row(int columns, int rows) {
        String shown = String.join("\n", screen(Scenes.small(), View.FIRST, columns, rows));
        assertThat(shown)
                .contains("In flight 2", "Targets 2", "Limits 2", "Spend 2", "Last calls 2")
                .contains("groq/llama", "✖ cools 1:30", "key laptop day", "anthropic/opus", "$1.23");
    }

    @Test
    void at_eighty_columns_all_that_is_known_can_be_read() {
        String shown = String.join("\n", screen(Scenes.small(), View.FIRST, 80, 24));
        assertThat(shown)
                .contains("12:00:00 UTC  configuration 3  http://127.0.0.1:8787")
                .contains("2 in flight · 1 cools down · 1 ready · today $1.23+ · month $1.23+")
                .contains("coding → anthropic/opus", "claude-code", "12.3 kB", "4.2 s", "1:05", "waits")
                .contains("✖ cools 1:30, rate-limited", "● ready")
                .contains("30 / 40", "75%", "100%", "30:00", "+3")
                .contains("● 200 ok", "✖ 503 failed", "18.2k → 1.9k")
                .doesNotContain("hidden");
    }

    @Test
    void where_there_is_room_words_say_what_is_missing_in_a_sum() {
        assertThat(screen(Scenes.small(), View.FIRST, 120, 40).get(1))
                .endsWith("today $1.23 +3 calls without a price · month $1.23 +3 calls without a price");
    }

    @Test
    void the_worst_targets_come_first_and_those_that_do_not_fit_are_counted() {
        List<String> shown = screen(Scenes.crowded(50), View.FIRST, 80, 24);
        int head = head(shown, "Targets 50");
        assertThat(shown.get(head)).contains("hidden");
        assertThat(shown.get(head + 1)).contains("groq/llama", "cools");
    }

    @Test
    void what_is_selected_gets_the_most_room_is_marked_and_scrolls_to_its_end() {
        View view = View.FIRST.select(1);
        List<String> first = screen(Scenes.crowded(50), view, 80, 24);
        assertThat(first.get(head(first, "Targets 50"))).startsWith("▸ Targets 50");
        assertThat(rowsOf(screen(Scenes.crowded(50), view, 80, 16)))
                .isGreaterThan(rowsOf(screen(Scenes.crowded(50), View.FIRST, 80, 16)));
        View furthest = view.scroll(1_000, Layout.furthest(Scenes.crowded(50), view, 24));
        List<String> end = screen(Scenes.crowded(50), furthest, 80, 24);
        assertThat(String.join("\n", end)).contains("model-9 ").doesNotContain("✖ cools");
        assertThat(screen(Scenes.crowded(50), furthest.scroll(-1, 100), 80, 24)).isNotEqualTo(end);
        assertThat(rowsOf(end)).isEqualTo(rowsOf(first));
    }

    private static long rowsOf(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("● ready") || line.contains("✖ cools"))
                .count();
    }

    @Test
    void sorting_by_name_is_told_in_the_head_and_in_the_foot() {
        List<String> shown = screen(Scenes.small(), View.FIRST.select(2).sort(1), 80, 24);
        int head = head(shown, "Limits 2");
        assertThat(shown.get(head)).contains("by name");
        assertThat(shown.get(head + 1)).contains("anthropic hour");
        assertThat(shown.getLast()).contains("s sort: by name");
        List<String> fullest = screen(Scenes.small(), View.FIRST.select(2), 80, 24);
        assertThat(fullest.get(head(fullest, "Limits 2") + 1)).contains("key laptop day");
    }

    @Test
    void what_was_not_measured_is_a_dash_and_never_a_zero() {
        String shown = String.join("\n", screen(Scenes.unknown(), View.FIRST, 80, 24));
        assertThat(shown)
                .contains("2 reserved", "today – · month –", "– not measured", "– not kept", "? unknown")
                .contains("In flight, by what the table holds reserved")
                .contains("the store does not tell how demo stands")
                .doesNotContain("$0");
    }

    @Test
    void trouble_stands_above_the_tables_and_the_last_snapshot_stays() {
        View view = View.FIRST.withTrouble(Optional.of("the running start has ended"));
        assertThat(screen(Scenes.small(), view, 80, 24).get(2)).isEqualTo("  ✖ the running start has ended");
        assertThat(screen(Scenes.small(), view, 80, 24)).anyMatch(line -> line.contains("In flight 2"));
    }

    @Test
    void printed_whole_nothing_is_hidden_and_no_keys_are_told() {
        List<String> whole =
                Layout.whole(Scenes.crowded(50), 100).stream().map(Strip::text).toList();
        assertThat(whole).filteredOn(line -> line.contains("ready")).hasSizeGreaterThanOrEqualTo(49);
        assertThat(String.join("\n", whole)).doesNotContain("hidden", "quit", "▸");
    }

    @Test
    void help_tells_the_keys_and_what_a_dash_is() {
        assertThat(String.join("\n", screen(Scenes.small(), View.FIRST.toggleHelp(), 80, 24)))
                .contains("choose a table", "never a zero", "? back");
    }

    private static int head(List<String> lines, String title) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(title)) {
                return i;
            }
        }
        throw new AssertionError("no " + title + " in " + lines);
    }
}
