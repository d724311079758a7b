package dev.sluice.core.gateway;

import dev.sluice.core.metering.Meter;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.ports.Time;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Answer;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Headers;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.FrameBound;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.translate.AnswerAssembler;
import dev.sluice.protocol.translate.AnswerEvents;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Brings an answer that arrived whole to the client, in the form the client asked for: an upstream that answers JSON
/// to a streaming request, or a stream to a plain one, is put right.
final class WholeAnswer {
    private final ChatCall call;
    private final Target target;
    private final UpstreamCodec codec;
    private final EncodedRequest encoded;
    private final Time time;

    WholeAnswer(ChatCall call, Target target, UpstreamCodec codec, EncodedRequest encoded, Time time) {
        this.call = call;
        this.target = target;
        this.codec = codec;
        this.encoded = encoded;
        this.time = time;
    }

    /// The status that was sent; Bad when the body is no answer: then nothing was sent.
    Outcome<Integer> deliver(int status, Headers headers, byte[] body, Meter meter) throws ClientGone {
        boolean isStream = headers.first("content-type")
                        .orElse("")
                        .startsWith(codec.answers().streamType())
                || isMislabelledStream(body);
        if (call.isIdentity(target) && !isStream && !call.outline.stream()) {
            return passed(status, headers, body, meter);
        }
        Outcome<Answer> answer = isStream ? assembled(body) : codec.answers().decode(body, encoded.names());
        return switch (answer) {
            case Outcome.Bad<Answer>(var failure) -> Outcome.bad(failure);
            case Outcome.Ok<Answer>(Answer whole) ->
                switch (call.request()) {
                    case Outcome.Bad<ChatRequest>(var failure) -> Outcome.bad(failure);
                    case Outcome.Ok<ChatRequest>(ChatRequest request) -> translated(whole, request, meter);
                };
        };
    }

    /// Some servers call their events JSON.
    private static boolean isMislabelledStream(byte[] body) {
        return startsWith(body, "data:") || startsWith(body, "event:");
    }

    private static boolean startsWith(byte[] body, String word) {
        return body.length >= word.length()
                && new String(body, 0, word.length(), StandardCharsets.ISO_8859_1).equals(word);
    }

    private Outcome<Integer> passed(int status, Headers headers, byte[] body, Meter meter) throws ClientGone {
        return switch (call.codec.answers().tap(body)) {
            case Outcome.Bad<AnswerCodec.Tapped>(var failure) -> Outcome.bad(failure);
            case Outcome.Ok<AnswerCodec.Tapped>(AnswerCodec.Tapped tapped) -> {
                meter.accept(new StreamEvent.UsageReported(tapped.usage()));
                meter.accept(new StreamEvent.Finished(tapped.finish()));
                if (call.keeper != null) {
                    call.keeper.keepPassed(call, target, body);
                }
                Headers head = ResponseHead.of(call, ResponseHead.relayed(headers))
                        .and(ResponseHead.usage(tapped.usage()))
                        .with("content-type", headers.first("content-type").orElse("application/json"));
                call.client.whole(status, head, body);
                yield Outcome.ok(status);
            }
        };
    }

    private Outcome<Integer> translated(Answer answer, ChatRequest request, Meter meter) throws ClientGone {
        AnswerCodec client = call.codec.answers();
        ClientContext context = call.context(request, time.now());
        if (call.keeper != null) {
            call.keeper.keep(call, target, answer, context);
        }
        if (!call.outline.stream()) {
            AnswerEvents.emit(answer, meter);
            Headers head = ResponseHead.of(call, Headers.NONE)
                    .and(ResponseHead.usage(answer.usage()))
                    .with("content-type", "application/json");
            call.client.whole(200, head, client.encode(answer, context));
            return Outcome.ok(200);
        }
        EventEncoder encoder = client.encoder(context);
        ByteSink out = new ByteSink(4096);
        Consumer<StreamEvent> both = meter.andThen(event -> encoder.encode(event, out));
        AnswerEvents.emit(answer, both);
        call.client.start(ResponseHead.of(call, Headers.NONE)
                .with("content-type", encoder.contentType())
                .with("cache-control", "no-cache"));
        call.client.end(out);
        return Outcome.ok(200);
    }

    private Outcome<Answer> assembled(byte[] body) {
        FrameReader frames = codec.answers().frames();
        EventDecoder decoder = codec.answers().decoder(encoded.names());
        AnswerAssembler assembler = new AnswerAssembler();
        if (!frames.feed(body, 0, body.length, frame -> decoder.feed(frame, assembler))) {
            assembler.accept(FrameBound.of(frames));
        }
        frames.end(frame -> decoder.feed(frame, assembler));
        decoder.end(false, assembler);
        return assembler.answer();
    }
}
