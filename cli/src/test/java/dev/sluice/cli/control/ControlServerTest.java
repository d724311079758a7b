package dev.sluice.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.preview.Preview;
import dev.sluice.cli.secret.PrivateFile;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.core.ports.ConfigVersions.Write;
import dev.sluice.model.Json;
import dev.sluice.testkit.http.NobodyThere;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlServerTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String PING = "{\"op\":\"ping\"}";

    @TempDir
    private Path folder;

    private DataDirectory directory;
    private EmbeddedStore store;
    private ControlServer server;
    private ControlFile file;
    private final Preview preview = question -> new Preview.Told(
            200, Json.object().put("asked", question.toString()).build());

    @BeforeEach
    void open_the_channel() {
        directory = new DataDirectory(folder);
        store = EmbeddedStore.open(directory, _ -> {});
        server = ControlServer.open(
                directory,
                new Holdings.Local(store, directory, surroundings()),
                preview,
                Invocations.NONE,
                new SecureRandom());
        file = ControlFile.read(directory.control()).orElseThrow();
    }

    @AfterEach
    void close_the_channel() {
        server.close();
        store.close();
    }

    private Surroundings surroundings() {
        return new Shell(folder)
                .surroundings(
                        InputStream.nullInputStream(),
                        new Transcript(),
                        new Transcript(),
                        new ManualSchedule(),
                        new StopSignal());
    }

    /// The status that this request gets.
    private String status(String requestLine, String host, String headers) throws IOException {
        int port = Integer.parseInt(file.address().substring(file.address().indexOf(':') + 1));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = requestLine + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\nContent-Length: "
                    + PING.length() + "\r\n" + headers + "\r\n" + PING;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.split(" ", 3)[1];
        }
    }

    private String good() {
        return "Authorization: Bearer " + file.token() + "\r\nContent-Type: application/json\r\n";
    }

    @Test
    void answers_who_has_the_token() throws IOException {
        assertThat(status("POST /control", file.address(), good())).isEqualTo("200");
        assertThat(PrivateFile.isPrivate(directory.control())).isTrue();
    }

    @Test
    void refuses_everyone_else() throws IOException {
        String json = "Content-Type: application/json\r\n";
        assertThat(status("POST /control", file.address(), json)).isEqualTo("403");
        assertThat(status("POST /control", file.address(), "Authorization: Bearer x\r\n" + json))
                .isEqualTo("403");
        assertThat(status("POST /control", file.address(), "Authorization: " + file.token() + "\r\n" + json))
                .isEqualTo("403");
    }

    @Test
    void refuses_what_a_browser_could_send() throws IOException {
        assertThat(status("POST /control", "evil.example", good())).isEqualTo("403");
        assertThat(status("POST /control", "localhost:1", good())).isEqualTo("403");
        assertThat(status("POST /control", file.address(), good() + "Origin: http://evil.example\r\n"))
                .isEqualTo("403");
        assertThat(status("POST /control", file.address(), good().replace("application/json", "text/plain")))
                .isEqualTo("403");
        assertThat(status("GET /control", file.address(), good())).isEqualTo("403");
        assertThat(status("POST /other", file.address(), good())).isEqualTo("403");
    }

    @Test
    void other_commands_reach_what_this_process_has_open() {
        try (Holdings remote = Holdings.open(directory, surroundings())) {
            assertThat(remote).isInstanceOf(Holdings.Remote.class);
            assertThat(remote.versions().head()).isEmpty();
            assertThat(remote.versions().write(0, "one", "ada", NOON))
                    .isEqualTo(new Write.Written(new Version(1, "one", "ada", NOON)));
            assertThat(remote.versions().write(0, "two", "ada", NOON)).isEqualTo(new Write.Conflict(1));
            assertThat(remote.versions().history(5))
                    .extracting(Version::document)
                    .containsExactly("one");
            assertThat(remote.versions().byNumber(1)).isPresent();
            assertThat(remote.credentials().set("a", "secret", NOON)).isFalse();
            assertThat(remote.credentials().list()).hasSize(1);
            assertThat(remote.credentials().remove("a")).isTrue();
        }
        assertThat(store.versions().head()).map(Version::document).contains("one");
    }

    @Test
    void what_is_refused_there_is_refused_here_in_the_same_words() {
        try (Holdings remote = Holdings.open(directory, surroundings())) {
            assertThatThrownBy(() -> remote.credentials().set("a", "two\nlines", NOON))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("line ends");
        }
    }

    @Test
    void closing_removes_the_file_and_the_next_command_opens_the_store_itself() {
        server.close();
        store.close();
        assertThat(directory.control()).doesNotExist();
        try (Holdings local = Holdings.open(directory, surroundings())) {
            assertThat(local).isInstanceOf(Holdings.Local.class);
        }
    }

    @Test
    void a_file_that_a_crash_left_behind_is_ignored() {
        server.close();
        store.close();
        try (NobodyThere nobody = new NobodyThere()) { // this process lives, but nobody listens there
            new ControlFile("127.0.0.1:" + nobody.port(), file.token(), file.pid()).write(directory.control());
            try (Holdings local = Holdings.open(directory, surroundings())) {
                assertThat(local).isInstanceOf(Holdings.Local.class);
            }
        }
        new ControlFile(file.address(), file.token(), Long.MAX_VALUE).write(directory.control());
        try (Holdings local = Holdings.open(directory, surroundings())) {
            assertThat(local).isInstanceOf(Holdings.Local.class);
        }
    }

    @Test
    void the_token_is_in_no_text_form() {
        assertThat(file.toString()).doesNotContain(file.token());
    }

    @Test
    void hands_on_what_a_preview_is_asked_for() {
        Preview remote = Holdings.preview(directory).orElseThrow();
        Preview.Question full = new Preview.Question("coding", "anthropic", "{\"model\":\"x\"}");
        assertThat(remote.of(full).document().text("asked")).isEqualTo(full.toString());
        Preview.Question bare = new Preview.Question("a/b", null, null);
        assertThat(remote.of(bare).document().text("asked")).isEqualTo(bare.toString());
        assertThat(remote.of(bare).status()).isEqualTo(200);
    }

    @Test
    void there_is_no_preview_where_nothing_runs() {
        assertThat(Holdings.preview(new DataDirectory(folder.resolve("other")))).isEmpty();
    }
}
