package dev.sluice.lambda;

import static java.util.Objects.requireNonNull;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class FunctionUrlFuzzTest {
    @FuzzTest
    void decodes_any_event(byte[] event) {
        byte[] copy = event.clone();
        switch (FunctionUrl.decode(event, null)) {
            case Event.Http(InboundRequest request) -> check(request);
            case Event.Malformed(int status, String message) -> require(status == 400 && !message.isEmpty());
            case Event.Other(byte[] other) -> require(Arrays.equals(other, copy));
        }
    }

    /// A body of one JSON string is what a JSON parser makes of it.
    @FuzzTest
    void decodes_any_body(FuzzedDataProvider data) {
        String body = "\"" + data.consumeRemainingAsString() + "\"";
        String event = Events.post("BODY").replace("\"BODY\"", body);
        byte[] text = body.getBytes(StandardCharsets.UTF_8);
        if (!(JsonText.parse(text) instanceof JsonText.Parsed.Value(Json.Str(String expected)))) {
            return;
        }
        InboundRequest request = ((Event.Http) FunctionUrl.decode(event.getBytes(StandardCharsets.UTF_8), null)).request();
        require(new String(request.body(), StandardCharsets.UTF_8).equals(halvesReplaced(expected)));
    }

    private static String halvesReplaced(String text) {
        StringBuilder replaced = new StringBuilder();
        text.codePoints()
                .forEach(point -> replaced.appendCodePoint(
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point));
        return replaced.toString();
    }

    private static void check(InboundRequest request) {
        require(!request.method().isEmpty() && !request.path().isEmpty());
        require(request.path().chars().allMatch(c -> c > ' ' && c < 0x7f));
        require(request.headers().fields().stream()
                .allMatch(field -> field.value().chars().allMatch(c -> (c >= ' ' || c == '\t') && c <= 0xff)));
        require(request.problem() == null || request.body().length == 0);
        if (request.problem() != null) {
            requireNonNull(((Failure.Refused) request.problem()).message());
        }
    }

    private static void require(boolean claim) {
        if (!claim) {
            throw new AssertionError("the decoder broke its word");
        }
    }
}
