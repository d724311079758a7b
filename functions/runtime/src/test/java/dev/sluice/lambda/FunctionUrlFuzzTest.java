package dev.sluice.lambda;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;

class FunctionUrlFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void decodes_any_event(byte[] event) {
        EventOracles.anyEvent(event);
    }

    /// A body of one JSON string is what a JSON parser makes of it.
    @FuzzTest(maxDuration = "60s")
    void decodes_any_body(FuzzedDataProvider data) {
        String body = "\"" + data.consumeRemainingAsString() + "\"";
        String event = Events.post("BODY").replace("\"BODY\"", body);
        byte[] text = body.getBytes(StandardCharsets.UTF_8);
        if (!(JsonText.parse(text) instanceof JsonText.Parsed.Value(Json.Str(String expected)))) {
            return;
        }
        InboundRequest request =
                ((Event.Http) FunctionUrl.decode(event.getBytes(StandardCharsets.UTF_8), null)).request();
        EventOracles.require(new String(request.body(), StandardCharsets.UTF_8).equals(halvesReplaced(expected)));
    }

    private static String halvesReplaced(String text) {
        StringBuilder replaced = new StringBuilder();
        text.codePoints()
                .forEach(point -> replaced.appendCodePoint(
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point));
        return replaced.toString();
    }
}
