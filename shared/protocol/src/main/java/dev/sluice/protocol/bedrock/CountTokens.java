package dev.sluice.protocol.bedrock;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.CountEncoding;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import java.util.List;

/// The operation `count-tokens`: the parts of a Converse body that the model reads.
final class CountTokens implements CountEncoding {
    private static final List<String> READ =
            List.of("messages", "system", "toolConfig", "additionalModelRequestFields");

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        ChatRequest asked = new ChatRequest.Builder(request).stream(false).build();
        return ConverseRequests.encoded(asked, target, "count-tokens", CountTokens::input);
    }

    /// Of models that it does not count for, Bedrock says so in the words of a wrong request.
    @Override
    public boolean isCountless(int status, byte[] body) {
        Json.Obj said = status == 400 ? JsonText.objectOrNull(body, 0, body.length) : null;
        String words = said == null ? "" : said.text("message", said.text("Message", ""));
        return CountEncoding.super.isCountless(status, body) || words.contains("support counting tokens");
    }

    private static Json.Obj input(Json.Obj body) {
        Json.Builder read = Json.object();
        READ.forEach(name -> read.putIf(name, body.field(name)));
        return Json.object()
                .put("input", Json.object().put("converse", read.build()).build())
                .build();
    }

    @Override
    public Outcome<Long> decode(byte[] body) {
        Json.Obj answer = JsonText.objectOrNull(body, 0, body.length);
        Long tokens = answer == null ? null : answer.whole("inputTokens");
        return tokens == null || tokens < 0
                ? Outcome.bad(Failure.Upstream.of(
                        Failure.Category.MALFORMED_ANSWER, "The provider's count of tokens holds no number."))
                : Outcome.ok(tokens);
    }
}
