package dev.sluice.protocol.translate;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Sampling;
import dev.sluice.model.TokenLogprob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The probabilities of tokens: who asks for them, and the form `{token, bytes, logprob, top_logprobs}` that OpenAI's
/// dialects and Ollama's have in common.
public final class Logprobs {
    /// What OpenAI says of a token that is too unlikely to be told.
    public static final Json.Num UNLIKELY = new Json.Num("-9999.0");

    /// No dialect gives more of the likeliest tokens than this.
    private static final long MOST = 20;

    private Logprobs() {}

    /// Whether the client wants them.
    public static boolean areAsked(ChatRequest request) {
        Sampling wish = request.sampling();
        return Boolean.TRUE.equals(wish.logprobs()) || wish.logprobs() == null && wish.topLogprobs() != null;
    }

    /// How many of the likeliest tokens to ask a provider for, of which it gives 20 at most; null: the client does not say.
    public static @Nullable Long top(ChatRequest request, Losses losses) {
        Long top = request.sampling().topLogprobs();
        if (top == null || top <= MOST) {
            return top;
        }
        losses.change(request.pathOf(Field.TOP_LOGPROBS), "clamped");
        return MOST;
    }

    /// The tokens that a provider tells; what is none is passed over.
    public static List<TokenLogprob> read(List<Json> items) {
        return read(
                items,
                item -> new TokenLogprob(
                        item.text("token", ""),
                        logprob(item),
                        bytes(item),
                        null,
                        read(item.items("top_logprobs"), Logprobs::top)));
    }

    /// @param form reads one token
    public static List<TokenLogprob> read(List<Json> items, Function<Json.Obj, TokenLogprob> form) {
        if (items.isEmpty()) {
            return List.of();
        }
        List<TokenLogprob> tokens = new ArrayList<>(items.size());
        for (Json item : items) {
            if (item instanceof Json.Obj token) {
                tokens.add(form.apply(token));
            }
        }
        return tokens;
    }

    private static TokenLogprob top(Json.Obj item) {
        return new TokenLogprob(item.text("token", ""), logprob(item), bytes(item), null, List.of());
    }

    private static Json.Num logprob(Json.Obj item) {
        return item.field("logprob") instanceof Json.Num number ? number : UNLIKELY;
    }

    /// Most are those of the token's text, and a long answer holds many: they are not kept.
    private static Json.@Nullable Arr bytes(Json.Obj item) {
        return item.field("bytes") instanceof Json.Arr bytes
                        && bytes.items().stream().allMatch(Json.Num.class::isInstance)
                        && !bytes.equals(utf8(item.text("token", "")))
                ? bytes
                : null;
    }

    /// @param noBytes what stands for bytes that are not known; null: then they are left out, and empty lists, too
    public static Json.Arr write(List<TokenLogprob> tokens, @Nullable Json noBytes) {
        List<Json> items = new ArrayList<>(tokens.size());
        for (TokenLogprob token : tokens) {
            Json.Builder item = head(token, noBytes);
            if (noBytes != null || !token.top().isEmpty()) {
                item.put("top_logprobs", tops(token.top(), noBytes));
            }
            items.add(item.build());
        }
        return new Json.Arr(items);
    }

    private static Json.Arr tops(List<TokenLogprob> tokens, @Nullable Json noBytes) {
        List<Json> items = new ArrayList<>(tokens.size());
        tokens.forEach(token -> items.add(head(token, noBytes).build()));
        return new Json.Arr(items);
    }

    private static Json.Builder head(TokenLogprob token, @Nullable Json noBytes) {
        Json.Arr known = token.bytes() == null ? utf8(token.token()) : token.bytes();
        return Json.object()
                .put("token", token.token())
                .put("logprob", token.logprob())
                .putIf("bytes", known == null ? noBytes : known);
    }

    /// The bytes of a token whose text is whole; null where it is a piece of a character, which text cannot hold.
    private static Json.@Nullable Arr utf8(String token) {
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        boolean isWhole = new String(bytes, StandardCharsets.UTF_8).equals(token);
        if (!isWhole || token.indexOf('\uFFFD') >= 0) {
            return null;
        }
        List<Json> items = new ArrayList<>(bytes.length);
        for (byte one : bytes) {
            items.add(Json.of(one & 0xFF));
        }
        return new Json.Arr(items);
    }
}
