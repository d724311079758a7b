package dev.sluice.core.access;

import dev.sluice.core.config.RateLimitConfig;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Whether a key that somebody wants to make has no wider rights than the key they make it with. Pure.
///
/// Each field is judged for itself. An entry of the allowed models is within the creator's when the creator has that very
/// entry: what a pattern or a bare name reaches depends on a configuration that may change.
public final class KeyRights {
    private static final String ALL_MODELS = "all";

    private KeyRights() {}

    /// Rights without any bound: those of the owner's own commands.
    public static KeyRecord owner(Instant now) {
        return new KeyRecord("", "owner", Caller.Kind.MASTER, false, now, null, Set.of(), List.of());
    }

    public static boolean within(KeyRecord creator, KeyRecord wished) {
        return wider(creator, wished).isEmpty();
    }

    /// One sentence for each field in which the wished key would have more.
    public static List<String> wider(KeyRecord creator, KeyRecord wished) {
        List<String> wider = new ArrayList<>();
        if (creator.revoked() && !wished.revoked()) {
            wider.add("the key it is made with is revoked");
        }
        if (!isKindWithin(creator.kind(), wished.kind())) {
            wider.add("a " + word(creator.kind()) + " cannot make a " + word(wished.kind()));
        }
        if (!areModelsWithin(creator.allowedModels(), wished.allowedModels())) {
            wider.add("models: only of "
                    + String.join(
                            ", ", creator.allowedModels().stream().sorted().toList()));
        }
        if (!isExpiryWithin(creator.expires(), wished.expires())) {
            wider.add("expires: not after " + creator.expires());
        }
        for (RateLimitConfig limit : creator.limits()) {
            if (!isUpheld(limit, wished.limits())) {
                wider.add("limits: none upholds " + limit.name());
            }
        }
        return wider;
    }

    private static String word(Caller.Kind kind) {
        return switch (kind) {
            case MASTER -> "master key";
            case CLIENT -> "client's key";
            case ANONYMOUS -> "caller without a key";
        };
    }

    private static boolean isKindWithin(Caller.Kind creator, Caller.Kind wished) {
        return switch (creator) {
            case MASTER -> wished != Caller.Kind.ANONYMOUS;
            case CLIENT -> wished == Caller.Kind.CLIENT;
            case ANONYMOUS -> false;
        };
    }

    private static boolean areModelsWithin(Set<String> creator, Set<String> wished) {
        return creator.isEmpty() || !wished.isEmpty() && creator.containsAll(wished);
    }

    private static boolean isExpiryWithin(@Nullable Instant creator, @Nullable Instant wished) {
        return creator == null || wished != null && !wished.isAfter(creator);
    }

    /// Each cap of the limit has one in the wished limits that is reached no later.
    private static boolean isUpheld(RateLimitConfig limit, List<RateLimitConfig> wished) {
        return isUpheld(limit, wished, one -> decimal(one.requests()))
                && isUpheld(limit, wished, one -> decimal(one.tokens()))
                && isUpheld(limit, wished, RateLimitConfig::usd);
    }

    private static boolean isUpheld(
            RateLimitConfig limit, List<RateLimitConfig> wished, Function<RateLimitConfig, @Nullable BigDecimal> cap) {
        BigDecimal most = usable(limit, cap.apply(limit));
        return most == null
                || wished.stream().filter(one -> covers(one, limit)).anyMatch(one -> {
                    BigDecimal own = usable(one, cap.apply(one));
                    return own != null && own.compareTo(most) <= 0;
                });
    }

    private static boolean covers(RateLimitConfig one, RateLimitConfig limit) {
        return one.window().equals(limit.window())
                && (one.models().contains(ALL_MODELS) || one.models().containsAll(limit.models()));
    }

    private static @Nullable BigDecimal decimal(@Nullable Long cap) {
        return cap == null ? null : BigDecimal.valueOf(cap);
    }

    private static @Nullable BigDecimal usable(RateLimitConfig limit, @Nullable BigDecimal cap) {
        return cap == null ? null : cap.multiply(BigDecimal.ONE.subtract(limit.safetyMargin()));
    }
}
