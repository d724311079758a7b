package dev.sluice.cli.command;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What may be said of a model, when it is added and later. Lists replace those that were there.
final class ModelOptions {
    @Option(names = "--alias", paramLabel = "ID", description = "Another id of it at this provider; once for each.")
    private List<String> aliases = List.of();

    @Option(names = "--context", paramLabel = "TOKENS", description = "Its context window.")
    private @Nullable Long context;

    @Option(names = "--max-output", paramLabel = "TOKENS", description = "The most that it writes in one answer.")
    private @Nullable Long maxOutput;

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            description = "A dialect of the provider that it is reached in, the preferred first; default: all of them.")
    private List<String> dialects = List.of();

    @Option(
            names = "--price",
            paramLabel = "KIND=USD",
            description = "US dollars per million tokens: input, output, cacheRead, cacheWrite5m, cacheWrite1h.")
    private List<String> prices = List.of();

    @Option(
            names = "--capability",
            paramLabel = "NAME=VALUE",
            description = "What it can do, such as vision=false or max_tokens_param=max_tokens.")
    private List<String> capabilities = List.of();

    @Option(names = "--quirk", paramLabel = "NAME", description = "A known deviation, such as think_tags.")
    private List<String> quirks = List.of();

    @Option(
            names = "--fallback",
            paramLabel = "REF",
            description = "A provider/model that is tried after it when it is asked for by its own name.")
    private List<String> fallbacks = List.of();

    /// The model with all that was given.
    Json.Obj applied(Json.Obj model) {
        Json.Obj changed = list(model, "aliases", aliases);
        changed = list(changed, "dialects", names(dialects));
        changed = context == null ? changed : changed.with("contextWindow", Json.of(context));
        changed = maxOutput == null ? changed : changed.with("maxOutputTokens", Json.of(maxOutput));
        changed = merged(changed, "price", texts(Pairs.read(prices, "--price", "KIND=USD")));
        changed = merged(changed, "capabilities", values(Pairs.read(capabilities, "--capability", "NAME=VALUE")));
        changed = list(changed, "quirks", quirks);
        return list(changed, "fallbackModels", fallbacks);
    }

    private static List<String> names(List<String> dialects) {
        return dialects.stream()
                .map(name -> ProviderOptions.dialect(name, "--dialect").id())
                .toList();
    }

    private static Json.Obj list(Json.Obj model, String field, List<String> given) {
        return given.isEmpty() ? model : model.with(field, Json.strings(given));
    }

    private static Json.Obj merged(Json.Obj model, String field, Map<String, Json> given) {
        if (given.isEmpty()) {
            return model;
        }
        Json.Obj known = model.object(field);
        Json.Builder merged = Json.object().putAll(known == null ? Json.Obj.EMPTY : known);
        given.forEach(merged::put);
        return model.with(field, merged.build());
    }

    private static Map<String, Json> texts(Map<String, String> given) {
        Map<String, Json> texts = new LinkedHashMap<>();
        given.forEach((name, text) -> texts.put(name, Json.of(text)));
        return texts;
    }

    /// A value is JSON where it is some, and a word otherwise.
    private static Map<String, Json> values(Map<String, String> given) {
        Map<String, Json> values = new LinkedHashMap<>();
        given.forEach((name, text) -> values.put(
                name, JsonText.parse(text) instanceof JsonText.Parsed.Value(Json value) ? value : Json.of(text)));
        return values;
    }
}
