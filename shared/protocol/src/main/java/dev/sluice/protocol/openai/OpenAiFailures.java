package dev.sluice.protocol.openai;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.FailureCodec;
import dev.sluice.protocol.UpstreamError;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.BareBody;
import dev.sluice.protocol.translate.ErrorBody;
import dev.sluice.protocol.translate.FailureClassifier;
import dev.sluice.protocol.translate.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Errors of OpenAI over HTTP, the same in both of its dialects, and those inside of Chat streams. Thread-safe.
public final class OpenAiFailures implements FailureCodec {
    private static final int LONGEST_MESSAGE = 2000;

    @Override
    public ErrorAnswer encode(Failure failure, String requestId) {
        ErrorForm form = ErrorForm.of(failure);
        Headers headers = Headers.of("content-type", "application/json");
        if (form.retryAfter() != null) {
            headers = headers.with("retry-after", Long.toString(wholeSeconds(form.retryAfter())));
        }
        if (form.shouldRetry() != null) {
            headers = headers.with("x-should-retry", form.shouldRetry().toString());
        }
        return new ErrorAnswer(form.status(), headers, JsonText.bytes(envelope(form)));
    }

    /// The error as it goes into a stream.
    public static Json.Obj envelope(Failure failure) {
        return envelope(ErrorForm.of(failure));
    }

    private static Json.Obj envelope(ErrorForm form) {
        Json.Obj error = Json.object()
                .put("message", form.message())
                .put("type", form.type())
                .put("param", Json.orNull(form.param()))
                .put("code", Json.orNull(form.code()))
                .build();
        return Json.object().put("error", error).build();
    }

    private static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    @Override
    public UpstreamError decode(int status, Headers headers, byte[] body, Instant now) {
        Json.Obj json = ErrorBody.of(body);
        Duration wait = RetryAfter.of(headers, now);
        Boolean retry = headers.first("x-should-retry").map(Boolean::valueOf).orElse(null);
        if (json == null) {
            return new UpstreamError(status, null, null, BareBody.words(status, headers, body), null, wait, retry);
        }
        return read(status, json, wait, retry);
    }

    /// The failure that an error inside of a stream or of an answer of status 200 stands for.
    public static Failure.Upstream inStream(Json.Obj frame) {
        return FailureClassifier.classify(read(impliedStatus(frame), frame, null, null));
    }

    private static UpstreamError read(int status, Json.Obj json, @Nullable Duration wait, @Nullable Boolean retry) {
        Json value = json.present("error");
        if (value instanceof Json.Obj error) {
            Json code = error.present("code");
            return new UpstreamError(
                    status,
                    ErrorBody.type(error),
                    code instanceof Json.Str(String word) ? word : null,
                    shortened(message(error, status)),
                    error.text("param"),
                    wait,
                    retry);
        }
        String text = value instanceof Json.Str(String said) ? said : detail(json);
        return new UpstreamError(
                status,
                json.text("type"),
                json.text("code"),
                shortened(text == null ? message(json, status) : text),
                json.text("param"),
                wait,
                retry);
    }

    private static String message(Json.Obj error, int status) {
        String message = error.text("message", "");
        Json.Obj behind = error.object("metadata");
        String raw = behind == null ? "" : behind.text("raw", "");
        if (!raw.isEmpty()) {
            return message + ": " + raw; // a router's own words say nothing, those of the provider behind it do
        }
        return message.isEmpty() ? "The provider answered with status " + status + "." : message;
    }

    /// FastAPI's `detail`: a string, an object, or a list of complaints.
    private static @Nullable String detail(Json.Obj json) {
        return switch (json.present("detail")) {
            case Json.Str(String text) -> text;
            case Json.Obj object -> object.text("message", object.text("msg", JsonText.print(object)));
            case Json.Arr(List<Json> items)
            when !items.isEmpty() && items.getFirst() instanceof Json.Obj first ->
                first.text("msg", JsonText.print(first));
            case null, default -> null;
        };
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "...";
    }

    private static int impliedStatus(Json.Obj frame) {
        Json.Obj error = frame.object("error");
        if (error == null) {
            return 500;
        }
        for (String name : List.of("code", "status", "status_code")) {
            Long number = error.whole(name);
            if (number != null && number >= 400 && number < 600) {
                return number.intValue();
            }
        }
        String word = error.text("code", "") + " " + error.text("type", "");
        if (word.contains("rate_limit") || word.contains("quota")) {
            return 429;
        }
        if (word.contains("overloaded") || word.contains("unavailable")) {
            return 503;
        }
        if (word.contains("context_length")
                || word.contains("invalid_request")
                || word.contains("invalid_prompt")
                || word.contains("policy")) {
            return 400;
        }
        return word.contains("timeout") ? 504 : 500;
    }
}
