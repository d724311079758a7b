package dev.sluice.protocol.vectors;

import dev.sluice.model.Answer;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.TranslatedLane;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.translate.AnswerAssembler;
import java.util.List;

/// A stream as a plain client of one dialect gets it, whatever client the vector was made for.
///
/// @param answer the same, put together
record ClientRun(List<Json> events, List<StreamEvent> heard, Outcome<Answer> answer) {
    static ClientRun of(Vector vector, DialectCodec client) {
        UpstreamCodec upstream = PresentCodecs.upstream(vector.source());
        Json.Obj asked = client.dialect() == Dialect.OPENAI_CHAT
                ? Json.object()
                        .put(
                                "client_request",
                                Json.object()
                                        .put(
                                                "stream_options",
                                                Json.object()
                                                        .put("include_usage", true)
                                                        .build())
                                        .build())
                        .build()
                : Json.Obj.EMPTY;
        TranslatedLane lane = new TranslatedLane(
                upstream.answers().frames(),
                upstream.answers().decoder(new Setup(vector.context()).names()),
                client.answers().encoder(new Setup(asked).client(client, true)));
        StreamRun run = StreamRun.of(lane, StreamRun.bytes(vector), false, StreamRun.Cuts.WHOLE);
        AnswerAssembler assembler = new AnswerAssembler();
        run.heard().forEach(assembler);
        return new ClientRun(run.events(StreamRun.framing(client.dialect().id())), run.heard(), assembler.answer());
    }
}
