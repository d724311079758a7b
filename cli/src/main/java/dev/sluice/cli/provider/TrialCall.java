package dev.sluice.cli.provider;

import dev.sluice.core.config.Timeouts;
import dev.sluice.core.gateway.DirectCalls;
import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Answer;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Headers;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.FrameBound;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.translate.AnswerAssembler;
import dev.sluice.protocol.translate.FailureClassifier;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends one request to a provider and reads the answer to its end, as the gateway would, but for itself alone.
final class TrialCall {
    /// Far above the few words that a trial asks for.
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final Upstream upstream;
    private final DirectCalls calls;
    private final Time time;
    private final Timeouts timeouts;

    TrialCall(Upstream upstream, DirectCalls calls, Time time, Timeouts timeouts) {
        this.upstream = upstream;
        this.calls = calls;
        this.time = time;
        this.timeouts = timeouts;
    }

    /// What came of it.
    sealed interface Told {
        /// @param first until the first word or call
        /// @param streamed whether it came as a stream, as was asked
        record Answered(Answer answer, Duration first, Duration whole, boolean streamed) implements Told {}

        /// @param page whether a web page came instead of an answer
        record Failed(Failure failure, boolean page) implements Told {
            @Nullable
            Category category() {
                return failure instanceof Failure.Upstream known ? known.category() : null;
            }

            /// For a person.
            String words() {
                String status = failure instanceof Failure.Upstream upstream && upstream.status() != 0
                        ? " (status " + upstream.status() + ")"
                        : "";
                return failure.message() + status;
            }
        }
    }

    Told ask(Target target, UpstreamCodec codec, ChatRequest request) {
        return switch (codec.requests().encode(request, target.profile())) {
            case Outcome.Bad<EncodedRequest>(Failure failure) -> new Told.Failed(failure, false);
            case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) ->
                switch (calls.of(target, encoded, codec.answers().streamType(), timeouts)) {
                    case Outcome.Bad<DirectCalls.Prepared>(Failure failure) -> new Told.Failed(failure, false);
                    case Outcome.Ok<DirectCalls.Prepared>(DirectCalls.Prepared prepared) ->
                        new Exchange(codec, encoded, prepared).run();
                };
        };
    }

    /// What is at that path.
    Upstream.Answer get(DirectCalls.Prepared prepared) {
        return await(upstream.send(prepared.call()));
    }

    /// Bad: the secret is missing.
    Outcome<DirectCalls.Prepared> prepareGet(Target target, String path, Headers headers) {
        return calls.get(target, path, headers, timeouts);
    }

    /// The upstream keeps the deadlines.
    private Upstream.Answer await(Upstream.Pending pending) {
        Upstream.Answer answer = pending.await(timeouts.total());
        while (answer == null) {
            answer = pending.await(timeouts.total());
        }
        return answer;
    }

    static boolean isPage(Headers headers) {
        return headers.first("content-type").orElse("").startsWith("text/html");
    }

    static Failure page(int status) {
        return Failure.Upstream.of(
                Category.MALFORMED_ANSWER,
                "a web page came back (status " + status + "): this is not the base URL of an API");
    }

    /// One request and its answer.
    private final class Exchange {
        private final UpstreamCodec codec;
        private final EncodedRequest encoded;
        private final DirectCalls.Prepared prepared;
        private final long begin = time.nanos();
        private @Nullable Duration first;

        Exchange(UpstreamCodec codec, EncodedRequest encoded, DirectCalls.Prepared prepared) {
            this.codec = codec;
            this.encoded = encoded;
            this.prepared = prepared;
        }

        Told run() {
            return switch (await(upstream.send(prepared.call()))) {
                case Upstream.Answer.Broken(Upstream.Breakage breakage, String message) ->
                    failed(Failure.Upstream.of(category(breakage), message));
                case Upstream.Answer.Complete(int status, Headers headers, byte[] body) ->
                    complete(status, headers, body);
                case Upstream.Answer.Streaming(int status, Headers headers, ByteStream body) ->
                    streaming(status, headers, body);
            };
        }

        private Told complete(int status, Headers headers, byte[] body) {
            if (status / 100 == 2) {
                return isPage(headers) ? new Told.Failed(page(status), true) : whole(body);
            }
            byte[] said = status < 400 ? new byte[0] : prepared.concealed(body);
            Failure failure = FailureClassifier.classify(codec.failures().decode(status, headers, said, time.now()));
            return new Told.Failed(failure, isPage(headers));
        }

        private Told whole(byte[] body) {
            return switch (codec.answers().decode(body, encoded.names())) {
                case Outcome.Bad<Answer>(Failure failure) -> failed(failure);
                case Outcome.Ok<Answer>(Answer answer) -> new Told.Answered(answer, since(), since(), false);
            };
        }

        private Told streaming(int status, Headers headers, ByteStream body) {
            try (body) {
                if (isPage(headers)) {
                    return new Told.Failed(page(status), true);
                }
                boolean isStream = headers.first("content-type")
                        .orElse(codec.answers().streamType())
                        .startsWith(codec.answers().streamType());
                return isStream ? pumped(body) : gathered(body);
            }
        }

        /// JSON where a stream was asked for.
        private Told gathered(ByteStream body) {
            ByteArrayOutputStream gathered = new ByteArrayOutputStream();
            Failure broken =
                    each(body, bytes -> gathered.write(bytes.bytes(), bytes.from(), bytes.to() - bytes.from()));
            return broken == null ? whole(gathered.toByteArray()) : failed(broken);
        }

        private Told pumped(ByteStream body) {
            FrameReader frames = codec.answers().frames();
            EventDecoder decoder = codec.answers().decoder(encoded.names());
            AnswerAssembler assembler = new AnswerAssembler();
            Failure broken = each(body, bytes -> {
                if (!frames.feed(
                        bytes.bytes(), bytes.from(), bytes.to(), frame -> decoder.feed(frame, heard(assembler)))) {
                    assembler.accept(FrameBound.of(frames));
                }
            });
            if (broken != null) {
                return failed(broken);
            }
            frames.end(frame -> decoder.feed(frame, heard(assembler)));
            decoder.end(false, heard(assembler));
            return switch (assembler.answer()) {
                case Outcome.Bad<Answer>(Failure failure) -> failed(failure);
                case Outcome.Ok<Answer>(Answer answer) ->
                    new Told.Answered(answer, first == null ? since() : first, since(), true);
            };
        }

        private Consumer<StreamEvent> heard(AnswerAssembler assembler) {
            return event -> {
                if (first == null && event.isContent()) {
                    first = since();
                }
                assembler.accept(event);
            };
        }

        /// Hands over all bytes; null: the body came to its end.
        private @Nullable Failure each(ByteStream body, Consumer<ByteStream.Read.Bytes> taken) {
            long count = 0;
            while (count < MOST_BYTES && since().compareTo(timeouts.total()) < 0) {
                switch (body.read(timeouts.idle())) {
                    case ByteStream.Read.Bytes bytes -> {
                        count += bytes.to() - bytes.from();
                        taken.accept(bytes);
                    }
                    case ByteStream.Read.Quiet _ -> {
                        return Failure.Upstream.of(
                                Category.TIMEOUT,
                                "the answer began, and then nothing more came for "
                                        + timeouts.idle().toMillis() + " ms");
                    }
                    case ByteStream.Read.End _ -> {
                        return null;
                    }
                    case ByteStream.Read.Reset(String message) -> {
                        return Failure.Upstream.of(Category.NETWORK_ERROR, message);
                    }
                }
            }
            return Failure.Upstream.of(Category.TIMEOUT, "the answer did not come to an end");
        }

        private Duration since() {
            return Duration.ofNanos(time.nanos() - begin);
        }

        private Told failed(Failure failure) {
            return new Told.Failed(
                    failure instanceof Failure.Upstream known ? known.saying(concealed(known.message())) : failure,
                    false);
        }

        /// An answer's own error may repeat the secret.
        private String concealed(String message) {
            return new String(prepared.concealed(message.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        }

        private static Category category(Upstream.Breakage breakage) {
            return switch (breakage) {
                case CONNECT, RESET, STALE -> Category.NETWORK_ERROR;
                case CONNECT_TIMEOUT -> Category.CONNECT_TIMEOUT;
                case PRIVATE_ADDRESS -> Category.CONFIGURATION_ERROR;
                case FIRST_BYTE_TIMEOUT -> Category.FIRST_BYTE_TIMEOUT;
                case TOTAL_TIMEOUT, CANCELLED -> Category.TIMEOUT;
                case MALFORMED -> Category.MALFORMED_ANSWER;
            };
        }
    }
}
