package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.terminal.Screens;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A person's shell with a home of its own: runs commands in this process and keeps what they print.
public final class Shell {
    private final Map<String, String> environment = new HashMap<>();
    private Optional<Prompt> prompt = Optional.empty();
    private Screens screens = Screens.NONE;
    private Time time = FixedTime.NOON;

    public Shell(Path home) {
        environment.put("HOME", home.toString());
        environment.put("USER", "ada");
    }

    public Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Shell without(String variable) {
        environment.remove(variable);
        return this;
    }

    public Shell typing(String secret) {
        return typing(_ -> secret.toCharArray());
    }

    /// Somebody who does something else before they answer.
    public Shell typing(Prompt person) {
        prompt = Optional.of(person);
        return this;
    }

    public Shell with(Time clock) {
        time = clock;
        return this;
    }

    /// On a terminal.
    public Shell at(Screens screen) {
        screens = screen;
        return this;
    }

    public Ran run(String... args) {
        return runWith("", args);
    }

    /// Runs a command with that on its standard input.
    public Ran runWith(String input, String... args) {
        Transcript out = new Transcript();
        Transcript err = new Transcript();
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        int exit = Main.run(args, surroundings(in, out, err, new ManualSchedule(), new StopSignal()));
        return new Ran(exit, out.text(), err.text());
    }

    public Surroundings surroundings(
            InputStream in, Transcript out, Transcript err, Schedule schedule, StopSignal stop) {
        return new Surroundings(
                environment, in, out.stream(), err.stream(), prompt, screens, time, schedule, new SecureRandom(), stop);
    }

    /// How a command ended.
    public record Ran(int exit, String out, String err) {
        public Json.Obj json() {
            Json.Obj object = JsonText.objectOrNull(out);
            assertThat(object).as("JSON on standard output, not: %s", out).isNotNull();
            return object;
        }
    }
}
