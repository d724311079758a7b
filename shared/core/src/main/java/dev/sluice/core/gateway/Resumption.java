package dev.sluice.core.gateway;

import dev.sluice.core.access.Caller;
import dev.sluice.core.ports.ResponseStore;
import dev.sluice.core.ports.ResponseStore.Found;
import dev.sluice.core.ports.Time;
import dev.sluice.core.stored.StoredResponse;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.openai.responses.KeptResponse;
import dev.sluice.protocol.openai.responses.ResponsesHistory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds kept answers for their owners, and puts what a request leaves to them in its place.
///
/// Another key's answer, an expired one and one that never was are the same: there is none.
final class Resumption {
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int TOKEN = 24;

    private final ResponseStore store;
    private final Time time;

    Resumption(ResponseStore store, Time time) {
        this.store = store;
        this.time = time;
    }

    /// @param outline with everything that the request is about, unless its provider keeps that
    /// @param target the only one that may answer; null: whichever the model's name leads to
    record Resumed(Outline outline, @Nullable String target) {}

    /// The answer of that id. Bad: this caller has none, or the store is silent.
    ///
    /// @param param the field of the request that names it, where one does
    Outcome<StoredResponse> owned(Caller caller, String id, @Nullable String param) {
        return switch (store.find(id, time.now())) {
            case Found.Here(StoredResponse response) ->
                response.owner().equals(caller.keyHash()) ? Outcome.ok(response) : Outcome.bad(missing(id, param));
            case Found.Missing _ -> Outcome.bad(missing(id, param));
            case Found.Silent _ -> Outcome.bad(silent());
        };
    }

    static Failure missing(String id, @Nullable String param) {
        String name = id.length() <= 100 ? id : id.substring(0, 100) + "...";
        String message = param == null
                ? "Response with id '" + name + "' not found."
                : "Previous response with id '" + name + "' not found.";
        return new Failure.Refused(Failure.Kind.NOT_FOUND, message, param, null);
    }

    static Failure silent() {
        return new Failure.Refused(
                Failure.Kind.UNAVAILABLE, "The store of earlier answers does not answer. Try again.", null, RETRY);
    }

    /// The request as it goes on. Requests of other dialects go on as they are.
    Outcome<Resumed> of(Caller caller, Dialect client, Outline outline) {
        if (client != Dialect.OPENAI_RESPONSES) {
            return Outcome.ok(new Resumed(outline, null));
        }
        if (ResponsesHistory.isBackground(outline)) {
            return Outcome.bad(Failure.Refused.field(
                    "background", "'background': answers are given while the client waits, never later."));
        }
        Optional<String> previous = ResponsesHistory.previous(outline);
        return previous.isPresent()
                ? owned(caller, previous.get(), "previous_response_id")
                        .then(response -> resumed(caller, outline, response))
                : referring(caller, outline);
    }

    private Outcome<Resumed> resumed(Caller caller, Outline outline, StoredResponse response) {
        if (response.isKeptByProvider()) {
            return Outcome.ok(new Resumed(outline, response.target()));
        }
        KeptResponse kept = KeptResponse.read(response.document()).orElse(null);
        if (kept == null) {
            return Outcome.bad(missing(response.id(), "previous_response_id"));
        }
        return named(caller, ResponsesHistory.references(outline), kept.output())
                .then(named -> ResponsesHistory.resumed(outline, kept.conversation(), named))
                .then(whole -> Outcome.ok(new Resumed(whole, response.target())));
    }

    /// Items that are named only: those of other issuers are their provider's matter.
    private Outcome<Resumed> referring(Caller caller, Outline outline) {
        List<String> references = ResponsesHistory.references(outline);
        if (references.isEmpty()) {
            return Outcome.ok(new Resumed(outline, null));
        }
        return named(caller, references, Map.of())
                .then(named ->
                        named.isEmpty() ? Outcome.ok(outline) : ResponsesHistory.resumed(outline, List.of(), named))
                .then(whole -> Outcome.ok(new Resumed(whole, null)));
    }

    /// Those of the items that are found, by their ids.
    ///
    /// @param known already
    private Outcome<Map<String, Json>> named(Caller caller, List<String> ids, Map<String, Json> known) {
        Map<String, Json> named = new HashMap<>(known);
        for (String id : ids) {
            String response = named.containsKey(id) ? null : issuer(id);
            if (response == null) {
                continue;
            }
            switch (owned(caller, response, null)) {
                case Outcome.Ok<StoredResponse>(StoredResponse found) ->
                    KeptResponse.read(found.document()).ifPresent(kept -> named.putAll(kept.output()));
                case Outcome.Bad<StoredResponse>(Failure failure) -> {
                    if (failure.kind() != Failure.Kind.NOT_FOUND) {
                        return Outcome.bad(failure);
                    }
                }
            }
        }
        return Outcome.ok(named);
    }

    /// The answer of an item whose id was made here, as in `msg_` token `_0`; null for ids of others.
    private static @Nullable String issuer(String item) {
        int from = item.indexOf('_') + 1;
        int to = item.lastIndexOf('_');
        return from > 0 && to - from == TOKEN ? "resp_" + item.substring(from, to) : null;
    }
}
