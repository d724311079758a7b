package dev.sluice.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.terminal.Key.Named;
import dev.sluice.cli.terminal.Widget.Reaction;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WidgetsTest {
    private static final Room ROOM = new Room(80, 20);
    private static final Room SMALL = new Room(60, 11);

    private static List<Row<Integer>> many(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> Row.of(i, "model-" + i, i % 2 == 0 ? "even" : "odd"))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static <R> Widget<R> after(Widget<R> widget, Room room, Object... keys) {
        Widget<R> now = widget;
        for (Object key : keys) {
            Key pressed = key instanceof String text ? new Key.Typed(text) : (Key) key;
            now = ((Reaction.Stay<R>) now.on(pressed, room)).next();
        }
        return now;
    }

    private static <R> R answer(Widget<R> widget, Key key) {
        assertThat(widget.on(key, ROOM)).isInstanceOf(Reaction.Done.class);
        return widget.on(key, ROOM) instanceof Reaction.Done<R>(Answer.Given<R>(R value)) ? value : fail(widget);
    }

    private static <R> R fail(Widget<R> widget) {
        throw new AssertionError("no answer of " + widget);
    }

    private static String text(Widget<?> widget, Room room) {
        return String.join("\n", widget.lines(room).stream().map(Line::text).toList());
    }

    @Test
    void a_menu_is_moved_in_by_arrows_and_letters_and_stops_at_its_ends() {
        Menu<Integer> menu = Menu.of("t", Menu.Text.NONE, many(4));
        assertThat(answer(after(menu, ROOM, Named.DOWN, "j", "k", Named.DOWN), Named.ENTER))
                .isEqualTo(2);
        assertThat(answer(after(menu, ROOM, Named.UP), Named.ENTER)).isZero();
        assertThat(answer(after(menu, ROOM, Named.END, Named.DOWN), Named.ENTER))
                .isEqualTo(3);
        assertThat(answer(after(menu, ROOM, Named.END, Named.HOME), Named.ENTER))
                .isZero();
    }

    @Test
    void a_menu_marks_the_row_with_more_than_a_colour() {
        Menu<Integer> menu = Menu.of("t", Menu.Text.NONE, many(3)).at(1);
        assertThat(text(menu, ROOM)).contains("> model-1").contains("  model-0");
    }

    @Test
    void a_letter_of_its_own_chooses_a_row_at_once() {
        assertThat(answer(Menu.yesNo("t", Menu.Text.NONE, "Yes", "No"), new Key.Typed("n")))
                .isFalse();
    }

    @Test
    void a_long_text_is_read_page_by_page_above_the_choices() {
        Menu.Text text =
                Menu.Text.of(IntStream.range(0, 50).mapToObj(i -> "line " + i).toArray(String[]::new));
        Menu<Integer> menu = Menu.of("t", text, many(2));
        assertThat(text(menu, ROOM)).contains("line 0\n", "(33 more lines: PgDn)", "> model-0");
        Widget<Integer> end = after(menu, ROOM, Named.PAGE_DOWN, Named.PAGE_DOWN, Named.PAGE_DOWN);
        assertThat(text(end, ROOM)).contains("line 49", "the end");
        assertThat(text(after(end, ROOM, Named.PAGE_UP, Named.PAGE_UP, Named.PAGE_UP), ROOM))
                .contains("line 0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ESCAPE", "INTERRUPT"})
    void every_widget_is_left_by_the_same_keys(String name) {
        Named key = Named.valueOf(name);
        List<Widget<?>> all = List.of(
                Menu.of("t", Menu.Text.NONE, many(2)),
                Picker.one("t", Menu.Text.NONE, many(2)),
                Picker.several("t", Menu.Text.NONE, many(2), 1),
                Field.of("t", Menu.Text.NONE, "l", _ -> Optional.of("never")),
                new Watching("t", List.of(), 1, true));
        assertThat(all)
                .allSatisfy(widget ->
                        assertThat(widget.on(key, ROOM).toString()).contains(key == Named.ESCAPE ? "Back" : "Leave"));
    }

    @Test
    void what_must_not_be_left_half_done_is_left_by_no_key() {
        Watching watching = new Watching("t", List.of("one"), 1, false);
        assertThat(after(watching, ROOM, Named.ESCAPE, Named.INTERRUPT)).isEqualTo(watching);
    }

    @Test
    void typing_searches_in_hundreds() {
        Picker<Integer> picker = Picker.one("t", Menu.Text.NONE, many(500));
        assertThat(text(picker, ROOM)).contains("1-17 of 500");
        Widget<List<Integer>> found = after(picker, ROOM, "4", "9", "9");
        assertThat(text(found, ROOM)).contains("Search: 499_", "> model-499", "1 of 500");
        assertThat(answer(found, Named.ENTER)).containsExactly(499);
    }

    @Test
    void a_search_is_of_words_in_any_case_also_in_notes() {
        Widget<List<Integer>> found =
                after(Picker.one("t", Menu.Text.NONE, many(30)), ROOM, "O", "D", "D", " ", "2", "7");
        assertThat(answer(found, Named.ENTER)).containsExactly(27);
    }

    @Test
    void what_begins_with_the_search_comes_before_what_only_speaks_of_it() {
        List<Row<Integer>> rows = List.of(Row.of(1, "zeta", "like beta"), Row.of(2, "alphabeta"), Row.of(3, "beta"));
        assertThat(text(after(Picker.one("t", Menu.Text.NONE, rows), ROOM, "b", "e", "t"), ROOM))
                .containsSubsequence("> beta", "alphabeta", "zeta");
    }

    @Test
    void a_search_without_an_end_says_so_and_is_taken_back() {
        Picker<Integer> picker = Picker.one("t", Menu.Text.NONE, many(5));
        Widget<List<Integer>> none = after(picker, ROOM, "x", "x");
        assertThat(text(none, ROOM)).contains("nothing matches");
        assertThat(after(none, ROOM, Named.ENTER)).isEqualTo(none);
        assertThat(text(after(none, ROOM, Named.BACKSPACE, Named.BACKSPACE), ROOM))
                .contains("5 of 5");
        assertThat(text(after(none, ROOM, Named.CLEAR), ROOM)).contains("5 of 5");
    }

    @Test
    void pages_end_and_home_move_in_a_long_list() {
        Picker<Integer> picker = Picker.one("t", Menu.Text.NONE, many(100));
        assertThat(answer(after(picker, ROOM, Named.PAGE_DOWN), Named.ENTER)).containsExactly(17);
        assertThat(text(after(picker, ROOM, Named.END), ROOM)).contains("84-100 of 100", "> model-99");
        assertThat(answer(after(picker, ROOM, Named.END, Named.PAGE_UP), Named.ENTER))
                .containsExactly(82);
        assertThat(answer(after(picker, ROOM, Named.END, Named.HOME), Named.ENTER))
                .containsExactly(0);
    }

    @Test
    void several_are_marked_in_their_order_and_stay_marked_through_a_search() {
        Picker<Integer> picker = Picker.several("t", Menu.Text.NONE, many(50), 1);
        assertThat(after(picker, ROOM, Named.ENTER)).isEqualTo(picker);
        Widget<List<Integer>> marked = after(picker, ROOM, "4", "2", " ", Named.CLEAR, " ");
        assertThat(text(marked, ROOM)).contains("[x] model-0", "2 marked");
        assertThat(answer(marked, Named.ENTER)).containsExactly(42, 0);
        assertThat(text(after(marked, ROOM, Named.UP, " "), ROOM)).contains("[ ] model-0", "1 marked");
    }

    @Test
    void a_field_tells_what_is_wrong_while_it_is_typed_and_answers_nothing_wrong() {
        Field field = Field.of(
                "t",
                Menu.Text.NONE,
                "Name",
                text -> text.equals("ok") ? Optional.empty() : Optional.of("write ok, not " + text));
        assertThat(text(field, ROOM)).doesNotContain("write ok");
        assertThat(text(after(field, ROOM, Named.ENTER), ROOM)).contains("! write ok");
        assertThat(text(after(field, ROOM, "o"), ROOM)).contains("Name: o_", "! write ok, not o");
        assertThat(answer(after(field, ROOM, " ", "o", "x", Named.BACKSPACE, "k", " "), Named.ENTER))
                .isEqualTo("ok");
    }

    @Test
    void a_secret_is_never_shown_and_a_paste_of_it_loses_line_ends_and_spaces() {
        Field field = Field.secret("t", Menu.Text.NONE, "Secret", _ -> Optional.empty());
        Widget<String> typed = after(field, ROOM, "s", new Key.Pasted(" ecret-0123456789\r\n"));
        assertThat(text(typed, ROOM)).contains("Secret: *****************_").doesNotContain("ecret-");
        assertThat(typed.toString()).doesNotContain("ecret-");
        assertThat(answer(typed, Named.ENTER)).isEqualTo("secret-0123456789");
    }

    @Test
    void a_line_that_is_too_long_shows_its_end() {
        Field field = Field.of("t", Menu.Text.NONE, "URL", _ -> Optional.empty())
                .holding("https://" + "x".repeat(200) + "END");
        assertThat(text(field, ROOM)).contains("END_");
    }

    @Test
    void no_line_is_wider_than_there_is_room() {
        String wide = "漢字かな交じり文のとても長い名前".repeat(8);
        List<Row<Integer>> rows = List.of(Row.of(1, wide, wide), Row.of(2, "e\u0301" + wide, ""));
        List<Widget<?>> all = List.of(
                Menu.of(wide, Menu.Text.of(wide, "x".repeat(300)), rows),
                Picker.one(wide, Menu.Text.of(wide), rows),
                Picker.several(wide, Menu.Text.of(wide), rows, 2),
                Field.of(wide, Menu.Text.of(wide), "Name", _ -> Optional.of(wide))
                        .holding(wide),
                Field.secret(wide, Menu.Text.NONE, "Secret", _ -> Optional.empty())
                        .holding(wide.repeat(9)),
                new Watching(wide, List.of(wide, "x".repeat(500)), 3, true));
        for (Room room : List.of(ROOM, SMALL, new Room(61, 11), new Room(20, 5))) {
            for (Widget<?> widget : all) {
                assertThat(widget.lines(room))
                        .allSatisfy(line -> assertThat(line.width()).isLessThanOrEqualTo(room.width()));
            }
        }
        for (Widget<?> widget : all) {
            List<Line> screen = Layout.of(widget, 60, 15);
            assertThat(screen)
                    .hasSize(15)
                    .allSatisfy(line -> assertThat(line.width()).isLessThanOrEqualTo(60));
            assertThat(screen.getLast().text())
                    .isEqualTo(Line.of(widget.hints()).cut(60).text());
        }
    }

    @Test
    void a_text_is_wrapped_between_words_and_loses_none() {
        List<Line> lines = Line.wrapped("one two three four", Style.PLAIN, 9, "  ");
        assertThat(lines).extracting(Line::text).containsExactly("one two", "  three", "  four");
        assertThat(Line.wrapped("x".repeat(7), Style.PLAIN, 3, ""))
                .extracting(Line::text)
                .containsExactly("xxx", "xxx", "x");
    }

    @Test
    void what_could_play_with_the_terminal_is_shown_as_a_question_mark() {
        assertThat(Line.of("a\u001b[2Jb").text()).isEqualTo("a?[2Jb");
    }

    @Test
    void a_window_that_is_too_small_says_what_it_needs() {
        List<Line> lines = Layout.of(Menu.of("t", Menu.Text.NONE, many(2)), 50, 10);
        assertThat(String.join(" ", lines.stream().map(Line::text).toList())).contains("60", "15", "Ctrl-C");
        assertThat(Layout.of(Menu.of("t", Menu.Text.NONE, many(2)), 1, 1)).hasSizeLessThanOrEqualTo(1);
    }
}
