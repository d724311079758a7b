package dev.sluice.protocol.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Headers;
import dev.sluice.protocol.UpstreamError;
import dev.sluice.protocol.translate.FailureClassifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockFailuresTest {
    private static UpstreamError read(int status, String body, String... headers) {
        return new BedrockCodec()
                .failures()
                .decode(
                        status,
                        Headers.of(headers),
                        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                        Instant.EPOCH);
    }

    private static Failure.Upstream judged(int status, String type, String message) {
        return FailureClassifier.classify(read(status, "{'message':'" + message + "'}", "x-amzn-errortype", type));
    }

    @ParameterizedTest
    @CsvSource({
        "400,ValidationException,The toolConfig field must be defined,INVALID_REQUEST",
        "400,ValidationException,Input is too long for requested model.,CONTEXT_OVERFLOW",
        "400,ValidationException,The provided model identifier is invalid.,MODEL_NOT_FOUND",
        "400,ServiceQuotaExceededException,Your request exceeds the service quota,BILLING_EXHAUSTED",
        "400,ThrottlingException,Rate exceeded,RATE_LIMITED",
        "403,AccessDeniedException,You don't have access to the model with the specified model ID.,FORBIDDEN",
        "403,ExpiredTokenException,The security token included in the request is expired,AUTH_FAILED",
        "403,UnrecognizedClientException,The security token included in the request is invalid.,AUTH_FAILED",
        "403,InvalidSignatureException,The request signature we calculated does not match,AUTH_FAILED",
        "404,ResourceNotFoundException,Could not resolve,MODEL_NOT_FOUND",
        "408,ModelTimeoutException,Model has timed out,TIMEOUT",
        "424,ModelErrorException,The model returned an error,TEMPORARY_ERROR",
        "429,ThrottlingException,Too many requests,RATE_LIMITED",
        "429,ModelNotReadyException,Model is not ready for inference,RATE_LIMITED",
        "500,InternalServerException,Oops,TEMPORARY_ERROR",
        "503,ServiceUnavailableException,Bedrock is unable to process your request.,OVERLOADED"
    })
    void every_exception_is_judged(int status, String type, String message, Category category) {
        assertThat(judged(status, type, message.replace("'", "\u2019")).category())
                .isEqualTo(category);
    }

    @Test
    void the_name_stands_bare_behind_a_namespace_or_before_an_address() {
        assertThat(read(429, "{}", "x-amzn-errortype", "ThrottlingException:http://internal.amazon.com/coral/")
                        .type())
                .isEqualTo("ThrottlingException");
        assertThat(read(400, "{'__type':'com.amazon.coral.service#ValidationException','Message':'no'}"))
                .satisfies(error -> {
                    assertThat(error.type()).isEqualTo("ValidationException");
                    assertThat(error.message()).isEqualTo("no");
                });
    }

    @Test
    void an_error_without_words_or_without_json_is_described() {
        assertThat(read(500, "{}").message()).contains("500");
        assertThat(read(502, "<html>bad</html>").message()).contains("502");
        assertThat(read(502, "{}", "x-amzn-errortype", "Oops").message()).contains("Oops");
    }

    @Test
    void a_time_to_wait_is_kept() {
        assertThat(read(429, "{}", "retry-after", "7").retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void a_refused_credential_is_told_without_the_providers_words() {
        assertThat(judged(403, "InvalidSignatureException", "The Canonical String: x-amz-security-token:TOKEN")
                        .message())
                .doesNotContain("TOKEN");
    }
}
