package dev.sluice.protocol.bedrock;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.FailureDecoding;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.UpstreamError;
import dev.sluice.protocol.eventstream.EventStreamReader;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.BareBody;
import dev.sluice.protocol.translate.FailureClassifier;
import dev.sluice.protocol.translate.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Errors of Bedrock: the exception is named in a header, in the body, or by a message of the stream.
final class BedrockFailures implements FailureDecoding {
    private static final int LONGEST_MESSAGE = 2000;

    @Override
    public UpstreamError decode(int status, Headers headers, byte[] body, Instant now) {
        Json.Obj json = JsonText.objectOrNull(body, 0, body.length);
        String named = headers.first("x-amzn-errortype").orElse("");
        String type = exception(named.isEmpty() && json != null ? json.text("__type", json.text("code", "")) : named);
        String message = json == null ? BareBody.words(status, headers, body) : message(json, type, status);
        return error(isThrottling(type) ? 429 : status, type, message, RetryAfter.of(headers, now));
    }

    /// The failure that an answer of status 200 holds in the place of a message; null: it holds none.
    static Failure.@Nullable Upstream inAnswer(Json.Obj answer) {
        Json.Obj framework = answer.object("Output");
        String type = exception(answer.text("__type", framework == null ? "" : framework.text("__type", "")));
        return type.isEmpty()
                ? null
                : FailureClassifier.classify(error(statusOf(type), type, message(answer, type, 200), null));
    }

    /// The failure that an exception or an error in the stream stands for; null: the frame is neither.
    static Failure.@Nullable Upstream inStream(Frame frame) {
        String event = frame.event() == null ? "" : frame.event();
        if (event.startsWith(EventStreamReader.ERROR)) {
            String type = exception(event.substring(EventStreamReader.ERROR.length()));
            String said = frame.text();
            String message = said.isBlank() ? broken(type) : said;
            return FailureClassifier.classify(error(statusOf(type), type, message, null));
        }
        if (!event.startsWith(EventStreamReader.EXCEPTION)) {
            return null;
        }
        String type = exception(event.substring(EventStreamReader.EXCEPTION.length()));
        Json.Obj said = JsonText.objectOrNull(frame.data(), frame.dataFrom(), frame.dataTo());
        String message = said == null ? broken(type) : message(said, type, 0);
        return FailureClassifier.classify(error(statusOf(type), type, message, null));
    }

    private static UpstreamError error(int status, String type, String message, @Nullable Duration wait) {
        String words = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "...";
        return new UpstreamError(status, type.isEmpty() ? null : type, null, words, null, wait, null);
    }

    /// The bare name of an exception, which may stand behind a namespace, before an address, or begin with a small
    /// letter.
    private static String exception(String named) {
        String name = named.substring(named.lastIndexOf('#') + 1);
        int colon = name.indexOf(':');
        String bare = (colon < 0 ? name : name.substring(0, colon)).strip();
        return bare.isEmpty() ? bare : bare.substring(0, 1).toUpperCase(Locale.ROOT) + bare.substring(1);
    }

    private static String message(Json.Obj json, String type, int status) {
        String message = json.text("message", json.text("Message", json.text("originalMessage", "")));
        if (!message.isBlank()) {
            return message;
        }
        return type.isEmpty() ? "The provider answered with status " + status + "." : broken(type);
    }

    private static String broken(String type) {
        return type.isEmpty() ? "The provider broke the answer off." : "The provider failed: " + type + ".";
    }

    private static boolean isThrottling(String type) {
        return statusOf(type) == 429;
    }

    /// The status that an exception has as an answer of its own.
    private static int statusOf(String type) {
        return switch (type) {
            case "ValidationException", "ServiceQuotaExceededException" -> 400;
            case "AccessDeniedException", "ExpiredTokenException", "UnrecognizedClientException" -> 403;
            case "ResourceNotFoundException" -> 404;
            case "ModelTimeoutException" -> 408;
            case "ConflictException" -> 409;
            case "ModelErrorException", "ModelStreamErrorException" -> 424;
            case "ThrottlingException", "ModelNotReadyException", "TooManyRequestsException" -> 429;
            case "ServiceUnavailableException" -> 503;
            default -> 500;
        };
    }
}
