package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.model.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCommandsTest {
    private static final String DOCUMENT = """
            {"version":1,"providers":[{"id":"acme","endpoints":{"openai-chat":"https://api.acme.example/v1"},\
            "models":["one",{"id":"two","aliases":["second"]}]},{"id":"open","endpoints":{"openai-chat":\
            "https://api.open.example/v1"},"models":["*"]}],\
            "modelAliases":{"coding":{"strategy":"ordered","targets":[{"ref":"acme/one"}]}}}""";

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open_a_shell() {
        shell = new Shell(home);
        assertThat(shell.runWith(DOCUMENT, "config", "apply", "-").exit()).isZero();
    }

    private Json.Obj only() {
        return (Json.Obj)
                shell.run("key", "list", "--json").json().items("keys").getFirst();
    }

    @Test
    void shows_the_key_once_and_keeps_its_hash_only() throws Exception {
        Json.Obj made = shell.run("key", "create", "laptop", "--json").json();
        String key = made.text("key", "");
        assertThat(key).matches("slc_[A-Za-z0-9_-]{43}");
        assertThat(made.text("result")).isEqualTo("created");
        assertThat(shell.run("key", "list").out())
                .contains("laptop", "valid", "never", "all")
                .doesNotContain(key);
        assertThat(shell.run("key", "list", "--json").out()).doesNotContain(key);
        assertThat(only().fields())
                .containsOnlyKeys("name", "kind", "status", "created", "models", "rateLimits", "hashEnd");
        try (Stream<Path> files = Files.walk(home.resolve(".sluice"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(key);
            }
        }
    }

    @Test
    void all_that_a_key_can_have_is_in_the_list() {
        Shell.Ran made = shell.run(
                "key",
                "create",
                "ci",
                "--models",
                "coding,acme/*",
                "--limit",
                "requests=1000/day",
                "--limit",
                "tokens=2M/month",
                "--limit",
                "usd=5.50/2w",
                "--expires",
                "30d");
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.err()).contains("not yet in force", "dollars");
        assertThat(made.out()).contains("requests=1000/day, tokens=2000000/month, usd=5.50/2weeks");
        assertThat(only().text("expires")).isEqualTo("2026-03-31T12:00:00Z");
        assertThat(only().items("models")).containsExactly(Json.of("acme/*"), Json.of("coding"));
        assertThat(shell.run("key", "list").out())
                .contains("ci", "acme/*, coding", "requests=1000/day, tokens=2000000/month, usd=5.50/2weeks");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-31, 2026-04-01T00:00:00Z",
        "2026-03-01, 2026-03-02T00:00:00Z",
        "2026-03-31T10:00:00Z, 2026-03-31T10:00:00Z",
        "90m, 2026-03-01T13:30:00Z",
        "2w, 2026-03-15T12:00:00Z"
    })
    void an_end_is_a_date_a_moment_or_a_span(String given, String expires) {
        assertThat(shell.run("key", "create", "a", "--expires", given).exit()).isZero();
        assertThat(only().text("expires")).isEqualTo(expires);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-28",
                "2026-03-01T12:00:00Z",
                "0",
                "yesterday",
                "30",
                "30x",
                "-1d",
                "2026-13-01",
                "40000d",
                ""
            })
    void an_end_that_is_none_is_refused(String given) {
        Shell.Ran refused = shell.run("key", "create", "a", "--expires", given);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("--expires");
        assertThat(shell.run("key", "list").out()).contains("no named key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coding",
                "alias:coding",
                "acme/one",
                "acme/*",
                "two",
                "second",
                "one",
                "open/anything",
                "open/any-*",
                "*/one",
                "demo/demo"
            })
    void whatever_the_router_would_let_through_may_be_named(String entry) {
        Shell.Ran made = shell.run("key", "create", "a", "--models", entry);
        assertThat(made.exit()).as(made.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "codng, coding",
        "acme/tow, acme/two",
        "acme/second, acme/two",
        "acmee/*, acme/*",
        "alias:codin, coding",
        "acme/three, acme/",
        "nothing/of/this, no model"
    })
    void a_model_that_is_not_configured_is_refused_with_the_nearest(String entry, String said) {
        Shell.Ran refused = shell.run("key", "create", "a", "--models", "coding," + entry);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains(entry, said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000/day",
                "requests=1000",
                "request=1/day",
                "requests=/day",
                "requests=1.5/day",
                "requests=0/day",
                "requests=-1/day",
                "requests=1e9/day",
                "tokens=lots/day",
                "usd=x/day",
                "usd=0/day",
                "requests=5/fortnight",
                "requests=5/m",
                "requests=5/0d",
                "requests=5/99999d",
                "requests=9999999M/day",
                "",
                "=",
                "/"
            })
    void a_limit_that_is_none_is_refused(String spec) {
        Shell.Ran refused = shell.run("key", "create", "a", "--limit", spec);
        assertThat(refused.exit()).as(refused.out()).isEqualTo(2);
        assertThat(refused.err()).contains("--limit").doesNotContain("null");
    }

    @Test
    void two_limits_of_one_kind_and_window_are_refused_and_so_are_too_many() {
        assertThat(shell.run("key", "create", "a", "--limit", "requests=1/day", "--limit", "requests=2/day")
                        .err())
                .contains("requests=2/day", "already");
        String[] many = Stream.concat(
                        Stream.of("key", "create", "a"),
                        IntStream.rangeClosed(1, 33)
                                .boxed()
                                .flatMap(i -> Stream.of("--limit", "requests=9/" + i + "h")))
                .toArray(String[]::new);
        Shell.Ran refused = shell.run(many);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("32 caps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "../a", "-a", "ä", "master", "anonymous", "a\nb"})
    void a_name_that_would_mislead_is_refused(String name) {
        Shell.Ran refused = shell.run("key", "create", "--", name);
        assertThat(refused.exit()).isEqualTo(2);
    }

    @Test
    void no_name_is_used_twice_and_a_revoked_one_neither() {
        shell.run("key", "create", "a");
        assertThat(shell.run("key", "create", "a").exit()).isEqualTo(2);
        assertThat(shell.run("key", "revoke", "a").out()).contains("a is revoked");
        Shell.Ran again = shell.run("key", "create", "a");
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("there is a key a already");
        assertThat(only().text("status")).isEqualTo("revoked");
    }

    @Test
    void revoking_can_be_repeated_and_an_unknown_name_is_refused_with_the_nearest() {
        shell.run("key", "create", "laptop");
        shell.run("key", "revoke", "laptop");
        Shell.Ran again = shell.run("key", "revoke", "laptop", "--json");
        assertThat(again.exit()).isZero();
        assertThat(again.json().text("result")).isEqualTo("was-revoked");
        Shell.Ran unknown = shell.run("key", "revoke", "laptob");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no key laptob", "laptop");
    }

    @Test
    void a_dry_run_changes_nothing_and_makes_no_key() {
        Shell.Ran dry = shell.run("key", "create", "a", "--dry-run", "--json");
        assertThat(dry.json().text("result")).isEqualTo("dry-run");
        assertThat(dry.out()).doesNotContain("slc_");
        assertThat(shell.run("key", "list").out()).contains("no named key");
        shell.run("key", "create", "a");
        assertThat(shell.run("key", "create", "a", "--dry-run").exit()).isEqualTo(2);
        assertThat(shell.run("key", "revoke", "a", "--dry-run").out()).contains("would revoke a");
        assertThat(only().text("status")).isEqualTo("valid");
    }
}
