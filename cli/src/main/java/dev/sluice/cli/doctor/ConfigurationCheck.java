package dev.sluice.cli.doctor;

import dev.sluice.cli.tool.ToolState;
import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.AliasConfig.WeightedRef;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.ports.ConfigVersions.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The configuration in force: read by this version, and leading somewhere.
final class ConfigurationCheck implements AreaCheck {
    private static final int SHOWN = 5;
    private static final int EARLIER = 50;

    private final Premises premises;

    ConfigurationCheck(Premises premises) {
        this.premises = premises;
    }

    @Override
    public Area area() {
        return Area.CONFIGURATION;
    }

    @Override
    public void look(Notes notes) {
        Optional<ConfigReading> reading = premises.reading();
        if (reading.isEmpty()) {
            nothing(notes);
            return;
        }
        switch (reading.get()) {
            case ConfigReading.Refused(var errors) -> refused(errors, notes);
            case ConfigReading.Good(ConfigSnapshot snapshot, var later) -> {
                if (snapshot.isEmpty()) {
                    nothing(notes);
                } else {
                    notes.ok("configuration", sentence(snapshot));
                }
                later.forEach(sentence -> notes.note("not-yet-in-force", sentence));
                aliases(snapshot, notes);
                providers(snapshot, notes);
                models(snapshot, notes);
            }
        }
    }

    private static void nothing(Notes notes) {
        notes.say(
                Ailment.NOTHING_CONFIGURED,
                "no provider is configured: every model name reaches the demo model of this machine; sluice provider add"
                        + " NAME adds one of sluice provider presets");
    }

    private static String sentence(ConfigSnapshot snapshot) {
        return "version " + snapshot.version() + ": "
                + count(snapshot.providers().size(), "provider") + ", "
                + count(snapshot.aliases().size(), "alias");
    }

    static String count(int number, String thing) {
        String many = thing.endsWith("s") ? thing + "es" : thing + "s";
        return number + " " + (number == 1 ? thing : many);
    }

    private void refused(List<ConfigReading.ConfigError> errors, Notes notes) {
        String said = errors.stream()
                .limit(SHOWN)
                .map(error -> error.path() + " is " + error.found() + ", expected " + error.expected())
                .collect(Collectors.joining("; "));
        String sentence = "the stored configuration cannot be used: " + said
                + (errors.size() > SHOWN ? "; and " + (errors.size() - SHOWN) + " more" : "");
        Optional<Version> good = premises.ask(
                held -> held.versions().history(EARLIER).stream()
                        .filter(version -> Premises.read(version) instanceof ConfigReading.Good)
                        .findFirst(),
                Optional.empty());
        if (good.isPresent()) {
            notes.say(
                    Ailment.CONFIGURATION_REFUSED,
                    sentence,
                    "version",
                    Long.toString(good.get().number()));
        } else {
            notes.say(Ailment.CONFIGURATION_BROKEN, sentence, "file", "FILE");
        }
    }

    private static void aliases(ConfigSnapshot snapshot, Notes notes) {
        Leads leads = new Leads(snapshot);
        String other = leads.any().orElse("demo/demo");
        for (AliasConfig alias : snapshot.aliases().values()) {
            List<String> dead = Stream.concat(alias.targets().stream(), alias.fallbackTargets().stream())
                    .map(WeightedRef::ref)
                    .filter(ref -> !leads.leads(ref))
                    .toList();
            int all = alias.targets().size() + alias.fallbackTargets().size();
            if (dead.size() == all) {
                notes.say(
                        Ailment.ALIAS_LEADS_NOWHERE,
                        "all targets of the alias " + alias.id() + " are disabled: " + String.join(", ", dead),
                        "alias",
                        alias.id(),
                        "ref",
                        other);
            } else {
                dead.forEach(ref -> notes.say(
                        Ailment.ALIAS_TARGET_DISABLED,
                        "the target " + ref + " of the alias " + alias.id() + " is disabled",
                        "alias",
                        alias.id(),
                        "ref",
                        ref));
            }
        }
        String standard = snapshot.defaultModel();
        if (standard != null && !leads.leads(standard)) {
            notes.say(Ailment.DEFAULT_LEADS_NOWHERE, "the default model " + standard + " is disabled", "ref", other);
        } else if (standard == null && !snapshot.isEmpty()) {
            notes.say(
                    Ailment.NO_DEFAULT_MODEL,
                    "there is no default model: requests for smart or auto, and those that name none, are refused",
                    "ref",
                    leads.any().orElse("REF"));
        }
    }

    private static void providers(ConfigSnapshot snapshot, Notes notes) {
        Leads leads = new Leads(snapshot);
        for (ProviderConfig provider : snapshot.providers()) {
            if (!provider.enabled()) {
                notes.say(
                        Ailment.PROVIDER_DISABLED,
                        "the provider " + provider.id() + " is disabled",
                        "provider",
                        provider.id());
                continue;
            }
            for (ModelConfig model : provider.models()) {
                String ref = provider.id() + "/" + model.id();
                model.fallbackModels().stream()
                        .filter(fallback -> !leads.leads(fallback))
                        .forEach(fallback -> notes.say(
                                Ailment.FALLBACK_LEADS_NOWHERE,
                                "the fallback " + fallback + " of " + ref + " is disabled",
                                "model",
                                ref,
                                "fallback",
                                fallback));
            }
            provider.rateLimits().stream()
                    .filter(limit -> limit.usd() != null)
                    .forEach(limit -> prices(provider, limit, notes));
        }
    }

    private static void prices(ProviderConfig provider, RateLimitConfig limit, Notes notes) {
        provider.models().stream()
                .filter(model -> model.enabled() && model.price() == null)
                .filter(model ->
                        limit.models().contains("all") || limit.models().contains(model.id()))
                .forEach(model -> notes.say(
                        Ailment.PRICE_UNKNOWN,
                        "the limit " + limit.id() + " of " + provider.id() + " counts US dollars, and " + model.id()
                                + " has no price: its use counts nothing there",
                        "model",
                        provider.id() + "/" + model.id(),
                        "usd",
                        "USD"));
    }

    private void models(ConfigSnapshot snapshot, Notes notes) {
        Leads leads = new Leads(snapshot);
        Set<String> used = ToolCheck.setUp(premises).stream()
                .flatMap(one -> recorded(one).stream())
                .flatMap(ref -> leads.models(isDefault(ref) ? String.valueOf(snapshot.defaultModel()) : ref).stream())
                .collect(Collectors.toSet());
        List<String> unknown = snapshot.providers().stream()
                .filter(ProviderConfig::enabled)
                .flatMap(provider -> provider.models().stream()
                        .filter(model -> model.enabled() && model.contextWindow() == null)
                        .map(model -> provider.id() + "/" + model.id()))
                .toList();
        unknown.stream()
                .filter(used::contains)
                .forEach(ref -> notes.say(
                        Ailment.CONTEXT_UNKNOWN_TO_TOOL,
                        "the context window of " + ref + " is not known, so a tool that is set up for it has to guess",
                        "model",
                        ref,
                        "tokens",
                        "TOKENS"));
        List<String> rest = unknown.stream().filter(ref -> !used.contains(ref)).toList();
        if (!rest.isEmpty()) {
            notes.say(
                    Ailment.CONTEXT_UNKNOWN,
                    "the context window is not known of "
                            + String.join(", ", rest.stream().limit(SHOWN).toList())
                            + (rest.size() > SHOWN ? " and " + (rest.size() - SHOWN) + " more" : ""),
                    "model",
                    rest.getFirst(),
                    "tokens",
                    "TOKENS");
        }
    }

    private static boolean isDefault(String ref) {
        return ref.equals("smart") || ref.equals("auto");
    }

    private static List<String> recorded(ToolCheck.SetUp one) {
        ToolState state = one.state();
        return state.record() == null ? List.of() : state.record().models();
    }
}
