package dev.sluice.protocol.bedrock;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.RequestEncoding;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.ToolNames;
import dev.sluice.protocol.translate.WrongShape;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// Requests of the Converse API. The model and whether to stream are said by the path, not by the body.
final class ConverseRequests implements RequestEncoding {
    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        String operation = request.stream() ? "converse-stream" : "converse";
        return encoded(request, target, operation, body -> body);
    }

    /// @param shape what becomes of Converse's body before it is sent
    static Outcome<EncodedRequest> encoded(
            ChatRequest request, TargetProfile target, String operation, Function<Json.Obj, Json.Obj> shape) {
        Losses losses = new Losses(target);
        return WrongShape.caught(() -> {
            Converse converse = Converse.of(request, target, losses);
            ToolNames names = converse.names();
            Json.Obj body = shape.apply(new RequestEncoder(converse).body());
            return new EncodedRequest(
                    "/model/" + segment(target.model()) + "/" + operation,
                    Headers.NONE,
                    JsonText.bytes(body),
                    request.stream(),
                    names,
                    false,
                    losses.degraded());
        });
    }

    /// The model's id as one segment of a path: an ARN holds colons and slashes.
    static String segment(String model) {
        StringBuilder path = new StringBuilder(model.length() + 16);
        for (byte b : model.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (isPlain || c == '-' || c == '.' || c == '_' || c == '~') {
                path.append(c);
            } else {
                path.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
            }
        }
        return path.toString();
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }
}
