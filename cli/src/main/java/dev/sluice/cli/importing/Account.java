package dev.sluice.cli.importing;

import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.cli.secret.CredentialRules;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One provider while it is put together. Each part is asked of the reader of configurations first: what it refuses is not
/// taken, so that the whole is good in the end.
final class Account {
    /// What an environment variable is named by in other gateways' files.
    private static final List<String> ENVIRONMENT = List.of("os.environ/", "env:", "$");

    private final Draft draft;
    private final String id;
    private Json.Obj provider;

    Account(Draft draft, String id, Dialect dialect, String url) {
        this.draft = draft;
        this.id = id;
        this.provider = Json.object()
                .put("id", id)
                .put("endpoints", Json.object().put(dialect.id(), url).build())
                .build();
        if (Addresses.isAtHome(url)) {
            provider = provider.with("allowPrivateNetwork", Json.TRUE);
        }
    }

    String id() {
        return id;
    }

    Json.Obj json() {
        return provider;
    }

    /// Null: it is taken; otherwise what the reader expected.
    @Nullable
    String change(UnaryOperator<Json.Obj> change) {
        Json.Obj changed = change.apply(provider);
        Json.Obj document = Json.object()
                .put("version", 1)
                .put("providers", Json.Arr.of(withoutRefs(changed)))
                .build();
        return switch (ConfigReader.read(JsonText.bytes(document), 1)) {
            case ConfigReading.Good _ -> {
                provider = changed;
                yield null;
            }
            case ConfigReading.Refused(var errors) ->
                "expected " + errors.getFirst().expected();
        };
    }

    /// Fallbacks may lead to providers that are not there yet: they are looked at in the end.
    private static Json.Obj withoutRefs(Json.Obj provider) {
        List<Json> models = new ArrayList<>();
        for (Json model : provider.items("models")) {
            models.add(model instanceof Json.Obj object ? object.without("fallbackModels") : model);
        }
        return provider.with("models", Json.array(models));
    }

    /// A field of the provider, taken or noted as lost.
    void field(Source from, String foreign, String name, Json value) {
        String refusal = change(before -> before.with(name, value));
        if (refusal != null) {
            from.lose(foreign, value, refusal);
        }
    }

    /// Null: it is taken.
    @Nullable
    String endpoint(Dialect dialect, String url) {
        return change(before -> {
            Json.Obj known = before.object("endpoints");
            Json.Obj endpoints = (known == null ? Json.Obj.EMPTY : known).with(dialect.id(), Json.of(url));
            Json.Obj with = before.with("endpoints", endpoints);
            return Addresses.isAtHome(url) ? with.with("allowPrivateNetwork", Json.TRUE) : with;
        });
    }

    /// A model with what is known of it; a name alone is written as one.
    @Nullable
    String model(Json.Obj model) {
        return change(before -> ProviderModels.with(before, model));
    }

    boolean hasModel(String model) {
        return ProviderModels.isAny(provider)
                || ProviderModels.find(provider, model).isPresent();
    }

    void anyModel() {
        String ignored = change(before -> before.with("models", Json.strings(List.of(ProviderModels.ANY))));
        if (ignored != null) {
            throw new IllegalStateException(ignored);
        }
    }

    /// Null: it is taken.
    @Nullable
    String limit(Json.Obj limit) {
        return change(before -> {
            List<Json> limits = new ArrayList<>(before.items("rateLimits"));
            limits.add(limit);
            return before.with("rateLimits", Json.array(limits));
        });
    }

    /// The secret: the name of an environment variable, or a value, which goes to the credential store.
    ///
    /// @param foreign its name in the foreign file
    void secret(Source from, String foreign, @Nullable String value) {
        if (value == null) {
            return;
        }
        String variable = variable(value);
        if (variable != null) {
            field(
                    from,
                    foreign,
                    "credential",
                    Json.object().put("env", variable).build());
        } else if (CredentialRules.problemOfSecret(value).isPresent()) {
            from.lose(foreign, Json.of("(not shown)"), "no header can carry it: sluice credential set " + id);
        } else {
            field(from, foreign, "credential", Json.of(id));
            draft.keep(id, value);
        }
    }

    /// The variable that the text names as other gateways write it; null: it is a value.
    static @Nullable String variable(String text) {
        for (String start : ENVIRONMENT) {
            if (text.startsWith(start)) {
                String name = text.substring(start.length());
                String bare = name.startsWith("{") && name.endsWith("}") ? name.substring(1, name.length() - 1) : name;
                return bare.isEmpty() || !bare.chars().allMatch(Account::isOfAVariable) ? null : bare;
            }
        }
        return null;
    }

    private static boolean isOfAVariable(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    /// Headers one by one: those that carry secrets or belong to the connection are lost.
    void headers(@Nullable Source headers) {
        if (headers == null) {
            return;
        }
        headers.all().forEach((name, value) -> {
            String refusal = change(before -> {
                Json.Obj known = before.object("headers");
                return before.with("headers", (known == null ? Json.Obj.EMPTY : known).with(name, value));
            });
            if (refusal != null) {
                headers.lose(name, value instanceof Json.Str ? Json.of("(not shown)") : value, refusal);
            }
        });
    }
}
