package dev.sluice.protocol.translate;

import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.protocol.UpstreamError;
import java.util.List;
import java.util.Optional;

/// Judges what kind of failure an upstream's error is, by its status, codes and words (ROUTING.md, "Judging a failed attempt").
///
/// Failures of the network have no answer to judge: their categories come from whoever held the connection.
public final class FailureClassifier {
    private static final String GOOGLE_EXHAUSTED = "resource_exhausted";

    private static final List<String> BILLING = List.of(
            "insufficient_quota",
            "insufficient quota",
            "insufficient balance",
            "insufficient_balance",
            "insufficient credit",
            "insufficient_credit",
            "insufficient funds",
            "not enough credits",
            "out of credits",
            "credits are depleted",
            "credits have been exhausted",
            "credit balance",
            "credit_balance",
            "payment required",
            "payment_required",
            "billing hard limit",
            "billing_hard_limit",
            "billing_not_active",
            "billing_error",
            "spend limit",
            "spend_limit",
            "spending limit",
            "servicequotaexceeded");

    /// Words that mean money at most providers, but a rate of requests at Google.
    private static final List<String> QUOTA =
            List.of("exceeded your current quota", "quota exceeded", "plan and billing details");

    private static final List<String> AUTH = List.of(
            "api key",
            "api_key",
            "apikey",
            "api-key",
            "authentication",
            "unauthenticated",
            "credentials",
            "security token",
            "access token",
            "expired token",
            "expiredtoken",
            "token expired",
            "token has expired",
            "token is expired",
            "invalid token",
            "invalid signature",
            "invalidsignature",
            "signaturedoesnotmatch",
            "unrecognizedclient");

    private static final List<String> GOOGLE_KEY = List.of("api_key_invalid", "api key not valid", "api key expired");

    private static final List<String> POLICY = List.of(
            "content policy",
            "content_policy",
            "usage policy",
            "usage policies",
            "policy violation",
            "policy_violation",
            "data policy",
            "acceptable use",
            "content_filter",
            "content management policy",
            "moderation",
            "flagged",
            "guardrail",
            "responsible ai",
            "safety system",
            "violates");

    private static final List<String> UNKNOWN_MODEL = List.of(
            "model_not_found",
            "model not found",
            "unknown model",
            "no such model",
            "invalid model",
            "not a valid model",
            "model identifier is invalid");

    private static final List<String> DOES_NOT_EXIST = List.of("does not exist", "doesn't exist", "not found");

    private static final List<String> MODEL_OF_A_404 =
            List.of("model", "deployment", "no endpoints found", "resourcenotfoundexception");

    private FailureClassifier() {}

    /// Whether it says that a temporary identity has run out: another one may be there by now.
    public static boolean isExpiredIdentity(UpstreamError error) {
        String type = error.type();
        return type != null && type.startsWith("ExpiredToken");
    }

    public static Failure.Upstream classify(UpstreamError error) {
        Words words = Words.of(error.message(), error.type(), error.code());
        Optional<ContextOverflow> overflow = overflow(error);
        Category category = overflow.isPresent() ? Category.CONTEXT_OVERFLOW : category(error, words);
        return new Failure.Upstream(
                category,
                error.status(),
                category == Category.AUTH_FAILED ? "The provider refused the gateway's credential." : error.message(),
                error.code(),
                error.param(),
                error.retryAfter(),
                error.shouldRetry(),
                overflow.map(ContextOverflow::window).orElse(null));
    }

    private static Optional<ContextOverflow> overflow(UpstreamError error) {
        return switch (error.status()) {
            case 400, 413, 422 -> ContextOverflow.in(error.code(), error.message());
            default -> Optional.empty();
        };
    }

    private static Category category(UpstreamError error, Words words) {
        int status = error.status();
        return switch (status) {
            case 429 -> isBilling429(error, words) ? Category.BILLING_EXHAUSTED : Category.RATE_LIMITED;
            case 529 -> Category.OVERLOADED;
            case 402 -> Category.BILLING_EXHAUSTED;
            case 401 -> Category.AUTH_FAILED;
            case 403 -> forbidden(words);
            case 404, 410 -> words.hasAny(MODEL_OF_A_404) ? Category.MODEL_NOT_FOUND : Category.PATH_NOT_FOUND;
            case 400 -> badRequest(words);
            case 413 -> Category.REQUEST_TOO_LARGE;
            case 408 -> Category.TIMEOUT;
            // 499 is how Google says that it gave up on a call by itself
            case 409, 424, 499 -> Category.TEMPORARY_ERROR;
            default -> status >= 500 ? serverFault(status, words) : rest(status);
        };
    }

    /// A provider that names a time to come back means a rate; a code of its own that speaks of money outweighs that.
    private static boolean isBilling429(UpstreamError error, Words words) {
        if (words.hasAny(BILLING)) {
            return true;
        }
        return words.hasAny(QUOTA) && error.retryAfter() == null && !words.has(GOOGLE_EXHAUSTED);
    }

    private static Category forbidden(Words words) {
        if (words.hasAny(BILLING) || words.hasAny(QUOTA)) {
            return Category.BILLING_EXHAUSTED;
        }
        if (words.hasAny(AUTH) || words.text().startsWith("unauthorized")) {
            return Category.AUTH_FAILED;
        }
        return words.hasAny(POLICY) ? Category.POLICY_BLOCKED : Category.FORBIDDEN;
    }

    private static Category badRequest(Words words) {
        if (words.hasAny(BILLING)) {
            return Category.BILLING_EXHAUSTED;
        }
        if (words.hasAny(GOOGLE_KEY)) {
            return Category.AUTH_FAILED;
        }
        return namesUnknownModel(words) ? Category.MODEL_NOT_FOUND : Category.INVALID_REQUEST;
    }

    private static Category serverFault(int status, Words words) {
        if (status == 503 && (words.has("overloaded") || words.has("serviceunavailableexception"))) {
            return Category.OVERLOADED;
        }
        if (namesUnknownModel(words)) {
            return Category.MODEL_NOT_FOUND;
        }
        return status == 504 ? Category.TIMEOUT : Category.TEMPORARY_ERROR;
    }

    /// What is no error by its status and yet came as one is a malformed answer.
    private static Category rest(int status) {
        return status >= 400 ? Category.INVALID_REQUEST : Category.MALFORMED_ANSWER;
    }

    private static boolean namesUnknownModel(Words words) {
        return words.hasAny(UNKNOWN_MODEL) || words.saysOf("model", DOES_NOT_EXIST);
    }
}
