package dev.sluice.aws.dynamodb;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/// Why a call failed, in words for the owner: what DynamoDB or the network says, on one line, without the SDK's own
/// surroundings of it, such as the request's id, which is another one each time.
final class Reasons {
    private static final String LATE = "no answer in time";

    /// The JDK's words for a connection that was not made in time.
    static final String CONNECT = "Connect timed out";

    private Reasons() {}

    static String of(Throwable failure) {
        return switch (failure) {
            case AwsServiceException service -> ofService(service);
            case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ -> LATE;
            default -> {
                IOException network = network(failure);
                yield network == null ? ofSdk(failure) : ofNetwork(network);
            }
        };
    }

    private static String ofService(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        String message = details == null ? null : details.errorMessage();
        String name = code == null || code.isEmpty() ? "HTTP status " + e.statusCode() : code;
        return message == null || message.isEmpty() ? name : name + ": " + firstLine(message);
    }

    private static @Nullable IOException network(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException network && isOfTheNetwork(network)) {
                return network;
            }
        }
        return null;
    }

    /// A parser's exceptions are IOExceptions too: they say what is wrong with an answer that has come.
    private static boolean isOfTheNetwork(IOException e) {
        String type = e.getClass().getName();
        return type.startsWith("java.") || type.startsWith("javax.");
    }

    private static String ofNetwork(IOException e) {
        return switch (e) {
            case UnknownHostException _ -> "there is no address for " + said(e);
            // the call's time and the socket's are the same: either may be told first
            case SocketTimeoutException _ when !CONNECT.equals(e.getMessage()) -> LATE;
            default -> "no connection: " + said(e);
        };
    }

    private static String ofSdk(Throwable e) {
        String said = said(e);
        return said.startsWith("Unable to unmarshall response") ? "what answers there is no DynamoDB" : said;
    }

    private static String said(Throwable e) {
        return firstLine(Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName()));
    }

    private static String firstLine(String text) {
        String line = before(text, "\n").strip();
        return before(before(line, " in the chain "), " (SDK Attempt Count");
    }

    private static String before(String text, String end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }
}
