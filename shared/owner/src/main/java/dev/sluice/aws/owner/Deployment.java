package dev.sluice.aws.owner;

import dev.sluice.aws.owner.OwnerFailure.Kind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a deployed stack has published about itself: the parameters `/sluice/<stack>/<name>`.
///
/// Secrets are ARNs, functions and the log group names.
///
/// @param account that it is in
/// @param url of the gateway's function
/// @param version of Sluice that was deployed
/// @param distributionUrl of CloudFront; null: there is none
public record Deployment(
        String stack,
        String account,
        String region,
        URI url,
        String table,
        String masterKeySecret,
        String credentialsSecret,
        String gatewayKeySecret,
        String gatewayFunction,
        String rotationFunction,
        String upkeepFunction,
        String gatewayLogGroup,
        String version,
        @Nullable URI distributionUrl) {
    /// As the parameters are called.
    private static final List<String> NAMES = List.of(
            "url",
            "table",
            "region",
            "master-key-secret",
            "credentials-secret",
            "gateway-key-secret",
            "gateway-function",
            "rotation-function",
            "upkeep-function",
            "gateway-log-group",
            "version");

    /// The folder of a stack's parameters.
    static String path(String stack) {
        return "/sluice/" + stack + "/";
    }

    /// Where clients call: behind CloudFront the function's own URL is closed. Without a slash at its end.
    public URI address() {
        String text = String.valueOf(Optional.ofNullable(distributionUrl).orElse(url));
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /// Throws [OwnerFailure] when a parameter is missing.
    ///
    /// @param parameters by the last part of their names
    static Deployment from(Map<String, String> parameters, String stack, String account) {
        List<String> missing = Stream.of(NAMES.toArray(String[]::new))
                .filter(name -> !parameters.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new OwnerFailure(
                    Kind.ABSENT,
                    "the stack " + stack + " is not whole: it has not published " + String.join(", ", missing)
                            + ". sluice status shows its state; sluice deploy completes it");
        }
        String distribution = parameters.get("distribution-url");
        return new Deployment(
                stack,
                account,
                value(parameters, "region"),
                uri(parameters, "url"),
                value(parameters, "table"),
                value(parameters, "master-key-secret"),
                value(parameters, "credentials-secret"),
                value(parameters, "gateway-key-secret"),
                value(parameters, "gateway-function"),
                value(parameters, "rotation-function"),
                value(parameters, "upkeep-function"),
                value(parameters, "gateway-log-group"),
                value(parameters, "version"),
                distribution == null || distribution.isBlank() ? null : uri(parameters, "distribution-url"));
    }

    private static String value(Map<String, String> parameters, String name) {
        return parameters.getOrDefault(name, "").strip();
    }

    private static URI uri(Map<String, String> parameters, String name) {
        String text = value(parameters, name);
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException noUrl) {
            // refused below
        }
        throw new OwnerFailure(Kind.REFUSED, "the parameter " + name + " of the stack is no address: " + text);
    }
}
