package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.FixedTime;
import dev.sluice.cli.Shell;
import dev.sluice.cli.Shell.Ran;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.cli.terminal.VirtualScreen;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogsTest {
    private static final Instant NOON = FixedTime.NOON.now();
    private static final String FIRST = "req_aaaabbbbccccddddeeeeffff";
    private static final String SECOND = "req_aaaabbbbzzzzddddeeeeffff";
    private static final String THIRD = "req_ccccbbbbccccddddeeeeffff";

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(home);
    }

    private void keep(CallLog.Entry... entries) {
        try (EmbeddedStore store = EmbeddedStore.open(new DataDirectory(home.resolve(".sluice")), _ -> {})) {
            for (CallLog.Entry entry : entries) {
                assertThat(store.calls().keep(entry)).isTrue();
            }
        }
    }

    private void keepThree() {
        keep(
                CallEntries.good(FIRST, NOON.minus(Duration.ofDays(2))),
                CallEntries.limited(SECOND, NOON.minusSeconds(90)),
                CallEntries.good(THIRD, NOON.minusSeconds(5)));
    }

    private static List<String> ids(Ran ran) {
        assertThat(ran.exit()).as(ran.err()).isZero();
        return ran.out()
                .lines()
                .map(line -> Objects.requireNonNull(JsonText.objectOrNull(line)).text("requestId", ""))
                .toList();
    }

    @Test
    void one_line_for_each_call_under_a_head() {
        keepThree();
        Ran ran = shell.run("logs");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out().lines()).hasSize(4).allMatch(line -> line.length() <= 131);
        assertThat(ran.out().lines().findFirst().orElseThrow().split(" +"))
                .containsExactly(
                        "TIME", "KEY", "TOOL", "MODEL", "TARGET", "TRIES", "STATUS", "IN", "CACHED", "OUT", "COST",
                        "FIRST", "TOOK");
        assertThat(ran.out())
                .contains("laptop  claude-code  coding")
                .contains("-> b/big-model")
                .contains("2 529/overloaded  200")
                .contains("20010  20000   512 $0.0123  0.30s  1.50s")
                .contains("429")
                .doesNotContain("\u001b");
    }

    @Test
    void for_programs_one_object_for_each_call() {
        keepThree();
        assertThat(ids(shell.run("logs", "--json"))).containsExactly(FIRST, SECOND, THIRD);
        assertThat(ids(shell.run("logs", "--json", "--limit", "1"))).containsExactly(THIRD);
    }

    @ParameterizedTest
    @CsvSource({
        "--since,1h,2",
        "--since,60s,1",
        "--since,7d,3",
        "--since,2026-02-01,3",
        "--since,2026-03-01T11:59:00Z,1",
        "--key,laptop,2",
        "--key,nobody,0",
        "--model,coding,2",
        "--model,b/big-model,2",
        "--model,big-model,2",
        "--tool,Claude-Code,2",
        "--status,ok,2",
        "--status,error,1",
        "--status,429,1",
        "--status,4xx,1",
        "--status,5xx,0"
    })
    void calls_are_chosen(String option, String value, int found) {
        keepThree();
        assertThat(ids(shell.run("logs", "--json", option, value))).hasSize(found);
    }

    @Test
    void among_many_calls_the_few_that_are_wanted_are_found() {
        CallLog.Entry[] many = new CallLog.Entry[2_300];
        for (int i = 0; i < many.length; i++) {
            Instant over = NOON.minusSeconds(i / 100);
            String id = "req_%024d".formatted(i);
            many[i] = i % 1_000 == 0 ? CallEntries.limited(id, over) : CallEntries.good(id, over);
        }
        keep(many);
        assertThat(ids(shell.run("logs", "--json", "--status", "error"))).hasSize(3);
        assertThat(ids(shell.run("logs", "--json", "--limit", "10000")))
                .hasSize(2_300)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "--since,yesterday,a span back from now",
        "--since,2026-13-01,a span back from now",
        "--since,2027-01-01,yet to come",
        "--status,bad,ok",
        "--status,99,ok",
        "--limit,0,1 to 10000",
        "--limit,10001,1 to 10000"
    })
    void nonsense_is_refused_with_the_forms_there_are(String option, String value, String words) {
        Ran ran = shell.run("logs", option, value);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(option, words);
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, "aaaabbbbccccddddeeeeffff", "aaaabbbbc", "req_aaaabbbbc"})
    void one_call_in_all_that_is_kept_of_it(String id) {
        keepThree();
        Ran ran = shell.run("logs", id);
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("call " + FIRST)
                .contains("  took      1.50s, first token after 0.30s")
                .contains("  key       laptop")
                .contains("  tool      claude-code")
                .contains("  dialect   anthropic, streamed")
                .contains("  attempts  1. a/m  529/overloaded")
                .contains("            2. b/big-model  answered")
                .contains("  tokens    input 10, cache read 20000, output 512, of it reasoning 100")
                .contains("  cost      $0.0123456")
                .contains("  state     stale-config");
        assertThat(shell.run("logs", "--json", id).json().text("requestId")).isEqualTo(FIRST);
    }

    @Test
    void a_call_that_failed_says_why() {
        keepThree();
        assertThat(shell.run("logs", SECOND).out())
                .contains("  status    429", "  failure   rate_limited", "  reason    the limit day is full")
                .contains("  attempts  none", "  model     gpt?[2J");
    }

    @Test
    void the_attempt_whose_stream_broke_off_is_counted_once() {
        keep(CallEntries.broken(FIRST, NOON.minusSeconds(5)));
        assertThat(shell.run("logs").out()).contains("  2 529/overloaded,0/", "  200 truncated");
        assertThat(shell.run("logs", FIRST).out())
                .contains("  attempts  1. a/m  529/overloaded")
                .contains("            2. b/big-model  0/temporary_error, truncated")
                .doesNotContain("3. ");
    }

    @Test
    void a_call_that_is_not_there_is_told() {
        keepThree();
        Ran unknown = shell.run("logs", "req_999999999");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("there is no call req_999999999", "x-sluice-request-id");
        assertThat(shell.run("logs", FIRST.replace("ffff", "fffg")).exit()).isEqualTo(1);

        Ran several = shell.run("logs", "aaaabbbb");
        assertThat(several.exit()).isEqualTo(1);
        assertThat(several.err()).contains(FIRST, SECOND);

        assertThat(shell.run("logs", "aaaa").exit()).isEqualTo(2);
        assertThat(shell.run("logs", FIRST, "--follow").exit()).isEqualTo(2);
    }

    @Test
    void without_calls_it_says_how_to_make_one() {
        Ran ran = shell.run("logs");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("no call was made", "sluice start", "sluice tool list");
        assertThat(shell.run("logs", "--json").out()).isEmpty();
        keepThree();
        assertThat(shell.run("logs", "--key", "nobody").out()).contains("no call of the last 30 days is like that");
    }

    @Test
    void nothing_that_is_over_can_be_followed() {
        Ran ran = shell.run("logs", "--follow");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("sluice start");
    }

    @Test
    void a_narrow_terminal_loses_the_least_important_columns_and_no_line_is_broken() {
        keepThree();
        try (VirtualScreen screen = new VirtualScreen(80, 24)) {
            Ran ran = shell.at(screen).typing("").run("logs");
            assertThat(plain(ran.out()).lines()).hasSize(4).allMatch(line -> line.length() <= 80);
            assertThat(ran.out())
                    .contains("MODEL", "TARGET", "STATUS", "TOOK")
                    .doesNotContain("FIRST", "CACHED", "COST");
        }
    }

    @Test
    void colours_are_for_terminals_only() {
        keepThree();
        assertThat(shell.typing("").run("logs").out()).contains("\u001b[33m");
        assertThat(shell.with("NO_COLOR", "1").run("logs").out()).doesNotContain("\u001b");
    }

    private static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9]*m", "");
    }

    @Test
    void no_word_of_a_prompt_has_a_field() {
        keepThree();
        Json.Obj call = shell.run("logs", "--json", "--limit", "1").json();
        assertThat(call.fields().keySet())
                .containsExactlyInAnyOrder(
                        "at",
                        "requestId",
                        "caller",
                        "dialect",
                        "tool",
                        "model",
                        "target",
                        "status",
                        "outcome",
                        "streamed",
                        "attempts",
                        "state",
                        "usage",
                        "usd",
                        "seconds",
                        "secondsToFirst");
    }
}
