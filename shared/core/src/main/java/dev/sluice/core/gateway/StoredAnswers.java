package dev.sluice.core.gateway;

import dev.sluice.core.ports.ResponseStore;
import dev.sluice.core.ports.ResponseStore.Forgotten;
import dev.sluice.core.stored.StoredResponse;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.responses.InputItems;
import dev.sluice.protocol.openai.responses.KeptResponse;

/// What a client of the Responses API asks of an answer that it got earlier.
///
/// Where the provider keeps the answer, the provider is asked; where this gateway does, nobody is.
final class StoredAnswers {
    private static final String PROOFS = "reasoning.encrypted_content";

    private final ResponseStore store;
    private final Resumption resumption;
    private final KeptElsewhere elsewhere;

    StoredAnswers(ResponseStore store, Resumption resumption, KeptElsewhere elsewhere) {
        this.store = store;
        this.resumption = resumption;
        this.elsewhere = elsewhere;
    }

    /// What goes out with status 200.
    ///
    /// @param relayed headers of the provider, where it was asked
    record Told(Headers relayed, byte[] body) {
        static Told of(Json.Obj json) {
            return new Told(Headers.NONE, JsonText.bytes(json));
        }
    }

    /// Bad: the caller has no such answer, or it cannot be told.
    Outcome<Told> of(ChatCall.Arrival arrival, Match.Stored asked) {
        return resumption
                .owned(arrival.caller(), asked.id(), null)
                .then((StoredResponse response) -> switch (asked.wish()) {
                    case RESPONSE -> response(arrival, response);
                    case DELETION -> deletion(arrival, response);
                    case INPUT_ITEMS -> inputItems(arrival, response);
                    case CANCELLATION ->
                        Outcome.bad(Failure.Refused.of(
                                Failure.Kind.INVALID_REQUEST, "Cannot cancel a synchronous response."));
                });
    }

    private Outcome<Told> response(ChatCall.Arrival arrival, StoredResponse response) {
        String query = arrival.inbound().query();
        if ("true".equals(QueryString.parse(query).get("stream"))) {
            return Outcome.bad(
                    Failure.Refused.field("stream", "'stream': only an answer that is still given can be streamed."));
        }
        return response.isKeptByProvider()
                ? elsewhere.ask(arrival, response, "GET", "")
                : kept(response)
                        .then(kept -> Outcome.ok(
                                Told.of(kept.shown(QueryString.decode(query).contains(PROOFS)))));
    }

    private Outcome<Told> inputItems(ChatCall.Arrival arrival, StoredResponse response) {
        return response.isKeptByProvider()
                ? elsewhere.ask(arrival, response, "GET", "/input_items")
                : kept(response)
                        .then(kept -> InputItems.page(
                                kept, QueryString.parse(arrival.inbound().query())))
                        .then(page -> Outcome.ok(Told.of(page)));
    }

    private Outcome<Told> deletion(ChatCall.Arrival arrival, StoredResponse response) {
        return response.isKeptByProvider()
                ? elsewhere.ask(arrival, response, "DELETE", "").then(told -> forgotten(response, told))
                : forgotten(
                        response,
                        Told.of(Json.object()
                                .put("id", response.id())
                                .put("object", "response")
                                .put("deleted", true)
                                .build()));
    }

    private Outcome<Told> forgotten(StoredResponse response, Told told) {
        return store.forget(response.id()) == Forgotten.SILENT ? Outcome.bad(Resumption.silent()) : Outcome.ok(told);
    }

    private static Outcome<KeptResponse> kept(StoredResponse response) {
        return KeptResponse.read(response.document())
                .map(Outcome::ok)
                .orElseGet(() -> Outcome.bad(Resumption.missing(response.id(), null)));
    }
}
