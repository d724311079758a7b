package dev.sluice.cli.control;

import dev.sluice.cli.preview.Preview;
import dev.sluice.model.Json;

/// The plan that the running `start` would make; the token of the channel shows the right to ask.
final class RemotePreview implements Preview {
    private final ControlClient client;

    RemotePreview(ControlClient client) {
        this.client = client;
    }

    @Override
    public Told of(Question question) {
        Json.Obj answer = client.ask(Json.object()
                .put("op", "explain")
                .put("model", question.model())
                .putIf("dialect", question.dialect())
                .putIf("request", question.request())
                .build());
        Long status = answer.whole("status");
        Json.Obj document = answer.object("document");
        return new Told(status == null ? 500 : Math.toIntExact(status), document == null ? Json.Obj.EMPTY : document);
    }
}
