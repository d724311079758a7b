package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.provider.LimitWindow;
import dev.sluice.model.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What may be said of a limit, when it is added and later.
final class LimitOptions {
    @Option(
            names = "--window",
            paramLabel = "WINDOW",
            description = "How long it counts before it begins anew, in UTC: month:1, 1w, 7day, 12h, minute.")
    private @Nullable String window;

    @Option(names = "--requests", paramLabel = "N", description = "At most that many requests in a window.")
    private @Nullable Long requests;

    @Option(names = "--tokens", paramLabel = "N", description = "At most that many tokens, in and out.")
    private @Nullable Long tokens;

    @Option(names = "--usd", paramLabel = "AMOUNT", description = "At most that many US dollars, such as 25.00.")
    private @Nullable String usd;

    @Option(
            names = "--model",
            paramLabel = "ID",
            description = "Only for that model of the provider; once for each. Default: all.")
    private List<String> models = List.of();

    @Option(names = "--name", paramLabel = "TEXT", description = "Its name for people.")
    private @Nullable String name;

    @Option(
            names = "--safety-margin",
            paramLabel = "SHARE",
            description = "The share of each cap, 0 to 1, that is kept unused.")
    private @Nullable String margin;

    boolean hasCap() {
        return requests != null || tokens != null || usd != null;
    }

    /// An id for a limit that was given none.
    String idOf(String otherwise) {
        return window == null ? otherwise : window(window).id();
    }

    /// The limit with all that was given.
    Json.Obj applied(Json.Obj limit) {
        Json.Obj changed = name == null ? limit : limit.with("name", Json.of(name));
        changed = models.isEmpty() ? changed : changed.with("models", Json.strings(models));
        changed = requests == null ? changed : changed.with("requests", Json.of(requests));
        changed = tokens == null ? changed : changed.with("tokens", Json.of(tokens));
        changed = usd == null ? changed : changed.with("usd", Json.of(usd));
        changed =
                window == null ? changed : changed.with("window", window(window).json());
        return margin == null ? changed : changed.with("safetyMargin", number(margin));
    }

    private static LimitWindow window(String text) {
        return LimitWindow.parse(text)
                .orElseThrow(() -> CommandFailure.usage("--window: " + LimitWindow.refusal(text)));
    }

    private static Json number(String text) {
        boolean isNumber = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
        if (!isNumber) {
            throw CommandFailure.usage("--safety-margin is a number from 0 to 1, such as 0.05, not " + text);
        }
        return new Json.Num(text);
    }
}
