package dev.sluice.core.config;

import dev.sluice.core.config.AliasConfig.WeightedRef;
import java.util.ArrayList;
import java.util.HashSet;
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

    private final List<ProviderConfig> providers;
    private final Map<String, AliasConfig> aliases;
    private final Findings findings;
    private final Set<String> bareIds = new LinkedHashSet<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> finished = new HashSet<>();

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
            follow(alias, new ArrayList<>());
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
        List<String> near = NearestName.closest(ref, known, SHOWN_PLACES);
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
                .min((one, other) ->
                        Integer.compare(other.id().indexOf('*'), one.id().indexOf('*')));
    }

    /// Notes each cycle where it closes. A name that is a model's too is no way round: there the model is taken.
    private void follow(AliasConfig alias, List<String> path) {
        int earlier = path.indexOf(alias.id());
        if (earlier >= 0) {
            List<String> cycle = new ArrayList<>(path.subList(earlier, path.size()));
            cycle.add(alias.id());
            findings.say(
                    Findings.path("modelAliases", alias.id()),
                    "a cycle: " + String.join(" -> ", cycle),
                    "aliases that lead to models, not back to themselves");
            return;
        }
        if (finished.contains(alias.id())) {
            return;
        }
        path.add(alias.id());
        followTier(alias, alias.targets(), path);
        followTier(alias, alias.fallbackTargets(), path);
        path.removeLast();
        finished.add(alias.id());
    }

    private void followTier(AliasConfig alias, List<WeightedRef> targets, List<String> path) {
        for (WeightedRef target : targets) {
            if (!isModel(target.ref())) {
                aliasOf(target.ref(), alias).ifPresent(next -> follow(next, path));
            }
        }
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
