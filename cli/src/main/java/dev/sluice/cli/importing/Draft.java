package dev.sluice.cli.importing;

import dev.sluice.cli.provider.Preset;
import dev.sluice.cli.provider.References;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is put together from a foreign file, with what is lost on the way.
final class Draft {
    private static final int LONGEST_ID = 50;

    private final List<Lost> losses = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Map<String, Json.Obj> aliases = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private @Nullable String defaultModel;

    /// The whole file.
    Source source(Json.Obj file) {
        return new Source(file, "", losses);
    }

    void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }

    /// A new account; its id is the wanted one as far as it can be one. Null: its address is refused, which is noted.
    @Nullable
    Account account(Source from, String wanted, Dialect dialect, String url) {
        Account account = new Account(this, freeId(slug(wanted)), dialect, url);
        String refusal = account.change(same -> same);
        if (refusal != null) {
            from.lose("its address is refused: " + refusal);
            return null;
        }
        accounts.put(account.id(), account);
        return account;
    }

    /// A new account of a preset, in all of its dialects.
    ///
    /// @param values of the preset's variables
    @Nullable
    Account account(Source from, Preset preset, Map<String, String> values) {
        Account account = null;
        for (Map.Entry<Dialect, String> endpoint : preset.endpoints().entrySet()) {
            String url = endpoint.getValue();
            for (Map.Entry<String, String> value : values.entrySet()) {
                url = url.replace("{" + value.getKey() + "}", value.getValue());
            }
            if (account != null) {
                account.endpoint(endpoint.getKey(), url);
            } else {
                account = account(from, preset.id(), endpoint.getKey(), url);
                if (account == null) {
                    return null;
                }
            }
        }
        if (account != null && preset.auth() != null) {
            account.field(from, "auth", "auth", preset.auth());
        }
        return account;
    }

    @Nullable
    Account account(String id) {
        return accounts.get(id);
    }

    void keep(String name, String secret) {
        secrets.put(name, secret);
    }

    void defaultModel(String ref) {
        defaultModel = ref;
    }

    boolean hasAlias(String id) {
        return aliases.containsKey(id);
    }

    /// Null: it is taken; otherwise what the reader expected.
    @Nullable
    String alias(String id, Json.Obj alias) {
        List<Json> targets = new ArrayList<>();
        targets.add(Json.object().put("ref", "demo/demo").build());
        Json.Obj alone = Json.object()
                .put("version", 1)
                .put(
                        "modelAliases",
                        Json.object()
                                .put(
                                        id,
                                        alias.with("targets", Json.array(targets))
                                                .without("fallbackTargets"))
                                .build())
                .build();
        return switch (ConfigReader.read(JsonText.bytes(alone), 1)) {
            case ConfigReading.Good _ -> {
                aliases.put(id, alias);
                yield null;
            }
            case ConfigReading.Refused(var errors) ->
                "expected " + errors.getFirst().expected();
        };
    }

    Json.@Nullable Obj alias(String id) {
        return aliases.get(id);
    }

    /// Refs that lead nowhere go, and are noted.
    Imported done() {
        Json.Builder document = Json.object()
                .put("version", 1)
                .put(
                        "providers",
                        Json.array(accounts.values().stream().map(Account::json).toList()))
                .put("modelAliases", new Json.Obj(new LinkedHashMap<>(aliases)))
                .putIf("defaultModel", defaultModel);
        References.Pruned pruned = References.prune(new WorkingCopy(0, document.build()));
        for (String gone : pruned.gone()) {
            losses.add(new Lost(gone, "", "it leads to nothing that was carried over"));
        }
        Map<String, Json.Obj> left = new LinkedHashMap<>();
        pruned.copy().aliases().forEach((id, alias) -> {
            if (alias instanceof Json.Obj object) {
                left.put(id, object);
            }
        });
        return new Imported(
                pruned.copy().providers(), left, pruned.copy().document().text("defaultModel"), secrets, losses, notes);
    }

    private String freeId(String wanted) {
        String id = wanted;
        for (int n = 2; accounts.containsKey(id) || id.equals("demo"); n++) {
            id = wanted + "-" + n;
        }
        return id;
    }

    /// Lower-case letters, digits and hyphens, a letter first.
    static String slug(String text) {
        StringBuilder slug = new StringBuilder();
        for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
            boolean isPlain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (isPlain) {
                slug.append(c);
            } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
                slug.append('-');
            }
        }
        while (!slug.isEmpty() && slug.charAt(slug.length() - 1) == '-') {
            slug.setLength(slug.length() - 1);
        }
        if (slug.isEmpty() || Character.isDigit(slug.charAt(0))) {
            slug.insert(0, "p-");
        }
        slug.setLength(Math.min(slug.length(), LONGEST_ID));
        return slug.toString().endsWith("-") ? slug + "x" : slug.toString();
    }

    /// A target of an alias.
    static Json.Obj target(String ref, @Nullable Long weight) {
        return Json.object().put("ref", ref).putIf("weight", weight).build();
    }
}
