package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.tool.FakeGateway;
import dev.sluice.cli.tool.known.Tools;
import dev.sluice.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `sluice ai-help`: complete, short enough, and every command in it is one.
class AiHelpTest {
    private static final Pattern INLINE = Pattern.compile("`(sluice [^`]+)`");
    private static final int MOST_TOKENS = 12_000;

    @TempDir
    private Path home;

    private Shell shell() {
        return new Shell(home);
    }

    private CommandLine root() {
        return CommandTree.of(shell().surroundings(
                                InputStream.nullInputStream(),
                                new Transcript(),
                                new Transcript(),
                                new ManualSchedule(),
                                new StopSignal()))
                .root();
    }

    private static List<String> commands(String brief) {
        List<String> commands = new ArrayList<>();
        brief.lines().filter(Playbook::isCommand).forEach(commands::add);
        Matcher inline = INLINE.matcher(brief);
        while (inline.find()) {
            commands.add(inline.group(1));
        }
        return commands;
    }

    /// Parsed by the command line itself, which takes no unknown option; nothing is run.
    @Test
    void every_command_of_the_brief_is_one() {
        Shell.Ran ran = shell().run("ai-help", "--skip-gates");
        assertThat(ran.exit()).as(ran.err()).isZero();
        List<String> commands = commands(ran.out());
        assertThat(commands).hasSizeGreaterThan(80);
        for (String command : commands) {
            CommandLine.ParseResult parsed =
                    root().parseArgs(command.substring("sluice ".length()).split(" "));
            assertThat(parsed.errors()).as(command).isEmpty();
            assertThat(parsed.unmatched()).as(command).isEmpty();
        }
    }

    @Test
    void an_agent_finds_out_how_to_begin_and_nothing_is_made() throws IOException {
        String brief = shell().run("ai-help").out();
        assertThat(brief)
                .contains(
                        "running: no",
                        "## Rules",
                        "## Playbooks",
                        "only the demo model",
                        "gate blocked, no gateway runs");
        assertThat(brief.length() / 4).isLessThan(MOST_TOKENS);
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void every_tool_is_in_it_with_its_files() {
        String brief = shell().run("ai-help", "--skip-gates").out();
        assertThat(Tools.all()).allSatisfy(tool -> assertThat(brief).contains("- **" + tool.name() + "** ("));
        assertThat(brief).contains("~/.claude/settings.json", "ANTHROPIC_AUTH_TOKEN", "Override OpenAI Base URL");
    }

    @Test
    void every_command_is_judged_safe_or_not() {
        List<CommandKinds.Known> all = CommandKinds.of(root());
        assertThat(all).hasSizeGreaterThan(50);
        assertThat(all)
                .allSatisfy(known -> assertThat(CommandKinds.isJudged(known))
                        .as(known.name())
                        .isTrue());
        assertThat(all.stream()
                        .filter(known -> known.kind() == CommandKinds.Kind.OWNERS_YES)
                        .map(CommandKinds.Known::name))
                .contains("deploy", "destroy", "key revoke", "worker-key rotate");
        assertThat(all.stream()
                        .filter(known -> known.kind() == CommandKinds.Kind.READS)
                        .map(CommandKinds.Known::name))
                .contains("doctor", "config show")
                .doesNotContain("config apply");
    }

    @Test
    void a_gate_is_ready_or_blocked_with_the_reason_and_no_key_is_in_it() throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            Shell shell = shell().with("SLUICE_URL", gateway.url()).with("SLUICE_MASTER_KEY", FakeGateway.KEY);
            Json.Obj ready = tool(shell.run("ai-help", "--json"), "codex");
            assertThat(ready.text("gate")).isEqualTo("ready");
            assertThat(ready.text("next")).isEqualTo("sluice tool setup codex --print");
            gateway.refusing(429, "all targets are cooling");
            Shell.Ran blocked = shell.run("ai-help", "--json");
            assertThat(tool(blocked, "codex").text("reason")).contains("429", "cooling");
            assertThat(blocked.out() + shell.run("ai-help").out()).doesNotContain(FakeGateway.KEY);
            int asked = gateway.requests().size();
            assertThat(tool(shell.run("ai-help", "--json", "--skip-gates"), "codex")
                            .text("gate"))
                    .isEqualTo("not asked");
            assertThat(gateway.requests()).hasSize(asked);
        }
    }

    private static Json.Obj tool(Shell.Ran ran, String name) {
        return ran.json().items("tools").stream()
                .map(Json.Obj.class::cast)
                .filter(tool -> tool.text("name", "").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void providers_aliases_limits_and_keys_are_told_by_name_alone() {
        shell().runWith("""
                        {"version": 1, "defaultModel": "coding", "providers": [
                          {"id": "far", "endpoints": {"openai-chat": "https://far.invalid/v1"}, "credential": "far",
                           "models": [{"id": "m1", "contextWindow": 200000}],
                           "rateLimits": [{"id": "month", "models": ["all"], "requests": 20,
                                           "window": {"unit": "month", "size": 1}}]}],
                         "modelAliases": {"coding": {"targets": [{"ref": "far/m1"}]}}}
                        """, "config", "apply", "-");
        shell().runWith("sk-canary-0123456789", "credential", "set", "far");
        String key = shell().run("key", "create", "laptop").out();
        Map<String, Json> state = shell().run("ai-help", "--json", "--skip-gates", "--timeout", "1")
                .json()
                .object("state")
                .fields();
        assertThat(state.toString()).contains("far", "m1", "200000", "coding", "month", "laptop");
        String brief = shell().run("ai-help", "--skip-gates", "--timeout", "1").out();
        assertThat(brief).contains("laptop", "coding").doesNotContain("canary");
        assertThat(key.lines().filter(line -> line.startsWith("slc_")))
                .allSatisfy(line -> assertThat(brief).doesNotContain(line.strip()));
    }
}
