package dev.sluice.aws.owner;

import dev.sluice.aws.owner.OwnerFailure.Kind;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which deployed gateway, and as whom.
///
/// @param profile of the AWS configuration files; null: what the variables say
/// @param region null: what variables or profile say
/// @param environment the variables, among them those of AWS: keys, `AWS_PROFILE`, `AWS_ENDPOINT_URL` and its kin
public record OwnerSettings(
        @Nullable String profile, @Nullable String region, String stack, Map<String, String> environment) {
    public static final String STANDARD_STACK = "Sluice";
    private static final int LONGEST_STACK = 128;

    /// Throws [OwnerFailure] when stack or region can be none.
    public OwnerSettings {
        environment = Map.copyOf(environment);
        if (!isStack(stack)) {
            throw new OwnerFailure(
                    Kind.USAGE,
                    "a stack's name has letters, digits and dashes, begins with a letter and is at most "
                            + LONGEST_STACK + " long, unlike " + stack);
        }
        if (region != null && !isRegion(region)) {
            throw new OwnerFailure(Kind.USAGE, "a region is written like eu-central-1, not " + region);
        }
    }

    private static boolean isStack(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_STACK
                && isLetter(text.charAt(0))
                && text.chars().allMatch(c -> isLetter(c) || isDigit(c) || c == '-');
    }

    static boolean isRegion(String text) {
        return text.length() >= 4
                && text.contains("-")
                && isLetter(text.charAt(0))
                && !text.endsWith("-")
                && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || isDigit(c) || c == '-');
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// The variable; empty when it is not set or blank.
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /// Where that service is, where it is not in its usual place.
    Optional<URI> endpoint(Service service) {
        String own = "AWS_ENDPOINT_URL_" + service.variable();
        String name = variable(own).isPresent() ? own : "AWS_ENDPOINT_URL";
        return variable(name).map(text -> uri(name, text));
    }

    private static URI uri(String variable, String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException noUrl) {
            // refused below
        }
        throw new OwnerFailure(Kind.USAGE, variable + " is an address such as http://127.0.0.1:4566, not " + text);
    }

    /// Without the environment, which holds secrets.
    @Override
    public String toString() {
        return "OwnerSettings[profile=" + profile + ", region=" + region + ", stack=" + stack + "]";
    }
}
