package dev.sluice.cli.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Documents;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.front.RequestHandler;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.core.access.Access;
import dev.sluice.core.access.Caller;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingTest {
    @TempDir
    private Path home;

    private @Nullable Running running;

    /// One `start` in this process, with a gateway that answers with the strictness in force.
    private final class Running {
        private final Transcript out = new Transcript();
        private final Transcript err = new Transcript();
        private final ManualSchedule schedule = new ManualSchedule();
        private final StopSignal stop = new StopSignal();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final Thread thread;
        private Wiring.@Nullable Parts parts;

        Running(Shell shell, @Nullable Path config, boolean open) throws InterruptedException {
            Surroundings surroundings = shell.surroundings(InputStream.nullInputStream(), out, err, schedule, stop);
            StartOptions options =
                    new StartOptions("127.0.0.1", 0, directory(), StoreChoice.EMBEDDED, config, open, true);
            Serving serving = new Serving(options, surroundings, new OwnSite(this::gateway));
            thread = Thread.ofVirtual().start(serving::run);
            out.await("listening on");
        }

        private RequestHandler gateway(Wiring.Parts given) {
            parts = given;
            return (request, response) -> {
                given.registry().look(Set.of());
                String document = given.registry().lastSeen().document();
                try {
                    if (request.path().equals("/slow")) {
                        begun.countDown();
                        goOn.await();
                    }
                    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
                    response.start(200, Headers.NONE, bytes.length);
                    response.write(bytes, 0, bytes.length);
                    response.end();
                } catch (ClientGone | InterruptedException gone) {
                    response.abort();
                }
            };
        }

        Json.Obj ready() {
            Json.Obj ready = JsonText.objectOrNull(out.text());
            assertThat(ready).isNotNull();
            return ready;
        }

        String fetch(String path) throws IOException {
            try (InputStream body =
                    URI.create(ready().text("url") + path).toURL().openStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        /// Who comes with that key.
        Optional<Caller.Kind> caller(String key) {
            Access.Given given = parts.access().given(Headers.of("authorization", "Bearer " + key), Map.of(), false);
            Outcome<Caller> caller =
                    parts.access().authenticate(given, parts.registry().look(given.hashes()));
            return caller instanceof Outcome.Ok<Caller>(Caller known) ? Optional.of(known.kind()) : Optional.empty();
        }

        void end() throws InterruptedException {
            stop.ask();
            thread.join();
        }
    }

    private DataDirectory directory() {
        return new DataDirectory(home.resolve(".sluice"));
    }

    private Running start(@Nullable Path config) throws InterruptedException {
        running = new Running(new Shell(home), config, false);
        return running;
    }

    @AfterEach
    void end_what_runs() throws InterruptedException {
        if (running != null) {
            running.goOn.countDown();
            running.end();
        }
    }

    @Test
    void says_where_it_listens_with_the_real_port() throws Exception {
        Running start = start(null);
        Json.Obj ready = start.ready();
        assertThat(ready.text("message")).isEqualTo("listening on " + ready.text("url"));
        assertThat(ready.text("url")).startsWith("http://127.0.0.1:").doesNotEndWith(":0");
        assertThat(ready.object("urls").text("openai")).isEqualTo(ready.text("url") + "/v1");
        assertThat(start.fetch("/")).contains("version");
    }

    @Test
    void shows_the_master_key_once_and_keeps_only_its_hash() throws Exception {
        Running first = start(null);
        String key = first.ready().text("masterKey");
        assertThat(key).startsWith("slc_");
        assertThat(first.caller(key)).contains(Caller.Kind.MASTER);
        first.end();
        assertThat(new String(Files.readAllBytes(directory().store()), StandardCharsets.ISO_8859_1))
                .doesNotContain(key);

        Running second = start(null);
        assertThat(second.ready().has("masterKey")).isFalse();
        assertThat(second.caller(key)).contains(Caller.Kind.MASTER);
        assertThat(second.caller("other")).isEmpty();
    }

    @Test
    void a_given_master_key_is_not_written() throws Exception {
        String given = "a-master-key-of-my-own-1234";
        running = new Running(new Shell(home).with("SLUICE_MASTER_KEY", given), null, false);
        assertThat(running.ready().has("masterKey")).isFalse();
        assertThat(running.caller(given)).contains(Caller.Kind.MASTER);
        running.end();
        assertThat(start(null).ready().has("masterKey")).isTrue();
    }

    @Test
    void without_keys_anyone_may_call() throws Exception {
        running = new Running(new Shell(home), null, true);
        assertThat(running.ready().has("masterKey")).isFalse();
        assertThat(running.caller("any")).contains(Caller.Kind.ANONYMOUS);
        running.end();
        assertThat(start(null).ready().has("masterKey")).isTrue();
    }

    @Test
    void a_port_in_use_ends_it_and_no_key_is_lost() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StartOptions options = new StartOptions(
                    "127.0.0.1", taken.getLocalPort(), directory(), StoreChoice.EMBEDDED, null, false, false);
            Transcript out = new Transcript();
            Surroundings surroundings = new Shell(home)
                    .surroundings(
                            InputStream.nullInputStream(),
                            out,
                            new Transcript(),
                            new ManualSchedule(),
                            new StopSignal());
            Serving serving = new Serving(options, surroundings, new OwnSite(_ -> (_, response) -> response.abort()));
            assertThatThrownBy(serving::run)
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("--port");
            assertThat(out.text()).isEmpty();
        }
        assertThat(start(null).ready().has("masterKey")).isTrue();
    }

    @Test
    void other_commands_change_what_is_in_force_at_once() throws Exception {
        Running start = start(null);
        Shell.Ran applied = new Shell(home).runWith(Documents.SECOND, "config", "apply", "-");
        assertThat(applied.exit()).as(applied.err()).isZero();
        assertThat(start.fetch("/")).contains("\"strict\":true");
        assertThat(new Shell(home).run("config", "show", "--json").json().whole("version"))
                .isEqualTo(1);
    }

    @Test
    void credentials_set_by_another_command_count_at_once() throws Exception {
        Running start = start(null);
        assertThat(new Shell(home)
                        .runWith("sk-1", "credential", "set", "openrouter")
                        .exit())
                .isZero();
        assertThat(start.parts.credentials().secret(new CredentialRef.Stored("openrouter")))
                .contains("sk-1");
        assertThat(start.out.text() + start.err.text()).doesNotContain("sk-1");
    }

    @Test
    void follows_its_configuration_file_and_keeps_the_old_one_when_it_is_bad() throws Exception {
        Path file = Files.writeString(home.resolve("sluice.json"), Documents.FIRST);
        Running start = start(file);
        assertThat(start.fetch("/")).contains("\"strict\":false");

        Files.writeString(file, Documents.BAD);
        start.schedule.tick();
        assertThat(start.err.text()).contains("is refused", "provders", "strickt");
        assertThat(start.fetch("/")).contains("\"strict\":false");

        Files.writeString(file, Documents.SECOND + "\n");
        start.schedule.tick();
        assertThat(start.fetch("/")).contains("\"strict\":true");
        assertThat(new Shell(home).run("config", "show", "--json").json().text("who"))
                .isEqualTo("start --config sluice.json");
    }

    @Test
    void reads_secrets_of_the_environment_also_when_its_file_says_nothing_new() throws Exception {
        Path file = Files.writeString(home.resolve("sluice.json"), Documents.FROM_ENVIRONMENT);
        new Shell(home).run("config", "apply", file.toString());
        running = new Running(new Shell(home).with("ACME_KEY", "sk-acme"), file, false);
        assertThat(running.ready().whole("configVersion")).isEqualTo(1);
        assertThat(running.parts.credentials().secret(new CredentialRef.Environment("ACME_KEY")))
                .contains("sk-acme");
        assertThat(running.parts.credentials().secret(new CredentialRef.Environment("HOME")))
                .as("only what the configuration names")
                .isEmpty();
    }

    @Test
    void tells_which_credential_is_missing_and_what_to_do() throws Exception {
        Path file = Files.writeString(home.resolve("sluice.json"), Documents.FROM_ENVIRONMENT);
        Running start = start(file);
        assertThat(start.err.text())
                .containsOnlyOnce("provider acme has no credential")
                .contains("ACME_KEY");
    }

    @Test
    void a_bad_configuration_file_at_the_start_is_invalid_input() throws Exception {
        Path file = Files.writeString(home.resolve("sluice.json"), Documents.BAD);
        Shell.Ran ran = new Shell(home).run("start", "--port", "0", "--config", file.toString());
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("provders", "strickt");
    }

    @Test
    void a_request_in_flight_keeps_its_configuration_and_ends_before_the_process() throws Exception {
        Running start = start(null);
        String[] answer = new String[1];
        Thread client = Thread.ofVirtual().start(() -> {
            try {
                answer[0] = start.fetch("/slow");
            } catch (IOException broken) {
                answer[0] = broken.toString();
            }
        });
        start.begun.await();
        new Shell(home).runWith(Documents.SECOND, "config", "apply", "-");
        start.stop.ask();
        start.goOn.countDown();
        client.join();
        start.thread.join();
        assertThat(answer[0]).contains("version").doesNotContain("\"strict\":true");
        assertThat(start.schedule.isIdle()).isTrue();
        assertThat(directory().control()).doesNotExist();
    }

    @Test
    void a_second_start_on_the_same_folder_is_told_so() throws Exception {
        start(null);
        Shell.Ran second = new Shell(home).run("start", "--port", "0");
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err()).contains("another sluice");
    }
}
