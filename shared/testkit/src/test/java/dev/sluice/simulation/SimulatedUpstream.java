package dev.sluice.simulation;

import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Upstream;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.simulation.SimulatedTarget.Fate;
import dev.sluice.testkit.VirtualScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All providers of the simulation. Waiting takes virtual time, deadlines are kept as the HTTP client keeps them, and the
/// answers are bytes that the real codecs read.
final class SimulatedUpstream implements Upstream {
    private static final byte[] OVERLOAD =
            "{\"error\":{\"message\":\"Service unavailable\"}}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LIMITED =
            "{\"error\":{\"message\":\"Too many requests\"}}".getBytes(StandardCharsets.UTF_8);

    private final VirtualScheduler time;
    private final List<SimulatedTarget> targets = new ArrayList<>();
    private final List<Reached> log = new ArrayList<>();

    SimulatedUpstream(VirtualScheduler time, List<TargetSpec> specs, Load load) {
        this.time = time;
        for (TargetSpec spec : specs) {
            targets.add(new SimulatedTarget(spec, targets.size(), load));
        }
    }

    /// An attempt that arrived.
    ///
    /// @param target its index
    /// @param isServed whether an answer follows
    /// @param left whether the provider itself was reached: a refused connection reaches nobody
    /// @param takes until the status, or until it failed
    record Reached(int request, int target, Duration at, boolean isServed, boolean left, Duration takes) {}

    List<SimulatedTarget> targets() {
        return targets;
    }

    /// In order of arrival.
    List<Reached> log() {
        return log;
    }

    @Override
    public Pending send(Call call) {
        String body = new String(call.body(), StandardCharsets.UTF_8);
        int request = RequestText.number(body);
        SimulatedTarget target = target(call.uri().getHost(), body);
        Duration now = time.elapsed();
        Fate fate = target.attempt(request, now);
        Duration bound = call.streaming() ? call.firstByte() : call.total();
        Duration takes = min(after(fate, bound), bound);
        log.add(new Reached(
                request,
                target.index(),
                now,
                fate instanceof Fate.Answers && takes.compareTo(bound) < 0,
                !(fate instanceof Fate.Refuses),
                takes));
        return new Coming(now, fate, bound, isAnthropic(call), request % 3 == 2);
    }

    private static boolean isAnthropic(Call call) {
        return call.uri().getPath().endsWith("/messages");
    }

    private SimulatedTarget target(String host, String body) {
        for (SimulatedTarget target : targets) {
            TargetSpec spec = target.spec();
            if (host.equals(spec.provider() + ".test") && body.contains("\"" + spec.model() + "\"")) {
                return target;
            }
        }
        throw new IllegalStateException("no target for " + host);
    }

    private static Duration after(Fate fate, Duration never) {
        return switch (fate) {
            case Fate.Answers answers -> answers.headers();
            case Fate.Refuses(Duration after) -> after;
            case Fate.KeepsSilent _ -> never;
            case Fate.Fails(Duration after) -> after;
            case Fate.Limits(Duration after, long _) -> after;
        };
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private final class Coming implements Pending {
        private final Duration sent;
        private final Fate fate;
        private final Duration bound;
        private final boolean isAnthropic;
        private final boolean callsTool;

        Coming(Duration sent, Fate fate, Duration bound, boolean isAnthropic, boolean callsTool) {
            this.sent = sent;
            this.fate = fate;
            this.bound = bound;
            this.isAnthropic = isAnthropic;
            this.callsTool = callsTool;
        }

        @Override
        public @Nullable Answer await(Duration wait) {
            Duration due = sent.plus(min(after(fate, bound), bound));
            Duration left = due.minus(time.elapsed());
            time.sleep(min(wait, left));
            if (left.compareTo(wait) > 0) {
                return null;
            }
            return after(fate, bound).compareTo(bound) >= 0
                    ? new Answer.Broken(Breakage.FIRST_BYTE_TIMEOUT, "no answer in time")
                    : answer();
        }

        private Answer answer() {
            return switch (fate) {
                case Fate.Answers answers ->
                    new Answer.Streaming(
                            200, Headers.of("content-type", "text/event-stream"), new Body(pieces(answers)));
                case Fate.Refuses _ -> new Answer.Broken(Breakage.CONNECT, "connection refused");
                case Fate.KeepsSilent _ -> new Answer.Broken(Breakage.FIRST_BYTE_TIMEOUT, "no answer in time");
                case Fate.Fails _ -> new Answer.Complete(503, json(), OVERLOAD);
                case Fate.Limits(Duration _, long seconds) ->
                    new Answer.Complete(
                            429, seconds == 0 ? json() : json().with("retry-after", Long.toString(seconds)), LIMITED);
            };
        }

        private static Headers json() {
            return Headers.of("content-type", "application/json");
        }

        /// The first piece comes with the first content, the last at the end, the others evenly between them.
        private List<Piece> pieces(Fate.Answers answers) {
            List<byte[]> texts = AnswerText.pieces(isAnthropic ? Dialect.ANTHROPIC : Dialect.OPENAI_CHAT, callsTool);
            Duration step = answers.end().minus(answers.content()).dividedBy(texts.size() - 1);
            List<Piece> pieces = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                pieces.add(new Piece(sent.plus(answers.content()).plus(step.multipliedBy(i)), texts.get(i)));
            }
            return pieces;
        }

        @Override
        public void cancel() {}
    }

    private record Piece(Duration at, byte[] bytes) {}

    private final class Body implements ByteStream {
        private final List<Piece> pieces;
        private int next;

        Body(List<Piece> pieces) {
            this.pieces = pieces;
        }

        @Override
        public Read read(Duration wait) {
            if (next == pieces.size()) {
                return Read.END;
            }
            Piece piece = pieces.get(next);
            Duration left = piece.at().minus(time.elapsed());
            time.sleep(min(wait, left));
            if (left.compareTo(wait) > 0) {
                return Read.QUIET;
            }
            next++;
            return new Read.Bytes(piece.bytes(), 0, piece.bytes().length);
        }

        @Override
        public void close() {}
    }
}
