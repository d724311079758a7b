package dev.sluice.core.gateway;

import dev.sluice.core.ports.ResponseStore;
import dev.sluice.core.ports.Time;
import dev.sluice.core.routing.Target;
import dev.sluice.core.stored.StoredResponse;
import dev.sluice.model.Answer;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.responses.KeptResponse;
import dev.sluice.protocol.openai.responses.ResponsesHistory;
import dev.sluice.protocol.translate.AnswerAssembler;
import java.time.Duration;
import java.util.function.Consumer;

/// Keeps answers that a client of the Responses API may come back to, for 30 days.
///
/// Before the client is told the end: whoever goes on at once, most likely by another process, finds the answer. What cannot
/// be kept is no error of the call; its log entry says so. Of an answer that was passed on as it is only the id and the
/// target are kept, since its provider keeps the rest.
final class Keeper {
    private static final Duration TO_LIVE = Duration.ofDays(30);

    private final ResponseStore store;
    private final Time time;

    Keeper(ResponseStore store, Time time) {
        this.store = store;
        this.time = time;
    }

    /// Whether the client may come back to the answer.
    static boolean isWanted(Dialect client, Outline asked) {
        return client == Dialect.OPENAI_RESPONSES && ResponsesHistory.isStored(asked);
    }

    /// Listens to a stream that is passed on as it is.
    Consumer<StreamEvent> ofPassedStream(ChatCall call, Target target) {
        return new Consumer<>() {
            private String id = "";

            @Override
            public void accept(StreamEvent event) {
                if (event instanceof StreamEvent.Started started) {
                    id = started.id();
                } else if (event instanceof StreamEvent.Finished) {
                    keepWithProvider(call, target, id);
                }
            }
        };
    }

    /// Listens to a stream that is translated.
    Consumer<StreamEvent> ofTranslatedStream(ChatCall call, Target target, ClientContext client) {
        AnswerAssembler assembler = new AnswerAssembler();
        return event -> {
            assembler.accept(event);
            if (event instanceof StreamEvent.Finished
                    && assembler.answer() instanceof Outcome.Ok<Answer>(Answer whole)) {
                keep(call, target, whole, client);
            }
        };
    }

    /// A whole answer that is passed on as it is.
    void keepPassed(ChatCall call, Target target, byte[] body) {
        if (JsonScanner.topLevel(body) instanceof Outcome.Ok<JsonSpans>(JsonSpans top)
                && top.field("id") instanceof JsonSpans.Span span
                && JsonScanner.string(body, span) instanceof String id) {
            keepWithProvider(call, target, id);
        }
    }

    /// @param client of the answer that the client gets, whose ids the kept one shares
    void keep(ChatCall call, Target target, Answer answer, ClientContext client) {
        ClientContext withProofs = new ClientContext(
                client.request(),
                ResponsesHistory.withProofs(client.asked()),
                client.answerId(),
                client.now(),
                client.elapsed());
        byte[] body = call.codec.answers().encode(answer, withProofs);
        Json.Obj response = JsonText.objectOrNull(body, 0, body.length);
        if (response != null) {
            KeptResponse kept = new KeptResponse(ResponsesHistory.input(call.outline), response);
            keep(call, target, kept.id(), kept.document());
        }
    }

    private void keepWithProvider(ChatCall call, Target target, String id) {
        if (isId(id)) {
            keep(call, target, id, "");
        }
    }

    /// Ids become part of paths.
    private static boolean isId(String id) {
        return !id.isEmpty()
                && id.length() <= 200
                && id.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || c == '_'
                                || c == '-');
    }

    private void keep(ChatCall call, Target target, String id, String document) {
        StoredResponse response = new StoredResponse(
                id, call.caller.keyHash(), target.ref(), time.now().plus(TO_LIVE), document);
        call.unkept = switch (store.keep(response)) {
            case KEPT -> null;
            case TOO_LARGE -> "too-large-to-keep";
            case SILENT -> "not-kept";
        };
    }
}
