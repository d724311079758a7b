package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which gateway a tool is meant to use, and the key it is to show there.
final class ToolTarget {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The gateway (default: SLUICE_URL; else the running start of --data).")
    private @Nullable String url;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The key to use. Without it setup makes the tool one of its own where the gateway was found by itself;"
                            + " else SLUICE_MASTER_KEY, then SLUICE_KEY, else it is asked for.")
    private @Nullable String key;

    String url(Context context) {
        Surroundings surroundings = context.surroundings();
        String found = Optional.ofNullable(url)
                .or(() -> surroundings.variable("SLUICE_URL").filter(value -> !value.isBlank()))
                .or(() -> served(context))
                .orElseThrow(() ->
                        CommandFailure.failed("no gateway is running here: run sluice start, or name one with --url"));
        return checked(found);
    }

    private static Optional<String> served(Context context) {
        Surroundings surroundings = context.surroundings();
        boolean isHere = context.common().deployed(surroundings).isEmpty();
        if (isHere && Holdings.preview(context.common().directory(surroundings)).isEmpty()) {
            return Optional.empty(); // nothing runs: and nothing is opened to find that out
        }
        try (Holdings holdings = context.holdings()) {
            // Whoever listens everywhere is reached on this machine by its own address.
            return holdings.url()
                    .map(url -> url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:"));
        }
    }

    /// Whether the key book that is reached here is that of the gateway in question, and no key was given for the tool.
    boolean isOwn(Context context) {
        Surroundings surroundings = context.surroundings();
        return url == null
                && key == null
                && surroundings
                        .variable("SLUICE_URL")
                        .filter(value -> !value.isBlank())
                        .isEmpty()
                && surroundings
                        .variable("SLUICE_KEY")
                        .filter(value -> !value.isBlank())
                        .isEmpty();
    }

    /// Whether a key was given by an option.
    boolean hasKey() {
        return key != null;
    }

    /// A key that was given: nothing is asked.
    Optional<String> given(Context context) {
        Surroundings surroundings = context.surroundings();
        return Optional.ofNullable(key)
                .or(() -> surroundings.variable("SLUICE_MASTER_KEY").filter(value -> !value.isBlank()))
                .or(() -> surroundings.variable("SLUICE_KEY"))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    String key(Context context) {
        String found = given(context)
                .or(() -> asked(context.surroundings()))
                .orElseThrow(() -> CommandFailure.usage(
                        "the tool needs a key: give it with --key, or in SLUICE_MASTER_KEY or SLUICE_KEY"));
        if (!found.chars().allMatch(c -> c > ' ' && c < 127 && c != '\'' && c != '"' && c != '\\')) {
            throw CommandFailure.usage("--key: this is no key of a gateway");
        }
        return found;
    }

    private static Optional<String> asked(Surroundings surroundings) {
        return surroundings
                .prompt()
                .flatMap(prompt -> Optional.ofNullable(prompt.secret("the gateway's key: ")))
                .map(String::new)
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /// The address without what a client adds to it; refuses what is none.
    static String checked(String url) {
        String bare = url.strip();
        while (bare.endsWith("/")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        if (bare.endsWith("/v1")) {
            bare = bare.substring(0, bare.length() - "/v1".length());
        }
        try {
            URI uri = URI.create(bare);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getQuery() == null && uri.getUserInfo() == null) {
                return bare;
            }
        } catch (IllegalArgumentException noUrl) {
            // refused below
        }
        throw CommandFailure.usage("--url: this is no address of a gateway, such as http://127.0.0.1:8787");
    }
}
