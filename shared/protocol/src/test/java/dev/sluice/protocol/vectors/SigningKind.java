package dev.sluice.protocol.vectors;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Message;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.UpstreamCodec;
import java.util.List;

/// What a codec does for a signed request: its path, in which the model's id is encoded once. The signature itself, over
/// the same vectors, is checked where requests are signed (`SigningVectorsTest` of the module `aws`).
final class SigningKind {
    private SigningKind() {}

    static void run(Vector vector, UpstreamCodec codec) {
        vector.expectOnly("headers", "canonical_path");
        ChatRequest request = new ChatRequest.Builder(Dialect.ANTHROPIC)
                .stream("converse-stream".equals(vector.input().text("operation")))
                        .messages(List.of(new Message(Message.Role.USER, List.of(new Block.Text("hi")))))
                        .build();
        String model = vector.input().text("model_id", "");
        switch (codec.requests().encode(request, new Setup(Json.Obj.EMPTY).profile(codec.dialect(), model))) {
            case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) -> {
                String path = vector.input().text("path", "");
                Checks.that(encoded.path().equals(path), "the path is " + encoded.path());
                String again = encoded.path().replace("%", "%25");
                Checks.that(
                        again.equals(vector.expect().text("canonical_path")), "encoded again, the path is " + again);
            }
            case Outcome.Bad<EncodedRequest>(var failure) -> throw new AssertionError(Checks.said(failure));
        }
    }
}
