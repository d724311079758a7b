package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Degradation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.CapabilityNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// What the tests of this dialect's requests have in common. Bodies are written with single quotes.
final class Asking {
    static final Seal SEAL = new Seal(new byte[32]);
    static final Codecs CODECS =
            new Codecs(List.of(new AnthropicCodec(SEAL), new ChatCodec(SEAL), new ResponsesCodec(SEAL)));
    static final ResponsesCodec CODEC = new ResponsesCodec(SEAL);
    static final String USER = "{'role':'user','content':'hi'}";

    private Asking() {}

    static Json.Obj json(String text) {
        Json.Obj object = JsonText.objectOrNull(text.replace('\'', '"'));
        if (object == null) {
            throw new AssertionError("not a JSON object: " + text);
        }
        return object;
    }

    static <T> T ok(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Bad<T>(Failure failure) -> throw new AssertionError(failure);
        };
    }

    static <T> Failure.Refused bad(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> throw new AssertionError("not refused: " + value);
            case Outcome.Bad<T>(Failure failure) -> (Failure.Refused) failure;
        };
    }

    static Outcome<Outline> outline(String body) {
        return CODEC.requests().outline(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), RequestHead.NONE);
    }

    static ChatRequest request(String body) {
        return ok(CODEC.requests().decode(ok(outline(body))));
    }

    /// A request with that input.
    static ChatRequest of(String items) {
        return request("{'model':'m','input':[" + items + "]}");
    }

    static TargetProfile target(Dialect dialect, String caps) {
        return target(dialect, caps, Policies.DEFAULT);
    }

    static TargetProfile target(Dialect dialect, String caps, Policies policies) {
        Capabilities capabilities = ok(CapabilityNames.read(json(caps), Set.of()));
        return new TargetProfile(dialect, "real", capabilities, policies);
    }

    /// A client's request as a provider of another dialect gets it.
    static EncodedRequest sent(ChatRequest request, Dialect to, String caps) {
        return ok(CODECS.of(to).orElseThrow().requests().encode(request, target(to, caps)));
    }

    /// A request of a client of another dialect as a provider of this one gets it.
    static EncodedRequest sent(Dialect from, String body, String caps) {
        return ok(CODEC.requests().encode(request(from, body), target(Dialect.OPENAI_RESPONSES, caps)));
    }

    static ChatRequest request(Dialect from, String body) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        var requests = CODECS.of(from).orElseThrow().requests();
        return ok(requests.outline(bytes, RequestHead.NONE).then(requests::decode));
    }

    static Json.Obj body(EncodedRequest encoded) {
        return (Json.Obj) ((JsonText.Parsed.Value) JsonText.parse(encoded.body())).json();
    }

    static List<String> lost(EncodedRequest encoded) {
        return encoded.degraded().stream().map(Degradation::path).toList();
    }
}
