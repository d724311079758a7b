package dev.sluice.core.config;

import dev.sluice.core.config.AliasConfig.WeightedRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks that every ref of a document leads somewhere, and that no alias leads back to itself.
///
/// Follows ROUTING.md: `provider/model`, then an exact alias, then wildcard aliases, then bare model ids. Inside itself an
/// alias' name means what comes after it in that order: an alias may stand before the model whose name it bears.
final class RefCheck {
    private static final String ALIAS_PREFIX = "alias:";
    private static final String BUILT_IN = "demo/demo";
    private static final int SHOWN_PLACES = 3;
    /// Each takes a look at every known name.
    private static final int MOST_SUGGESTIONS = 50;
    /// Routing opens one alias within the other on its stack.
    private static final int MOST_NESTED = 50;
    private static final int LONGEST_CYCLE = 500;
    /// Of equally long prefixes the first in the document is taken.
    private static final Comparator<AliasConfig> LONGEST_PREFIX = Comparator.comparingInt(
                    (AliasConfig alias) -> alias.id().indexOf('*'))
            .reversed();

    private final List<ProviderConfig> providers;
    private final Map<String, AliasConfig> aliases;
    private final Findings findings;
    private final Set<String> bareIds = new LinkedHashSet<>();
    private final Set<String> known = new LinkedHashSet<>();
    /// How many aliases, one in another, each finished one stands for.
    private final Map<String, Integer> nested = new HashMap<>();

    private int suggestions;

    RefCheck(List<ProviderConfig> providers, Map<String, AliasConfig> aliases, Findings findings) {
        this.providers = providers;
        this.aliases = aliases;
        this.findings = findings;
        known.addAll(aliases.keySet());
        for (ProviderConfig provider : providers) {
            for (ModelConfig model : provider.models()) {
                known.add(provider.id() + "/" + model.id());
                bareIds.add(model.id());
                bareIds.addAll(model.aliases());
            }
        }
        known.addAll(bareIds);
        known.add(BUILT_IN);
    }

    void checkDefault(String ref) {
        check("defaultModel", ref, null);
    }

    void checkMention(Findings.Mention mention) {
        if (mention.ref().equals(mention.by())) {
            findings.say(mention.path(), Shown.text(mention.ref()), "another model than this one");
        } else {
            check(mention.path(), mention.ref(), null);
        }
    }

    void checkAliases() {
        for (AliasConfig alias : aliases.values()) {
            String path = Findings.path("modelAliases", alias.id());
            checkTier(path + ".targets", alias, alias.targets());
            checkTier(path + ".fallbackTargets", alias, alias.fallbackTargets());
        }
        for (AliasConfig alias : aliases.values()) {
            follow(alias, false, new ArrayList<>());
        }
    }

    private void checkTier(String path, AliasConfig alias, List<WeightedRef> targets) {
        for (int i = 0; i < targets.size(); i++) {
            check(path + "[" + i + "].ref", targets.get(i).ref(), alias);
        }
    }

    private void check(String path, String ref, @Nullable AliasConfig within) {
        // an empty one is a ref of a wrong type, which was noted where it was read
        if (ref.isEmpty() || isModel(ref) || aliasOf(ref, within).isPresent()) {
            return;
        }
        if (within != null && aliasOf(ref, null).isPresent()) {
            findings.say(path, Shown.text(ref), "no cycle of aliases: " + within.id() + " -> " + within.id());
            return;
        }
        List<String> near =
                suggestions++ < MOST_SUGGESTIONS ? NearestName.closest(ref, known, SHOWN_PLACES) : List.of();
        findings.say(
                path,
                Shown.text(ref),
                "a configured provider/model, model or alias"
                        + (near.isEmpty() ? "" : "; the nearest is `" + String.join("`, `", near) + "`"));
    }

    /// A model by its own name or with its provider's, which needs no alias to be reached.
    private boolean isModel(String ref) {
        return isDirect(ref) || bareIds.contains(ref);
    }

    private boolean isDirect(String ref) {
        int slash = ref.indexOf('/');
        if (ref.equals(BUILT_IN) || slash <= 0 || slash == ref.length() - 1) {
            return ref.equals(BUILT_IN);
        }
        String model = ref.substring(slash + 1);
        return providers.stream()
                .filter(provider -> provider.id().equals(ref.substring(0, slash)))
                .anyMatch(provider -> provider.wildcard() || has(provider, model));
    }

    private static boolean has(ProviderConfig provider, String name) {
        return provider.models().stream()
                .anyMatch(model -> model.id().equals(name) || model.aliases().contains(name));
    }

    /// The alias that the ref names, other than the one it stands in.
    private Optional<AliasConfig> aliasOf(String ref, @Nullable AliasConfig within) {
        String name = ref.startsWith(ALIAS_PREFIX) ? ref.substring(ALIAS_PREFIX.length()) : ref;
        AliasConfig exact = aliases.get(name);
        if (exact != null && exact != within) {
            return Optional.of(exact);
        }
        return aliases.values().stream()
                .filter(alias -> alias != within && matches(alias.id(), name))
                .min(LONGEST_PREFIX);
    }

    /// One alias on the way, and whether the ref that led to it is a model's name too.
    private record Step(String alias, boolean isBacked) {}

    /// Notes each cycle where it closes. Only one whose refs are all models' names too is none: inside their aliases they
    /// mean the models, wherever a request comes in. Returns how many aliases are nested, this one included.
    private int follow(AliasConfig alias, boolean isBacked, List<Step> path) {
        int earlier = path.stream().map(Step::alias).toList().indexOf(alias.id());
        if (earlier >= 0) {
            List<Step> cycle = path.subList(earlier, path.size());
            if (!isBacked || !cycle.stream().skip(1).allMatch(Step::isBacked)) {
                noteCycle(alias, cycle);
            }
            return 0;
        }
        Integer known = nested.get(alias.id());
        if (known != null || path.size() > MOST_NESTED) {
            return known == null ? 1 : known;
        }
        path.add(new Step(alias.id(), isBacked));
        int depth = 1
                + Math.max(followTier(alias, alias.targets(), path), followTier(alias, alias.fallbackTargets(), path));
        path.removeLast();
        nested.put(alias.id(), depth);
        if (depth == MOST_NESTED + 1) {
            findings.say(
                    Findings.path("modelAliases", alias.id()),
                    "more than " + MOST_NESTED + " aliases one in another",
                    "at most " + MOST_NESTED);
        }
        return depth;
    }

    private void noteCycle(AliasConfig alias, List<Step> cycle) {
        List<String> names = new ArrayList<>(cycle.stream().map(Step::alias).toList());
        names.add(alias.id());
        findings.say(
                Findings.path("modelAliases", alias.id()),
                Shown.cut("a cycle: " + String.join(" -> ", names), LONGEST_CYCLE),
                "aliases that lead to models, not back to themselves");
    }

    private int followTier(AliasConfig alias, List<WeightedRef> targets, List<Step> path) {
        int deepest = 0;
        for (WeightedRef target : targets) {
            AliasConfig next =
                    isDirect(target.ref()) ? null : aliasOf(target.ref(), alias).orElse(null);
            if (next != null) {
                deepest = Math.max(deepest, follow(next, bareIds.contains(target.ref()), path));
            }
        }
        return deepest;
    }

    /// Whether the name is one of the pattern's, where `*` is any run of characters.
    static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return false;
        }
        if (!name.startsWith(pattern.substring(0, star))) {
            return false;
        }
        int at = star;
        int from = star + 1;
        for (int next = pattern.indexOf('*', from); next >= 0; next = pattern.indexOf('*', from)) {
            String part = pattern.substring(from, next);
            int found = name.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
            from = next + 1;
        }
        String end = pattern.substring(from);
        return name.length() - end.length() >= at && name.endsWith(end);
    }
}
