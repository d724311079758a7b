package dev.sluice.testkit;

import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Upstream;
import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A provider that plays a list of answers in virtual time and remembers what it was asked.
public final class ScriptedUpstream implements Upstream {
    private final VirtualTime time;
    private final Deque<Scene> scenes = new ArrayDeque<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Scene> hosts = new HashMap<>();
    private @Nullable Scene always;

    public ScriptedUpstream(VirtualTime time) {
        this.time = time;
    }

    /// One answer and how long its headers take.
    public record Scene(Duration delay, Answer answer) {}

    /// A step of a streamed body.
    public sealed interface Step {
        record Send(String text) implements Step {}

        /// Bytes that are no text.
        record SendBytes(byte[] bytes) implements Step {}

        record Silence(Duration duration) implements Step {}

        record Reset() implements Step {}
    }

    public ScriptedUpstream then(Answer answer) {
        return then(Duration.ZERO, answer);
    }

    public ScriptedUpstream then(Duration delay, Answer answer) {
        scenes.add(new Scene(delay, answer));
        return this;
    }

    /// What is answered when the list has been played.
    public ScriptedUpstream always(Answer answer) {
        always = new Scene(Duration.ZERO, answer);
        return this;
    }

    /// What a host answers, whatever the list says.
    public ScriptedUpstream at(String host, Answer answer) {
        hosts.put(host, new Scene(Duration.ZERO, answer));
        return this;
    }

    /// Forgets what was still to be played.
    public ScriptedUpstream clear() {
        scenes.clear();
        return this;
    }

    public static Answer json(int status, String body, String... headers) {
        return new Answer.Complete(
                status,
                Headers.of("content-type", "application/json").and(Headers.of(headers)),
                body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer broken(Breakage breakage) {
        return new Answer.Broken(breakage, "scripted " + breakage);
    }

    /// A stream that sends these pieces and ends well.
    public Answer stream(String... pieces) {
        List<Step> steps = new ArrayList<>();
        for (String piece : pieces) {
            steps.add(new Step.Send(piece));
        }
        return stream(steps);
    }

    public Answer stream(List<Step> steps) {
        return new Answer.Streaming(200, Headers.of("content-type", "text/event-stream"), body(steps));
    }

    /// A body for an answer with a head of its own.
    public ByteStream body(List<Step> steps) {
        return new Script(time, steps);
    }

    @Override
    public synchronized Pending send(Call call) {
        calls.add(call);
        Scene local = hosts.get(call.uri().getHost());
        Scene next = local != null ? local : scenes.poll();
        Scene scene = next != null ? next : always;
        if (scene == null) {
            throw new IllegalStateException("no answer was scripted for call " + calls.size() + " to " + call.uri());
        }
        return new Coming(call, scene);
    }

    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /// The body of the last call, as text.
    public synchronized String lastBody() {
        return new String(calls.getLast().body(), StandardCharsets.UTF_8);
    }

    private final class Coming implements Pending {
        private final Call call;
        private final Answer answer;
        private Duration left;
        private Duration waited = Duration.ZERO;

        Coming(Call call, Scene scene) {
            this.call = call;
            this.answer = scene.answer();
            this.left = scene.delay();
        }

        @Override
        public @Nullable Answer await(Duration wait) {
            Duration bound = call.streaming() ? call.firstByte() : call.total();
            Duration untilBound = bound.minus(waited);
            Duration passes = min(min(wait, left), untilBound);
            time.advance(passes);
            waited = waited.plus(passes);
            left = left.minus(passes);
            if (left.isZero()) {
                return answer;
            }
            if (waited.compareTo(bound) >= 0) {
                return new Answer.Broken(
                        call.streaming() ? Breakage.FIRST_BYTE_TIMEOUT : Breakage.TOTAL_TIMEOUT, "no answer in time");
            }
            return null;
        }

        @Override
        public void cancel() {}
    }

    /// Plays steps; silence passes in virtual time.
    private static final class Script implements ByteStream {
        private final VirtualTime time;
        private final Queue<Step> steps;
        private Duration silence = Duration.ZERO;

        Script(VirtualTime time, List<Step> steps) {
            this.time = time;
            this.steps = new ArrayDeque<>(steps);
        }

        @Override
        public Read read(Duration wait) {
            while (true) {
                if (silence.isPositive()) {
                    Duration passes = min(wait, silence);
                    time.advance(passes);
                    silence = silence.minus(passes);
                    if (silence.isPositive()) {
                        return Read.QUIET;
                    }
                    wait = wait.minus(passes);
                }
                switch (steps.poll()) {
                    case null -> {
                        return Read.END;
                    }
                    case Step.Send(String text) -> {
                        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                        return new Read.Bytes(bytes, 0, bytes.length);
                    }
                    case Step.SendBytes(byte[] bytes) -> {
                        return new Read.Bytes(bytes.clone(), 0, bytes.length);
                    }
                    case Step.Silence(Duration duration) -> silence = duration;
                    case Step.Reset _ -> {
                        return new Read.Reset("scripted reset");
                    }
                }
            }
        }

        @Override
        public void close() {}
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
