package dev.sluice.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.protocol.UpstreamError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureClassifierTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '"', textBlock = """
            # status | type | code | message | category
            429 | insufficient_quota | insufficient_quota | You exceeded your current quota, please check your plan and billing details. | BILLING_EXHAUSTED
            429 | - | - | You exceeded your current quota, please check your plan | BILLING_EXHAUSTED
            429 | rate_limit_error | enforced_spend_limit_reached | You have reached your limit | BILLING_EXHAUSTED
            429 | - | credit_balance_exhausted | no | BILLING_EXHAUSTED
            429 | RESOURCE_EXHAUSTED | - | You exceeded your current quota, please check your plan and billing details. | RATE_LIMITED
            429 | RESOURCE_EXHAUSTED | - | Your prepayment credits are depleted. | BILLING_EXHAUSTED
            429 | rate_limit_error | - | This request would exceed your organization's rate limit | RATE_LIMITED
            429 | ThrottlingException | - | Too many requests | RATE_LIMITED
            529 | overloaded_error | - | Overloaded | OVERLOADED
            503 | UNAVAILABLE | - | The model is overloaded. Please try again later. | OVERLOADED
            503 | overloaded_error | - | later | OVERLOADED
            503 | server_error | - | Bedrock is unable to process your request. | TEMPORARY_ERROR
            402 | - | - | - | BILLING_EXHAUSTED
            403 | - | - | Insufficient credits. Add more. | BILLING_EXHAUSTED
            400 | invalid_request_error | - | Your credit balance is too low to access the API. | BILLING_EXHAUSTED
            401 | invalid_request_error | invalid_api_key | Incorrect API key provided: sk-abc | AUTH_FAILED
            401 | - | - | - | AUTH_FAILED
            403 | ExpiredTokenException | - | The security token included in the request is expired | AUTH_FAILED
            403 | UnrecognizedClientException | - | no | AUTH_FAILED
            403 | - | - | Unauthorized | AUTH_FAILED
            400 | INVALID_ARGUMENT | API_KEY_INVALID | bad key | AUTH_FAILED
            400 | INVALID_ARGUMENT | - | API key not valid. Please pass a valid API key. | AUTH_FAILED
            403 | - | - | Your request was flagged by moderation | POLICY_BLOCKED
            403 | permission_error | - | This violates our usage policies | POLICY_BLOCKED
            403 | AccessDeniedException | - | You don't have access to the model with the specified model ID. | FORBIDDEN
            403 | AccessDeniedException | - | no identity-based policy allows the action | FORBIDDEN
            404 | not_found_error | - | "model: unheard-of" | MODEL_NOT_FOUND
            404 | - | DeploymentNotFound | The API deployment for this resource does not exist. | MODEL_NOT_FOUND
            404 | NOT_FOUND | - | models/x is not found for API version v1beta | MODEL_NOT_FOUND
            404 | - | - | No endpoints found for a/b. | MODEL_NOT_FOUND
            410 | - | - | This model was retired | MODEL_NOT_FOUND
            404 | - | - | Not Found | PATH_NOT_FOUND
            404 | - | - | - | PATH_NOT_FOUND
            404 | - | - | Invalid URL (POST /v2/chat) | PATH_NOT_FOUND
            400 | - | model_not_found | no | MODEL_NOT_FOUND
            400 | - | - | a/b is not a valid model ID | MODEL_NOT_FOUND
            400 | ValidationException | - | The provided model identifier is invalid. | MODEL_NOT_FOUND
            500 | - | - | The model `x` does not exist | MODEL_NOT_FOUND
            503 | - | - | Unknown model x | MODEL_NOT_FOUND
            400 | - | - | The model was asked. A tool does not exist | INVALID_REQUEST
            400 | - | context_length_exceeded | too long | CONTEXT_OVERFLOW
            413 | - | - | prompt is too long | CONTEXT_OVERFLOW
            422 | - | - | exceeds the context window | CONTEXT_OVERFLOW
            400 | - | string_above_max_length | string too long | INVALID_REQUEST
            500 | - | - | exceeds the context window | TEMPORARY_ERROR
            408 | ModelTimeoutException | - | Model has timed out | TIMEOUT
            504 | timeout_error | - | Request timed out | TIMEOUT
            409 | - | - | conflict | TEMPORARY_ERROR
            424 | ModelErrorException | - | failed | TEMPORARY_ERROR
            499 | CANCELLED | - | The operation was cancelled. | TEMPORARY_ERROR
            500 | server_error | - | The server had an error | TEMPORARY_ERROR
            502 | - | - | - | TEMPORARY_ERROR
            520 | - | - | - | TEMPORARY_ERROR
            400 | invalid_request_error | unsupported_parameter | Unsupported parameter | INVALID_REQUEST
            413 | request_too_large | - | Request too large | REQUEST_TOO_LARGE
            422 | - | - | field required | INVALID_REQUEST
            418 | - | - | teapot | INVALID_REQUEST
            200 | - | - | no error at all | MALFORMED_ANSWER
            """)
    void judges(int status, String type, String code, String message, Failure.Category category) {
        UpstreamError error = new UpstreamError(status, type, code, message == null ? "" : message, null, null, null);
        Failure.Upstream failure = FailureClassifier.classify(error);
        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.status()).isEqualTo(status);
    }

    @Test
    void takes_a_named_time_for_the_sign_of_a_rate() {
        UpstreamError error = new UpstreamError(
                429, null, null, "Quota exceeded for requests per minute", null, Duration.ofSeconds(17), null);
        Failure.Upstream failure = FailureClassifier.classify(error);
        assertThat(failure.category()).isEqualTo(Failure.Category.RATE_LIMITED);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void keeps_what_the_provider_says_of_trying_again_and_of_the_field() {
        UpstreamError error = new UpstreamError(500, null, "c", "m", "messages[0]", Duration.ofSeconds(3), false);
        assertThat(FailureClassifier.classify(error))
                .isEqualTo(new Failure.Upstream(
                        Failure.Category.TEMPORARY_ERROR,
                        500,
                        "m",
                        "c",
                        "messages[0]",
                        Duration.ofSeconds(3),
                        false,
                        null));
    }

    @Test
    void never_repeats_what_a_provider_says_of_a_key() {
        UpstreamError error = new UpstreamError(401, null, null, "Incorrect API key: sk-abc***xyz", null, null, null);
        assertThat(FailureClassifier.classify(error).message()).doesNotContain("sk-abc");
    }

    @Test
    void carries_the_numbers_of_an_overflow() {
        UpstreamError error = new UpstreamError(400, null, null, "prompt is too long: 5 tokens > 4", null, null, null);
        assertThat(FailureClassifier.classify(error).window()).isEqualTo(new Failure.Window(5, 4));
    }
}
