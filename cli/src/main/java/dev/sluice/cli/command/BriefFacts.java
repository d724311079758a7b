package dev.sluice.cli.command;

import dev.sluice.cli.BuiltVersion;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.control.RunningStart;
import dev.sluice.cli.doctor.Premises;
import dev.sluice.cli.provider.Preset;
import dev.sluice.cli.provider.Presets;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What is so now, and what Sluice can do, as data; no secret is in it, and what cannot be found out is left out.
final class BriefFacts {
    private static final int MOST_MODELS = 15;

    private final Premises premises;

    BriefFacts(Premises premises) {
        this.premises = premises;
    }

    private static <T> T told(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (CommandFailure | PortFailure notKnown) {
            return otherwise; // the doctor's findings say why
        }
    }

    Json.Obj state() {
        ConfigSnapshot snapshot = told(premises::snapshot, ConfigSnapshot.empty());
        return Json.object()
                .put("version", BuiltVersion.text())
                .put(
                        "about",
                        premises.stack().isPresent()
                                ? "the stack " + premises.stack().get().stack()
                                : "this machine")
                .putIf(
                        "data",
                        premises.stack().isPresent()
                                ? null
                                : told(() -> premises.folder().path().toString(), ""))
                .put("running", told(this::running, "not known"))
                .putIf("url", told(premises::url, Optional.<String>empty()).orElse(null))
                .put(
                        "key",
                        premises.given().key().isPresent()
                                ? "from " + premises.given().keySource()
                                : "none in SLUICE_MASTER_KEY or SLUICE_KEY")
                .put(
                        "configuration",
                        snapshot.version() == 0 ? "none: only the demo model" : "version " + snapshot.version())
                .putIf("defaultModel", snapshot.defaultModel())
                .put("providers", array(snapshot.providers().stream().map(BriefFacts::provider)))
                .put("aliases", array(snapshot.aliases().values().stream().map(BriefFacts::alias)))
                .put("limits", array(snapshot.providers().stream().flatMap(BriefFacts::limits)))
                .put("keys", array(told(this::keys, Stream.<Json.Obj>empty())))
                .build();
    }

    private String running() {
        if (premises.stack().isPresent()) {
            return "deployed";
        }
        return switch (premises.running()) {
            case RunningStart.Here(long pid, var version) ->
                "yes, process " + pid + ", version " + version.orElse("unknown, older than this");
            case RunningStart.Silent(long pid) -> "process " + pid + " does not answer";
            case RunningStart.None _, RunningStart.LeftOver _, RunningStart.Unreadable _ -> "no";
        };
    }

    private Stream<Json.Obj> keys() {
        boolean isKept = premises.isServed() || Files.exists(premises.folder().store());
        return (isKept ? premises.ask(held -> held.keys().list(), List.<KeyRecord>of()) : List.<KeyRecord>of())
                .stream()
                        .map(key -> Json.object()
                                .put("name", key.name())
                                .put(
                                        "status",
                                        KeyText.status(
                                                key,
                                                premises.surroundings().time().now()))
                                .put("models", KeyText.models(key))
                                .put("limits", KeyText.limits(key))
                                .build());
    }

    private static Json.Obj provider(ProviderConfig provider) {
        List<ModelConfig> models = provider.models();
        return Json.object()
                .put("id", provider.id())
                .put("enabled", provider.enabled())
                .put(
                        "dialects",
                        Json.strings(provider.endpoints().keySet().stream()
                                .map(Dialect::id)
                                .toList()))
                .put("anyModel", provider.wildcard())
                .put("models", array(models.stream().limit(MOST_MODELS).map(BriefFacts::model)))
                .putIf(
                        "moreModels",
                        models.size() > MOST_MODELS ? Long.valueOf((long) models.size() - MOST_MODELS) : null)
                .build();
    }

    private static Json.Obj model(ModelConfig model) {
        return Json.object()
                .put("id", model.id())
                .put("enabled", model.enabled())
                .putIf("contextWindow", model.contextWindow())
                .put("priced", model.price() != null)
                .build();
    }

    private static Json.Obj alias(AliasConfig alias) {
        return Json.object()
                .put("id", alias.id())
                .put("strategy", alias.strategy().id())
                .put(
                        "targets",
                        Json.strings(alias.targets().stream()
                                .map(AliasConfig.WeightedRef::ref)
                                .toList()))
                .put(
                        "fallbacks",
                        Json.strings(alias.fallbackTargets().stream()
                                .map(AliasConfig.WeightedRef::ref)
                                .toList()))
                .build();
    }

    private static Stream<Json.Obj> limits(ProviderConfig provider) {
        return provider.rateLimits().stream().map(limit -> limit(provider, limit));
    }

    private static Json.Obj limit(ProviderConfig provider, RateLimitConfig limit) {
        return Json.object()
                .put("provider", provider.id())
                .put("id", limit.id())
                .put("models", Json.strings(limit.models()))
                .putIf("requests", limit.requests())
                .putIf("tokens", limit.tokens())
                .putIf("usd", limit.usd() == null ? null : limit.usd().toPlainString())
                .put(
                        "window",
                        limit.window().unit().name().toLowerCase(Locale.ROOT) + ":"
                                + limit.window().size())
                .build();
    }

    static Json.Obj capabilities() {
        return Json.object()
                .put(
                        "dialects",
                        Json.strings(
                                Arrays.stream(Dialect.values()).map(Dialect::id).toList()))
                .put(
                        "paths",
                        Json.strings(List.of(
                                "POST /v1/chat/completions (openai-chat)",
                                "POST /v1/responses (openai-responses)",
                                "POST /v1/messages, /v1/messages/count_tokens (anthropic)",
                                "POST /v1beta/models/MODEL:streamGenerateContent (gemini)",
                                "POST /api/chat, /api/generate (ollama-chat)",
                                "GET /v1/models",
                                "POST /route (the dialect is detected)",
                                "GET /health (public)")))
                .put(
                        "strategies",
                        Json.strings(Arrays.stream(AliasConfig.Strategy.values())
                                .map(AliasConfig.Strategy::id)
                                .toList()))
                .put(
                        "presets",
                        Json.strings(
                                Presets.read().all().stream().map(Preset::id).toList()))
                .build();
    }

    private static Json array(Stream<Json.Obj> objects) {
        return Json.array(objects.toList());
    }
}
