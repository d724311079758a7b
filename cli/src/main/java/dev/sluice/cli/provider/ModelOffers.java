package dev.sluice.cli.provider;

import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.gateway.DirectCalls;
import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The models that a provider says it has, with what it says of them.
public final class ModelOffers {
    private static final int MOST_DECIMALS = 12;
    private static final int MOST_WHOLE_DIGITS = 9;
    private static final int LONGEST_PRICE = 40;
    private static final int MILLION = 6;

    private final TrialCall call;

    ModelOffers(TrialCall call) {
        this.call = call;
    }

    /// One model as the provider lists it.
    ///
    /// @param model as in a configuration: its id and what the list says of it
    public record Offer(String id, Json.Obj model) {}

    /// What came of the question.
    public sealed interface Listed {
        record Models(List<Offer> offers, boolean isAll) implements Listed {}

        /// There is an answer, but no list.
        record NoList(String why) implements Listed {}

        /// The secret is not accepted, or there is none.
        record Refused(String why) implements Listed {}

        record Unreached(String why) implements Listed {}
    }

    /// Where each dialect has its list; empty: nowhere.
    static Optional<String> path(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT, OPENAI_RESPONSES -> Optional.of("/models");
            case ANTHROPIC -> Optional.of("/v1/models?limit=1000");
            case GEMINI -> Optional.of("/v1beta/models?pageSize=1000");
            case OLLAMA_CHAT -> Optional.of("/api/tags");
            case BEDROCK_CONVERSE -> Optional.empty();
        };
    }

    Listed of(Target endpoint) {
        Optional<String> path = path(endpoint.dialect());
        if (path.isEmpty()) {
            return new Listed.NoList("this dialect has no list of models");
        }
        return switch (call.prepareGet(endpoint, path.get(), headers(endpoint.dialect()))) {
            case Outcome.Bad<DirectCalls.Prepared>(Failure failure) -> new Listed.Refused(failure.message());
            case Outcome.Ok<DirectCalls.Prepared>(DirectCalls.Prepared prepared) -> read(call.get(prepared));
        };
    }

    static Headers headers(Dialect dialect) {
        return dialect == Dialect.ANTHROPIC ? Headers.of("anthropic-version", "2023-06-01") : Headers.NONE;
    }

    static Listed read(Upstream.Answer answer) {
        return switch (answer) {
            case Upstream.Answer.Broken(var _, String message) -> new Listed.Unreached(message);
            case Upstream.Answer.Complete(int status, Headers headers, byte[] body) -> read(status, headers, body);
            case Upstream.Answer.Streaming(int _, Headers _, ByteStream body) -> {
                body.close();
                yield new Listed.NoList("a stream came instead of a list");
            }
        };
    }

    private static Listed read(int status, Headers headers, byte[] body) {
        if (status == 401 || status == 403) {
            return new Listed.Refused("status " + status);
        }
        if (status / 100 != 2 || TrialCall.isPage(headers)) {
            return new Listed.NoList(TrialCall.isPage(headers) ? "a web page, status " + status : "status " + status);
        }
        Json list = JsonText.parse(body) instanceof JsonText.Parsed.Value(Json value) ? value : Json.NULL;
        Json.Obj object = list instanceof Json.Obj known ? known : Json.Obj.EMPTY;
        List<Json> items = list instanceof Json.Arr(List<Json> bare) ? bare : items(object);
        boolean isList = list instanceof Json.Arr || object.has("data") || object.has("models");
        boolean isAll = !object.isTrue("has_more") && object.text("nextPageToken") == null;
        return isList ? new Listed.Models(offers(items), isAll) : new Listed.NoList("no list of models in the answer");
    }

    private static List<Json> items(Json.Obj answer) {
        return answer.has("data") ? answer.items("data") : answer.items("models");
    }

    private static List<Offer> offers(List<Json> items) {
        List<Offer> offers = new ArrayList<>();
        for (Json.Obj item : WorkingCopy.objects(items)) {
            String id = id(item);
            if (ModelConfig.isName(id) && isForChat(item)) {
                offers.add(new Offer(id, model(id, item)));
            }
        }
        return offers;
    }

    private static String id(Json.Obj item) {
        String id = item.text("id", item.text("model", item.text("name", "")));
        return id.startsWith("models/") ? id.substring("models/".length()) : id;
    }

    /// Gemini's list says of each model which methods it has.
    private static boolean isForChat(Json.Obj item) {
        List<Json> methods = item.items("supportedGenerationMethods");
        return methods.isEmpty() || methods.contains(Json.of("generateContent"));
    }

    private static Json.Obj model(String id, Json.Obj item) {
        Json.Obj top = item.object("top_provider");
        return Json.object()
                .put("id", id)
                .putIf(
                        "contextWindow",
                        first(
                                item,
                                "context_length",
                                "context_window",
                                "max_model_len",
                                "inputTokenLimit",
                                "max_input_tokens"))
                .putIf(
                        "maxOutputTokens",
                        first(
                                top == null ? item : top,
                                "max_completion_tokens",
                                "max_output_tokens",
                                "outputTokenLimit"))
                .putIf("price", price(item.object("pricing")))
                .build();
    }

    private static @Nullable Long first(Json.Obj item, String... names) {
        for (String name : names) {
            Long value = item.whole(name);
            if (value != null && value > 0) {
                return value;
            }
        }
        return null;
    }

    /// Where prices are strings they are US dollars per token (OpenRouter's form); other forms say other things.
    private static @Nullable Json price(Json.@Nullable Obj pricing) {
        String input = perMillion(pricing, "prompt");
        String output = perMillion(pricing, "completion");
        if (input == null || output == null) {
            return null;
        }
        return Json.object()
                .put("input", input)
                .put("output", output)
                .putIf("cacheRead", perMillion(pricing, "input_cache_read"))
                .putIf("cacheWrite5m", perMillion(pricing, "input_cache_write"))
                .build();
    }

    private static @Nullable String perMillion(Json.@Nullable Obj pricing, String name) {
        String perToken = pricing == null ? null : pricing.text(name);
        return perToken == null ? null : perMillion(perToken).orElse(null);
    }

    /// US dollars per million tokens, exactly, from those per token; empty: it is no amount that a configuration takes.
    public static Optional<String> perMillion(String perToken) {
        try {
            BigDecimal price = perToken.length() > LONGEST_PRICE
                    ? BigDecimal.ONE.negate()
                    : new BigDecimal(perToken).movePointRight(MILLION).stripTrailingZeros();
            boolean fits = price.signum() >= 0
                    && price.scale() <= MOST_DECIMALS
                    && (long) price.precision() - price.scale() <= MOST_WHOLE_DIGITS;
            return fits ? Optional.of(price.setScale(Math.max(price.scale(), 0)).toPlainString()) : Optional.empty();
        } catch (NumberFormatException | ArithmeticException noNumber) {
            return Optional.empty();
        }
    }
}
