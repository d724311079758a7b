package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.FixedTime;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.doctor.Ailment;
import dev.sluice.cli.doctor.Area;
import dev.sluice.cli.doctor.Mend;
import dev.sluice.cli.provider.ScriptedProvider;
import dev.sluice.cli.tool.FakeGateway;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Json;
import dev.sluice.testkit.FakeServiceAccount;
import dev.sluice.testkit.http.NobodyThere;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/// `sluice doctor`, over a home of its own.
class DoctorCommandTest {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Path PAGE = Path.of("..", "docs", "doctor.md");
    private static final String MARK = "<!-- written by DoctorCommandTest -->";

    @TempDir
    private Path home;

    private Shell shell() {
        return new Shell(home);
    }

    private static Shell.Ran look(Shell shell, String only) {
        return shell.run("doctor", "--json", "--only", only);
    }

    private static List<String> checks(Shell.Ran ran) {
        List<String> checks = new ArrayList<>();
        for (Json item : ran.json().items("findings")) {
            checks.add(((Json.Obj) item).text("check", ""));
        }
        return checks;
    }

    private void configure(int port, String more) {
        String document = """
                {"version": 1, "defaultModel": "coding", "providers": [
                  {"id": "here", "endpoints": {"openai-chat": "http://127.0.0.1:%d/v1"}, "allowPrivateNetwork": true,
                   "credential": "here", "models": ["m1", "m9"]%s}],
                 "modelAliases": {"coding": {"targets": [{"ref": "here/m1"}]}}}
                """.formatted(port, more);
        Shell.Ran applied = shell().runWith(document, "config", "apply", "-");
        assertThat(applied.exit()).as(applied.err()).isZero();
    }

    @Test
    void an_empty_home_is_well_is_told_how_to_begin_and_stays_empty() throws IOException {
        Shell.Ran ran =
                shell().run("doctor", "--only", "machine,clock,configuration,credentials,master-key,tools,gateway");
        assertThat(ran.out())
                .contains(
                        "nothing is kept yet", "$ sluice start", "$ sluice provider presets", "sluice tool setup NAME");
        assertThat(ran.err()).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void a_good_setup_has_no_finding() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            configure(server.port(), "");
            shell().runWith(ScriptedProvider.SECRET, "credential", "set", "here");
            Shell.Ran ran = look(shell(), "machine,configuration,credentials,providers,master-key,gateway,tools");
            assertThat(checks(ran)).contains("provider-reached", "credentials", "configuration", "model-not-listed");
            assertThat(ran.json().items("findings"))
                    .noneMatch(item -> ((Json.Obj) item).text("severity", "").equals("error"));
            assertThat(ran.out()).doesNotContain(ScriptedProvider.SECRET);
        }
    }

    @Test
    void a_wrong_secret_is_found_with_the_command_that_sets_it() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            configure(server.port(), "");
            shell().runWith("sk-canary-0123456789", "credential", "set", "here");
            Shell.Ran ran = shell().run("doctor", "--only", "providers");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out())
                    .contains("does not accept the credential here", "$ sluice credential set here", "1 error")
                    .doesNotContain("canary");
        }
    }

    @Test
    void nobody_at_an_endpoint_and_no_secret_are_two_findings() {
        try (NobodyThere nobody = new NobodyThere()) {
            configure(nobody.port(), "");
            Shell.Ran ran = look(shell(), "credentials,providers");
            assertThat(checks(ran)).contains("credential-missing", "provider-not-reached");
            assertThat(ran.exit()).isEqualTo(1);
        }
    }

    @Test
    void what_leads_nowhere_is_found() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            configure(
                    server.port(),
                    ", \"enabled\": false, \"rateLimits\": [{\"id\": \"month\", \"models\": [\"all\"], \"usd\": \"5\","
                            + " \"window\": {\"unit\": \"month\", \"size\": 1}}]");
            assertThat(checks(look(shell(), "configuration")))
                    .contains("alias-leads-nowhere", "default-leads-nowhere", "provider-disabled");
            configure(
                    server.port(),
                    ", \"rateLimits\": [{\"id\": \"month\", \"models\": [\"all\"], \"usd\": \"5\","
                            + " \"window\": {\"unit\": \"month\", \"size\": 1}}]");
            assertThat(checks(look(shell(), "configuration"))).contains("price-unknown", "context-unknown");
        }
    }

    @Test
    void a_secret_that_is_no_key_file_is_found_where_one_is_wanted() {
        shell().runWith("sk-canary-0123456789", "credential", "set", "google");
        shell().runWith(
                        "{\"version\":1,\"providers\":[{\"id\":\"google\",\"endpoints\":{\"gemini\":"
                                + "\"https://api.example.com/v1\"},\"credential\":\"google\",\"models\":[\"*\"],"
                                + "\"auth\":{\"type\":\"google-service-account\"}}]}",
                        "config",
                        "apply",
                        "-");
        Shell.Ran ran = look(shell(), "credentials");
        assertThat(checks(ran)).contains("credential-damaged");
        assertThat(ran.out())
                .contains("no usable secret in the credential google", "no JSON object")
                .doesNotContain("canary");

        assertThat(shell().runWith("sk-canary-9876543210", "credential", "set", "google")
                        .err())
                .contains("the provider google cannot use it", "no JSON object")
                .doesNotContain("canary");
        assertThat(shell().runWith(FakeServiceAccount.create().keyFile(), "credential", "set", "google")
                        .err())
                .isEmpty();
        assertThat(checks(look(shell(), "credentials"))).doesNotContain("credential-damaged");
    }

    @Test
    void credentials_of_another_key_unused_ones_and_variables_that_nobody_has_are_found() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            configure(server.port(), "");
        }
        shell().runWith("sk-canary-0123456789", "credential", "set", "here");
        shell().runWith("sk-canary-0123456789", "credential", "set", "spare");
        Path key = home.resolve(".sluice/secret.key");
        Files.write(key, new byte[32]);
        Shell.Ran ran = look(shell(), "credentials");
        assertThat(checks(ran)).contains("credential-unreadable", "credential-unused");
        shell().runWith(
                        "{\"version\":1,\"providers\":[{\"id\":\"far\",\"endpoints\":{\"openai-chat\":"
                                + "\"https://api.example.com/v1\"},\"credential\":{\"env\":\"FAR_KEY\"},\"models\":[\"*\"]}]}",
                        "config",
                        "apply",
                        "-");
        assertThat(checks(look(shell(), "credentials"))).contains("variable-not-here");
        assertThat(checks(look(shell().with("FAR_KEY", "sk-far"), "credentials")))
                .doesNotContain("variable-not-here");
    }

    @Test
    void modes_a_broken_secret_key_and_a_leftover_control_file_are_found() throws IOException {
        shell().runWith("sk-canary-0123456789", "credential", "set", "spare");
        Path folder = home.resolve(".sluice");
        Files.setPosixFilePermissions(folder.resolve("credentials.json"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.write(folder.resolve("secret.key"), new byte[5]);
        Files.writeString(
                folder.resolve("control.json"), "{\"address\":\"127.0.0.1:1\",\"token\":\"t\",\"pid\":99999999}");
        Shell.Ran ran = look(shell(), "machine,credentials");
        assertThat(checks(ran)).contains("secret-file-open", "secret-key-broken", "control-left-over", "not-looked-at");
        assertThat(ran.out()).contains("chmod 600 " + folder.resolve("credentials.json"));
    }

    @Test
    void a_damaged_store_is_a_finding_and_no_stack_trace() throws IOException {
        Files.createDirectories(home.resolve(".sluice"));
        Files.write(
                home.resolve(".sluice/sluice.db"),
                "this is no store at all".repeat(500).getBytes(StandardCharsets.UTF_8));
        Shell.Ran ran = shell().run("doctor", "--only", "configuration,credentials,providers,master-key");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("is damaged", "$ sluice doctor --only configuration --debug");
        assertThat(ran.out() + ran.err()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void a_tool_is_looked_at_with_its_gate_and_its_key_is_never_shown() throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            Shell shell = shell().with("SLUICE_URL", gateway.url()).with("SLUICE_MASTER_KEY", FakeGateway.KEY);
            assertThat(shell.run("tool", "setup", "codex", "--yes").exit()).isZero();
            assertThat(checks(look(shell, "tools"))).containsExactly("tool-files", "tool-gate");
            gateway.refusing(429, "all targets are cooling; key " + FakeGateway.KEY);
            Shell.Ran refused = shell.run("doctor", "--only", "tools");
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.out())
                    .contains("all targets are cooling", "$ sluice explain smart")
                    .doesNotContain(FakeGateway.KEY);
            assertThat(checks(shell.run("doctor", "--json", "--only", "tools", "--skip-gates")))
                    .containsExactly("tool-files");
            Path config = home.resolve(".codex/config.toml");
            Files.writeString(
                    config,
                    Files.readString(config, StandardCharsets.UTF_8).replace(gateway.url(), "http://127.0.0.1:1"));
            assertThat(checks(look(shell, "tools"))).contains("tool-edited-away");
        }
        assertThat(checks(look(shell(), "tools"))).contains("tool-gateway-silent");
    }

    @Test
    void a_slow_model_is_a_note_and_no_trouble() throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            Shell shell = shell().with("SLUICE_URL", gateway.url()).with("SLUICE_MASTER_KEY", FakeGateway.KEY);
            assertThat(shell.run("tool", "setup", "codex", "--yes").exit()).isZero();
            gateway.holding();
            Shell.Ran slow = shell.run("doctor", "--only", "tools", "--timeout", "1");
            assertThat(slow.out()).contains("codex: smart has not answered within 1 s", "--timeout 300");
            assertThat(slow.exit()).as(slow.out()).isZero();
        }
    }

    @Test
    void a_model_that_no_time_was_left_for_is_not_called_slow() throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            Shell shell = shell().with("SLUICE_URL", gateway.url()).with("SLUICE_MASTER_KEY", FakeGateway.KEY);
            assertThat(shell.run(
                                    "tool",
                                    "setup",
                                    "claude-code",
                                    "--yes",
                                    "--model",
                                    "a/main",
                                    "--model",
                                    "haiku=a/small")
                            .exit())
                    .isZero();
            int before = gateway.requests().size();
            Shell.Ran ran = shell.with(new ByRequests(gateway)).run("doctor", "--only", "tools", "--timeout", "30");
            assertThat(ran.out().replaceAll("\\s+", " "))
                    .contains(
                            "is answered for a/main", "a/small was not asked, since those before it took all of 30 s");
            assertThat(gateway.requests()).hasSize(before + 1);
            assertThat(ran.exit()).as(ran.out()).isZero();
        }
    }

    /// Every request takes forty seconds.
    private record ByRequests(FakeGateway gateway) implements Time {
        @Override
        public Instant now() {
            return FixedTime.NOON.now();
        }

        @Override
        public long nanos() {
            return Duration.ofSeconds(40L * gateway.requests().size()).toNanos();
        }

        @Override
        public void sleep(Duration duration) {
            // no time passes
        }
    }

    @Test
    void what_mends_a_tool_names_its_address_and_all_its_models() throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            Shell shell = shell().with("SLUICE_MASTER_KEY", FakeGateway.KEY);
            Shell.Ran setup = shell.run(
                    "tool",
                    "setup",
                    "claude-code",
                    "--yes",
                    "--url",
                    gateway.url(),
                    "--model",
                    "a/main",
                    "--model",
                    "haiku=a/small");
            assertThat(setup.exit()).as(setup.err()).isZero();
            Files.delete(home.resolve(".claude/settings.json"));
            assertThat(shell.run("doctor", "--only", "tools").out())
                    .contains("$ sluice tool setup claude-code --model a/main --model haiku=a/small --url "
                            + gateway.url());
            assertThat(shell.with("SLUICE_URL", "http://127.0.0.1:1")
                            .run("doctor", "--only", "tools")
                            .out())
                    .as("another gateway is looked at")
                    .contains("--url " + gateway.url());
        }
    }

    @Test
    void the_mends_name_the_gateway_that_was_meant() {
        Shell.Ran ran = shell().run(
                        "doctor",
                        "--only",
                        "configuration",
                        "--data",
                        home.resolve("other").toString());
        assertThat(ran.out()).contains("$ sluice provider presets --data " + home.resolve("other"));
    }

    @Test
    void wrong_areas_and_times_are_refused() {
        Shell.Ran area = shell().run("doctor", "--only", "provders");
        assertThat(area.exit()).isEqualTo(2);
        assertThat(area.err()).contains("did you mean providers?");
        assertThat(shell().run("doctor", "--timeout", "0").exit()).isEqualTo(2);
        assertThat(shell().run("doctor", "--table", "x").exit()).isEqualTo(2);
    }

    private static String filled(String template) {
        Matcher places = PLACE.matcher(template);
        return places.replaceAll(place -> switch (place.group(1)) {
            case "version", "tokens", "port", "seconds", "usd" -> "1000";
            case "scope" -> " --project";
            default -> "some";
        });
    }

    /// Parsed by the command line itself; nothing is run.
    @ParameterizedTest
    @EnumSource(Ailment.class)
    void every_ailment_has_a_mend_and_each_command_of_sluice_is_one(Ailment ailment) {
        CommandLine root = CommandTree.of(shell().surroundings(
                                InputStream.nullInputStream(),
                                new Transcript(),
                                new Transcript(),
                                new ManualSchedule(),
                                new StopSignal()))
                .root();
        assertThat(ailment.mend().text()).isNotBlank();
        if (ailment.mend() instanceof Mend.Command(String line) && line.startsWith("sluice ")) {
            String[] words = filled(line).substring("sluice ".length()).split(" +");
            CommandLine.ParseResult parsed = root.parseArgs(words);
            assertThat(parsed.errors()).as(line).isEmpty();
            assertThat(parsed.unmatched()).as(line).isEmpty();
        }
    }

    @Test
    void the_page_lists_every_check() throws IOException {
        StringBuilder table = new StringBuilder();
        for (Area area : Area.values()) {
            table.append("\n### ")
                    .append(area.id())
                    .append("\n\nLooks at ")
                    .append(area.subject())
                    .append(".\n\n");
            table.append("| Check | Severity | When | Mend |\n| --- | --- | --- | --- |\n");
            for (Ailment ailment : Ailment.values()) {
                if (ailment.area() == area) {
                    table.append("| `").append(ailment.id()).append("` | ");
                    table.append(ailment.severity().id()).append(" | ");
                    table.append(ailment.meaning())
                            .append(" | ")
                            .append(mend(ailment))
                            .append(" |\n");
                }
            }
        }
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        int begin = page.indexOf(MARK) + MARK.length();
        String written = page.substring(0, begin) + "\n" + table + "\n" + page.substring(page.lastIndexOf(MARK));
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, written);
        }
        assertThat(page).isEqualTo(written);
    }

    private static String mend(Ailment ailment) {
        String text = PLACE.matcher(ailment.mend().text().replace("{scope}", ""))
                .replaceAll(place -> place.group(1).toUpperCase(Locale.ROOT));
        return ailment.mend() instanceof Mend.Command ? "`" + text + "`" : text;
    }
}
