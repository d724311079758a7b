package dev.sluice.cli.importing;

import dev.sluice.cli.provider.ModelOffers;
import dev.sluice.model.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What LiteLLM's deployments say of a model: context window, output, prices per token, what it cannot do.
final class LiteLlmModel {
    private LiteLlmModel() {}

    static Json.Obj of(String id, Source params, @Nullable Source about) {
        Json.Builder price = Json.object();
        price(price, "input", "input_cost_per_token", params, about);
        price(price, "output", "output_cost_per_token", params, about);
        price(price, "cacheRead", "cache_read_input_token_cost", params, about);
        price(price, "cacheWrite5m", "cache_creation_input_token_cost", params, about);
        Json.Builder capabilities = Json.object();
        if (about != null) {
            capability(capabilities, "vision", about.flag("supports_vision"));
            capability(capabilities, "tools", about.flag("supports_function_calling"));
        }
        Long context = about == null ? null : about.whole("max_input_tokens");
        Long most = about == null ? null : about.whole("max_output_tokens", "max_tokens");
        if (about != null) {
            about.take("max_tokens");
        }
        Json.Obj prices = price.build();
        Json.Obj caps = capabilities.build();
        return Json.object()
                .put("id", id)
                .putIf("contextWindow", context)
                .putIf("maxOutputTokens", most)
                .when(!prices.isEmpty(), fields -> fields.put("price", prices))
                .when(!caps.isEmpty(), fields -> fields.put("capabilities", caps))
                .build();
    }

    /// Only what differs from what is assumed of a model.
    private static void capability(Json.Builder capabilities, String name, @Nullable Boolean value) {
        if (Boolean.FALSE.equals(value)) {
            capabilities.put(name, false);
        }
    }

    private static void price(Json.Builder price, String ours, String theirs, Source params, @Nullable Source about) {
        for (Source from : about == null ? List.of(params) : List.of(params, about)) {
            Json value = from.take(theirs);
            String text = value instanceof Json.Num(String literal)
                    ? literal
                    : value instanceof Json.Str(String written) ? written : null;
            Optional<String> perMillion = text == null ? Optional.empty() : ModelOffers.perMillion(text);
            perMillion.ifPresent(amount -> price.put(ours, amount));
            if (value != null && perMillion.isEmpty()) {
                from.lose(theirs, value, "it is no amount of dollars per token");
            }
        }
    }
}
