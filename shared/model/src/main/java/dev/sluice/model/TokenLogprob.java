package dev.sluice.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token of an answer, with the logarithm of its probability.
///
/// @param bytes the token's bytes where they are not those of its text; null: they are, or the provider gave none
/// @param id the provider's own number of the token; null: it gave none
/// @param top the likeliest tokens in its place, themselves without such; empty when not asked for
public record TokenLogprob(
        String token, Json.Num logprob, Json.@Nullable Arr bytes, Json.@Nullable Num id, List<TokenLogprob> top) {
    public TokenLogprob(
            String token, Json.Num logprob, Json.@Nullable Arr bytes, Json.@Nullable Num id, List<TokenLogprob> top) {
        this.token = token;
        this.logprob = logprob;
        this.bytes = bytes;
        this.id = id;
        this.top = List.copyOf(top);
    }
}
