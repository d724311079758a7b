package dev.sluice.cli.picture;

import dev.sluice.cli.terminal.CapturedRun;
import dev.sluice.cli.terminal.Picture;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A home with a gateway that is started and busy: three providers, two keys of their own, calls that were, calls in flight, and
/// a target that cools down. All by the packaged command; only the providers are stood in for.
final class Stage implements AutoCloseable {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path CONFIG = Path.of("src/test/resources/picture/config.json");
    private static final String MASTER = "a-master-key-for-pictures-only";

    private final StandIn providers = new StandIn();
    private final List<Thread> calls = new ArrayList<>();
    private final Path home;
    private final CapturedRun gateway;
    private final String url;

    Stage(Path home) throws IOException, InterruptedException {
        this.home = home;
        Path config = home.resolve("config.json");
        Files.writeString(config, Files.readString(CONFIG).replace("STANDIN", providers.address()));
        gateway = run("sluice start --port 0 --config config.json", 120, 50).see("listening on");
        String said = gateway.toString();
        int at = said.indexOf("listening on ") + "listening on ".length();
        url = said.substring(at, said.indexOf('\n', at)).strip();
        makeBusy();
    }

    private Map<String, String> environment() {
        return Map.of(
                "HOME",
                home.toString(),
                "USER",
                "ada",
                "PATH",
                REPOSITORY + ":" + System.getenv("PATH"),
                "SLUICE_MASTER_KEY",
                MASTER);
    }

    CapturedRun run(String command, int columns, int rows) throws IOException {
        return CapturedRun.start(command, columns, rows, home, environment());
    }

    private void makeBusy() throws IOException, InterruptedException {
        String laptop = key("laptop --limit requests=200/day --limit tokens=2M/month");
        String ci = key("ci --limit requests=50/hour");
        for (int i = 0; i < 7; i++) {
            call(laptop, "/v1/messages", i < 5 ? "coding" : "fast", "hello");
        }
        for (int i = 0; i < 4; i++) {
            call(
                    ci,
                    "/v1/chat/completions",
                    i < 2 ? "openrouter/openai/gpt-4o" : "openrouter/qwen/qwen3-coder",
                    "hello");
        }
        slowly(laptop, "/v1/messages", "opus");
        slowly(laptop, "/v1/messages", "fast");
        slowly(ci, "/v1/chat/completions", "openrouter/openai/gpt-4o");
        slowly(ci, "/v1/chat/completions", "openrouter/qwen/qwen3-coder");
    }

    private String key(String how) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec sluice key create --json " + how)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .directory(home.toFile());
        builder.environment().putAll(environment());
        Process created = builder.start();
        String said = new String(created.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (created.waitFor() != 0) {
            throw new IllegalStateException("no key: " + said);
        }
        return Objects.requireNonNull(JsonText.objectOrNull(said)).text("key", "");
    }

    private void slowly(String key, String path, String model) {
        calls.add(Thread.ofVirtual().start(() -> {
            try {
                call(key, path, model, StandIn.SLOW);
            } catch (IOException over) {
                // the gateway ends before the call does
            }
        }));
    }

    private void call(String key, String path, String model, String text) throws IOException {
        String body =
                "{\"model\":\"" + model + "\",\"max_tokens\":8000,\"stream\":true,\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"" + text + "\"}]}";
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + path).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + key);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty(
                "User-Agent", path.equals("/v1/messages") ? "claude-cli/2.0.14 (external, cli)" : "opencode/1.2.0");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        try (InputStream answer = connection.getInputStream()) {
            answer.readAllBytes();
        }
    }

    /// Plays a line of the list and writes its pictures there.
    void play(Scenario scenario, Path folder) throws IOException, InterruptedException {
        String typed = "printf '\\033[32m$\\033[0m %s\\n' '" + scenario.command() + "'; " + scenario.command();
        try (CapturedRun run = run(typed, scenario.columns(), scenario.rows())) {
            for (Scenario.Step step : scenario.steps()) {
                switch (step) {
                    case Scenario.See(String text) -> run.see(text);
                    case Scenario.Press(String keys) -> run.type(keys);
                    case Scenario.Rest _ -> Thread.sleep(1500); // a real run in real time
                    case Scenario.End _ -> run.end();
                    case Scenario.Take(String name, String title, boolean isCropped) -> {
                        Picture picture = isCropped ? run.picture().cropped() : run.picture();
                        Files.writeString(folder.resolve(name + ".svg"), picture.svg(title));
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        gateway.type("\u0003");
        providers.close();
        try {
            gateway.end();
            for (Thread call : calls) {
                call.join();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
