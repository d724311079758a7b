package dev.sluice.core.demo;

import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Answers calls to `demo:` addresses on this machine, through the same codecs that talk to real providers; every other
/// call goes to the upstream behind it. Never waits. Thread-safe.
public final class DemoUpstream implements Upstream {
    private static final String JSON = "application/json";

    private final Upstream real;
    private final Function<Dialect, Optional<DialectCodec>> codecs;
    private final Time time;
    private final AtomicLong answers;

    public DemoUpstream(Upstream real, Function<Dialect, Optional<DialectCodec>> codecs, Time time) {
        this(real, codecs, time, 0);
    }

    /// @param before the number of answers that count as given: processes that begin at different ones share no id
    public DemoUpstream(Upstream real, Function<Dialect, Optional<DialectCodec>> codecs, Time time, long before) {
        this.answers = new AtomicLong(before);
        this.real = real;
        this.codecs = codecs;
        this.time = time;
    }

    @Override
    public Pending send(Call call) {
        return DemoProvider.SCHEME.equals(call.uri().getScheme()) ? new Answered(answer(call)) : real.send(call);
    }

    /// A call that has its answer from the start.
    private record Answered(Answer answer) implements Pending {
        @Override
        public Answer await(Duration wait) {
            return answer;
        }

        @Override
        public void cancel() {
            // nothing is under way
        }
    }

    private Answer answer(Call call) {
        String path = call.uri().getPath();
        DialectCodec codec = codec(path);
        if (codec == null) {
            return unknownPath();
        }
        RequestHead head = new RequestHead(path, Map.of(), call.headers());
        return switch (codec.requests().outline(call.body(), head)) {
            case Outcome.Ok<Outline>(Outline outline) -> answer(call, codec, outline);
            case Outcome.Bad<Outline>(Failure failure) -> refused(codec, failure);
        };
    }

    private Answer answer(Call call, DialectCodec codec, Outline outline) {
        return switch (codec.requests().decode(outline)) {
            case Outcome.Ok<ChatRequest>(ChatRequest request) ->
                call.uri().getPath().endsWith("/count_tokens") ? counted(call) : played(call, codec, outline, request);
            case Outcome.Bad<ChatRequest>(Failure failure) -> refused(codec, failure);
        };
    }

    private @Nullable DialectCodec codec(String path) {
        if (path.endsWith("/chat/completions")) {
            return codecs.apply(Dialect.OPENAI_CHAT).orElse(null);
        }
        return path.endsWith("/messages") || path.endsWith("/count_tokens")
                ? codecs.apply(Dialect.ANTHROPIC).orElse(null)
                : null;
    }

    private Answer played(Call call, DialectCodec codec, Outline outline, ChatRequest request) {
        ClientContext client = new ClientContext(
                request, outline, token(call.body()), time.now().getEpochSecond());
        DemoAnswer answer = DemoAnswer.to(request, client.answerId());
        if (!call.streaming()) {
            return new Answer.Complete(
                    200, Headers.of("content-type", JSON), codec.answers().encode(answer.whole(client.now()), client));
        }
        EventEncoder encoder = codec.answers().encoder(client);
        List<byte[]> pieces = new ArrayList<>();
        ByteSink sink = new ByteSink(1024);
        for (StreamEvent event : answer.events(client.now())) {
            encoder.encode(event, sink);
            if (!sink.isEmpty()) {
                pieces.add(sink.toByteArray());
                sink.clear();
            }
        }
        return new Answer.Streaming(200, Headers.of("content-type", encoder.contentType()), new DemoStream(pieces));
    }

    /// Unique within this process, and the same for the same calls in the same order.
    private String token(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return "demo" + Long.toString(crc.getValue(), 36) + "n" + Long.toString(answers.incrementAndGet(), 36);
    }

    private static Answer counted(Call call) {
        Json tokens = Json.object()
                .put("input_tokens", DemoAnswer.tokens(call.body().length))
                .build();
        return new Answer.Complete(200, Headers.of("content-type", JSON), JsonText.bytes(tokens));
    }

    private static Answer refused(DialectCodec codec, Failure failure) {
        ErrorAnswer error = codec.failures().encode(failure, DemoProvider.ID);
        return new Answer.Complete(error.status(), error.headers(), error.body());
    }

    private static Answer unknownPath() {
        Json error = Json.object()
                .put(
                        "error",
                        Json.object()
                                .put("type", "not_found_error")
                                .put("message", "The demo model does not know this path.")
                                .build())
                .build();
        return new Answer.Complete(404, Headers.of("content-type", JSON), JsonText.bytes(error));
    }
}
