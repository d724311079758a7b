package dev.sluice.cli.tool.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineDiffTest {
    @Test
    void prints_as_diff_u_does() {
        assertThat(UnifiedDiff.lines("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nC\nd\ne\nf\ng\nh\ni", 1))
                .containsExactly(
                        "@@ -2,3 +2,3 @@",
                        " b",
                        "-c",
                        "+C",
                        " d",
                        "@@ -8 +8,2 @@",
                        " h",
                        "+i",
                        "\\ No newline at end of file");
    }

    @Test
    void a_new_file_and_a_deleted_one() {
        assertThat(UnifiedDiff.lines("", "a\n", 3)).containsExactly("@@ -0,0 +1 @@", "+a");
        assertThat(UnifiedDiff.lines("a\n", "", 3)).containsExactly("@@ -1 +0,0 @@", "-a");
        assertThat(UnifiedDiff.lines("a\n", "a\n", 3)).isEmpty();
    }

    @Test
    void changes_make_the_second_text_of_the_first() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            String first = text(random);
            String second = text(random);
            List<String> lines = dev.sluice.cli.tool.text.Lines.of(first);
            StringBuilder made = new StringBuilder();
            int at = 0;
            for (LineDiff.Change change : LineDiff.of(first, second)) {
                lines.subList(at, change.from()).forEach(made::append);
                change.lines().forEach(made::append);
                at = change.to();
            }
            lines.subList(at, lines.size()).forEach(made::append);
            assertThat(made).hasToString(second);
        }
    }

    @Test
    void merging_with_an_unchanged_text_is_the_other_change() {
        Random random = new Random(8);
        for (int round = 0; round < 300; round++) {
            String base = text(random);
            String other = text(random);
            assertThat(ThreeWay.merge(base, base, other)).contains(other);
            assertThat(ThreeWay.merge(base, other, base)).contains(other);
            assertThat(ThreeWay.merge(base, other, other)).contains(other);
        }
    }

    @Test
    void both_changes_are_made_when_they_touch_different_lines() {
        assertThat(ThreeWay.merge("a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n")).contains("a\nc\nd\n");
        assertThat(ThreeWay.merge("a\nb\nc\n", "a\nB\nc\n", "x\na\nb\nc\n")).contains("x\na\nB\nc\n");
        assertThat(ThreeWay.merge("a\nb\n", "a\n", "a\nb\nc\n")).contains("a\nc\n");
    }

    @Test
    void changes_of_the_same_line_are_not_merged() {
        assertThat(ThreeWay.merge("a\nb\nc\n", "a\nB\nc\n", "a\nX\nc\n")).isEmpty();
        assertThat(ThreeWay.merge("a\nb\nc\n", "a\nc\n", "a\nX\nc\n")).isEmpty();
        assertThat(ThreeWay.merge("a\n", "a\nb\n", "a\nc\n")).isEmpty();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int lines = random.nextInt(9);
        for (int i = 0; i < lines; i++) {
            text.append((char) ('a' + random.nextInt(4))).append('\n');
        }
        return random.nextBoolean() || text.isEmpty() ? text.toString() : text.substring(0, text.length() - 1);
    }
}
