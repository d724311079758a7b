package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Json;
import dev.sluice.protocol.seal.Seal;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Takes the gateway's own seals out of messages: no provider can read them, some refuse them.
final class SealedReasoning {
    private SealedReasoning() {}

    static Json.Arr removed(Json.Arr messages) {
        return each(messages, SealedReasoning::cleaned);
    }

    private static Json.Arr each(Json.Arr array, UnaryOperator<Json> change) {
        return new Json.Arr(array.items().stream().map(change).toList());
    }

    private static Json cleaned(Json message) {
        if (!(message instanceof Json.Obj object)) {
            return message;
        }
        Json.Obj clean = object;
        if (object.field("reasoning_details") instanceof Json.Arr(List<Json> details)) {
            List<Json> kept =
                    details.stream().filter(detail -> !isSealed(detail)).toList();
            clean = kept.isEmpty() && !details.isEmpty()
                    ? clean.without("reasoning_details")
                    : clean.with("reasoning_details", new Json.Arr(kept));
        }
        if (object.field("tool_calls") instanceof Json.Arr calls) {
            clean = clean.with("tool_calls", each(calls, SealedReasoning::cleanedCall));
        }
        return clean;
    }

    private static boolean isSealed(Json detail) {
        return detail instanceof Json.Obj object
                && (isSealedText(object.text("signature")) || isSealedText(object.text("data")));
    }

    private static boolean isSealedText(@Nullable String value) {
        return value != null && Seal.isSealed(value);
    }

    private static Json cleanedCall(Json call) {
        if (!(call instanceof Json.Obj object)) {
            return call;
        }
        Json.Obj extra = object.object("extra_content");
        Json.Obj google = extra == null ? null : extra.object("google");
        boolean isSealed = google != null && isSealedText(google.text("thought_signature"));
        return isSealed ? object.without("extra_content") : call;
    }
}
