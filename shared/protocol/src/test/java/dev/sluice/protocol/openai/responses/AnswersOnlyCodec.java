package dev.sluice.protocol.openai.responses;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.FailureCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestCodec;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.seal.Seal;
import java.util.Set;

/// The answers of Responses as a codec, for tests that run before its requests are there.
public final class AnswersOnlyCodec implements DialectCodec, RequestCodec {
    private final ResponsesAnswers answers;

    public AnswersOnlyCodec(Seal seal) {
        this.answers = new ResponsesAnswers(seal);
    }

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_RESPONSES;
    }

    @Override
    public RequestCodec requests() {
        return this;
    }

    @Override
    public AnswerCodec answers() {
        return answers;
    }

    @Override
    public FailureCodec failures() {
        return new ResponsesFailures();
    }

    @Override
    public Headers forwarded(Headers client) {
        return Headers.NONE;
    }

    @Override
    public Outcome<Outline> outline(byte[] body, RequestHead head) {
        return JsonScanner.topLevel(body)
                .then((JsonSpans top) ->
                        Outcome.ok(new Outline(body, head, top, "m", true, true, null, null, Set.of())));
    }

    @Override
    public Outcome<ChatRequest> decode(Outline outline) {
        return Outcome.ok(
                new ChatRequest.Builder(Dialect.OPENAI_RESPONSES).model("m").build());
    }

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        throw new UnsupportedOperationException("requests are not built");
    }

    @Override
    public EncodedRequest splice(Outline outline, TargetProfile target) {
        throw new UnsupportedOperationException("requests are not built");
    }
}
