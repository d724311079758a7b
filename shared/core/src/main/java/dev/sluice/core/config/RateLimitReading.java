package dev.sluice.core.config;

import dev.sluice.model.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the buckets of one provider.
final class RateLimitReading {
    static final int MOST_CAPS = 32;
    static final Range CAP = new Range(1, 1_000_000_000_000L);
    static final Range SIZE = new Range(1, 10_000);
    private static final String ALL = "all";
    private static final Map<String, RateLimitConfig.Unit> UNITS = new LinkedHashMap<>();

    static {
        for (RateLimitConfig.Unit unit : RateLimitConfig.Unit.values()) {
            UNITS.put(unit.name().toLowerCase(Locale.ROOT), unit);
        }
    }

    private final Findings findings;
    private final List<ModelConfig> models;
    private final boolean anyModel;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private int caps;

    /// @param anyModel whether the provider lets any model id through
    RateLimitReading(Findings findings, List<ModelConfig> models, boolean anyModel) {
        this.findings = findings;
        this.models = models;
        this.anyModel = anyModel;
    }

    List<RateLimitConfig> read(ObjectFields provider) {
        List<RateLimitConfig> limits = new ArrayList<>();
        List<Json> items = provider.items("rateLimits");
        String path = provider.pathOf("rateLimits");
        for (int i = 0; i < items.size(); i++) {
            String at = path + "[" + i + "]";
            if (items.get(i) instanceof Json.Obj object) {
                limits.add(limit(ObjectFields.of(object, at, ConfigFields.RATE_LIMIT, findings)));
            } else {
                findings.wrong(at, items.get(i), "an object");
            }
        }
        if (caps > MOST_CAPS) {
            findings.say(
                    path, caps + " caps", "at most " + MOST_CAPS + " caps: requests, tokens and usd each count one");
        }
        return limits;
    }

    private RateLimitConfig limit(ObjectFields limit) {
        String id = id(limit);
        Long requests = limit.wholeOrNull("requests", CAP);
        Long tokens = limit.wholeOrNull("tokens", CAP);
        BigDecimal usd = usd(limit);
        count(limit);
        RateLimitConfig read = new RateLimitConfig(
                id, name(limit, id), models(limit), requests, tokens, usd, window(limit), margin(limit));
        if (leavesNothing(read, requests) || leavesNothing(read, tokens)) {
            limit.wrong("safetyMargin", "a margin that leaves something of each cap");
        }
        return read;
    }

    private static boolean leavesNothing(RateLimitConfig limit, @Nullable Long cap) {
        return cap != null && limit.most(cap) == 0;
    }

    private static BigDecimal margin(ObjectFields limit) {
        return Decimals.share(limit, "safetyMargin");
    }

    private String id(ObjectFields limit) {
        String id = limit.text("id");
        if (id == null || !Spelling.isCredentialName(id)) {
            if (id != null || !limit.has("id")) {
                limit.wrong("id", "an id of letters, digits and ._-");
            }
            return "";
        }
        if (!ids.add(id)) {
            limit.wrong("id", "an id that no other limit of this provider has");
        }
        return id;
    }

    private String name(ObjectFields limit, String otherwise) {
        String name = limit.text("name");
        if (name == null) {
            return otherwise;
        }
        if (!Spelling.isName(name)) {
            limit.wrong("name", "a name of 1 to 100 characters");
        } else if (!names.add(name)) {
            limit.wrong("name", "a name that no other limit of this provider has");
        }
        return name;
    }

    private @Nullable BigDecimal usd(ObjectFields limit) {
        BigDecimal usd = Decimals.amount(limit, "usd");
        if (usd != null && usd.signum() == 0) {
            limit.wrong("usd", "more than 0, or null");
        }
        if (usd != null) {
            findings.notYet(
                    limit.pathOf("usd"), "caps in dollars are kept, but nothing is held back by them in this version.");
        }
        return usd;
    }

    private void count(ObjectFields limit) {
        int given = 0;
        for (String cap : List.of("requests", "tokens", "usd")) {
            given += limit.presentOrNull(cap) == null ? 0 : 1;
        }
        if (given == 0) {
            findings.say(limit.path(), "no cap", "at least one of requests, tokens and usd");
        }
        caps += given;
    }

    private List<String> models(ObjectFields limit) {
        Set<String> known = new HashSet<>();
        known.add(ALL);
        models.forEach(model -> known.add(model.id()));
        List<String> wanted = limit.strings("models", (path, id) -> {
            if (!anyModel && !known.contains(id)) {
                findings.wrong(path, Json.of(id), Findings.nearest(id, known));
            }
        });
        if (!limit.has("models") || isEmptyList(limit)) {
            limit.wrong("models", "[\"all\"], or ids of this provider's models");
        }
        if (wanted.contains(ALL) && wanted.size() > 1) {
            limit.wrong("models", "either \"all\" alone, or ids");
        }
        return wanted;
    }

    private static boolean isEmptyList(ObjectFields limit) {
        return limit.field("models") instanceof Json.Arr(List<Json> items) && items.isEmpty();
    }

    private RateLimitConfig.Window window(ObjectFields limit) {
        if (!limit.has("window")) {
            limit.wrong("window", "a window such as {\"unit\": \"month\", \"size\": 1}");
            return new RateLimitConfig.Window(RateLimitConfig.Unit.MONTH, 1);
        }
        ObjectFields window = limit.nested("window", ConfigFields.WINDOW);
        RateLimitConfig.Unit unit = window.choice("unit", UNITS);
        if (unit == null && limit.field("window") instanceof Json.Obj && !window.has("unit")) {
            window.wrong("unit", "one of " + String.join(", ", UNITS.keySet()));
        }
        return new RateLimitConfig.Window(
                unit == null ? RateLimitConfig.Unit.MONTH : unit, (int) window.whole("size", 1, SIZE));
    }
}
