package dev.sluice.aws.owner;

import dev.sluice.aws.owner.OwnerFailure.Kind;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpResponse;

/// What a service's refusal, or its silence, means for the owner, in words that say what to do.
record Refusals(Service service, String action, OwnerSettings settings, String region) {
    private record Said(String code, String message) {}

    OwnerFailure of(SdkHttpResponse response, byte[] body) {
        Said error = error(response, body);
        String said = error.message().isEmpty() ? error.code() : error.code() + ": " + error.message();
        return switch (error.code()) {
            case "ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired" ->
                new OwnerFailure(Kind.CREDENTIALS, "the AWS session has expired: " + renewal());
            case "InvalidClientTokenId",
                    "UnrecognizedClientException",
                    "SignatureDoesNotMatch",
                    "InvalidSignatureException",
                    "AuthFailure",
                    "IncompleteSignature",
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException" ->
                new OwnerFailure(
                        Kind.CREDENTIALS,
                        "AWS does not accept these credentials (" + error.code() + "): check --profile, AWS_PROFILE"
                                + " and the AWS_ACCESS_KEY_ID that is set, and this machine's clock");
            case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError" ->
                new OwnerFailure(
                        Kind.DENIED,
                        "these AWS credentials may not do " + service.host() + ":" + action + " in " + region
                                + detail(error.message()));
            case "OptInRequired", "SubscriptionRequiredException" ->
                new OwnerFailure(Kind.REFUSED, "this AWS account cannot use " + service.shown() + " in " + region);
            case "Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded" ->
                new OwnerFailure(
                        Kind.SILENT, service.shown() + " takes no more requests just now: try again in a minute");
            default -> other(response.statusCode(), error.code(), said);
        };
    }

    private OwnerFailure other(int status, String code, String said) {
        if (status >= 500) {
            return new OwnerFailure(
                    Kind.SILENT, service.shown() + " in " + region + " answered " + status + ": try again");
        }
        boolean isAbsent = code.contains("NotFound") || code.equals("ResourceNotFoundException");
        return new OwnerFailure(
                isAbsent ? Kind.ABSENT : Kind.REFUSED,
                service.shown() + " refused " + action + ": " + (said.isEmpty() ? "status " + status : said));
    }

    private static String detail(String message) {
        return message.isEmpty() ? "" : " (" + message + ")";
    }

    private String renewal() {
        Optional<String> profile = Optional.ofNullable(settings.profile()).or(() -> settings.variable("AWS_PROFILE"));
        return profile.map(name -> "aws sso login --profile " + name)
                .orElse("aws sso login, or set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN anew");
    }

    OwnerFailure of(IOException broken, String host) {
        if (broken instanceof UnknownHostException) {
            return new OwnerFailure(
                    Kind.SILENT,
                    "there is no address for " + host + ": is " + region + " a region of AWS, and is this machine"
                            + " online?");
        }
        String why = String.valueOf(broken.getMessage()).lines().findFirst().orElse("no reason was given");
        return new OwnerFailure(
                Kind.SILENT,
                service.shown() + " at " + host + " cannot be reached (" + why + "): is this machine online?");
    }

    /// The services of JSON name the kind behind a `#`, Lambda in a header.
    private static Said error(SdkHttpResponse response, byte[] body) {
        Json.Obj json = body.length > 0 && body[0] == '{' ? JsonText.objectOrNull(body, 0, body.length) : null;
        if (json == null) {
            Xml error = Xml.parse(body).at("Error");
            return new Said(error.text("Code"), error.text("Message"));
        }
        String type = response.firstMatchingHeader("x-amzn-ErrorType").orElse(json.text("__type", ""));
        String name = type.substring(type.lastIndexOf('#') + 1);
        int colon = name.indexOf(':');
        return new Said(colon < 0 ? name : name.substring(0, colon), json.text("message", json.text("Message", "")));
    }
}
