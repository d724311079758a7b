package dev.sluice.protocol.gemini;

import dev.sluice.model.Json;
import dev.sluice.model.TokenLogprob;
import dev.sluice.protocol.translate.Logprobs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `logprobsResult` of a candidate, both ways: the chosen tokens in one list, the likeliest in another. One per candidate that
/// is written.
final class TokenScores {
    private static final Json.Num ZERO = new Json.Num("0");

    private final List<TokenLogprob> waiting = new ArrayList<>(0);
    private double sum;
    private long count;

    /// Whether a chunk's tokens are those of its text: not where it only calls or thinks.
    static boolean areOfText(List<Json> parts) {
        return parts.stream().allMatch(TokenScores::isEmptyText)
                || parts.stream().anyMatch(TokenScores::isText);
    }

    private static boolean isText(Json part) {
        return part instanceof Json.Obj object && object.text("text") != null && !object.isTrue("thought");
    }

    private static boolean isEmptyText(Json part) {
        return isText(part) && ((Json.Obj) part).text("text", "").isEmpty();
    }

    static List<TokenLogprob> read(Json.Obj candidate) {
        Json.Obj raw = candidate.object("logprobsResult");
        if (raw == null) {
            return List.of();
        }
        Json.Obj result = ProtoJson.camel(raw);
        List<Json> tops = result.items("topCandidates");
        List<TokenLogprob> tokens = new ArrayList<>();
        for (Json item : result.items("chosenCandidates")) {
            if (item instanceof Json.Obj chosen) {
                Json top = tokens.size() < tops.size() ? tops.get(tokens.size()) : Json.NULL;
                tokens.add(token(chosen, top instanceof Json.Obj list ? list.items("candidates") : List.of()));
            }
        }
        return tokens;
    }

    private static TokenLogprob token(Json.Obj raw, List<Json> top) {
        Json.Obj token = ProtoJson.camel(raw);
        return new TokenLogprob(
                token.text("token", ""),
                logprob(token),
                null,
                token.field("tokenId") instanceof Json.Num id ? id : null,
                Logprobs.read(top, each -> token(each, List.of())));
    }

    /// A zero is left out; what is no number is one without an end.
    private static Json.Num logprob(Json.Obj token) {
        return switch (token.present("logProbability")) {
            case null -> ZERO;
            case Json.Num number -> number;
            default -> Logprobs.UNLIKELY;
        };
    }

    void add(List<TokenLogprob> tokens) {
        waiting.addAll(tokens);
        for (TokenLogprob token : tokens) {
            sum += token.logprob().asDouble();
            count++;
        }
    }

    /// The average of all tokens so far; null where there is none.
    Json.@Nullable Num average() {
        double average = sum / count;
        return count == 0 || !Double.isFinite(average) ? null : new Json.Num(Double.toString(average));
    }

    /// The tokens since the last time; null where there are none. Both lists are of one length, also when clients join those of
    /// several chunks.
    Json.@Nullable Obj take() {
        if (waiting.isEmpty()) {
            return null;
        }
        List<Json> chosen = new ArrayList<>(waiting.size());
        List<Json> tops = new ArrayList<>(waiting.size());
        for (TokenLogprob token : waiting) {
            chosen.add(candidate(token));
            List<Json> top = token.top().stream().map(TokenScores::candidate).toList();
            tops.add(Json.object().put("candidates", new Json.Arr(top)).build());
        }
        waiting.clear();
        return Json.object()
                .put("chosenCandidates", new Json.Arr(chosen))
                .put("topCandidates", new Json.Arr(tops))
                .build();
    }

    private static Json candidate(TokenLogprob token) {
        return Json.object()
                .put("token", token.token())
                .putIf("tokenId", token.id())
                .put("logProbability", token.logprob())
                .build();
    }
}
