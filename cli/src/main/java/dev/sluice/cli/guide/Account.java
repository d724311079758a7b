package dev.sluice.cli.guide;

import dev.sluice.cli.provider.NewProvider;
import dev.sluice.cli.provider.Preset;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A provider as far as it says where it is reached: a preset or base URLs, and what they want to know.
///
/// @param id its name in the configuration
/// @param preset null: by its base URLs
/// @param dialect what the base URL speaks that is typed next; null: none is
/// @param privateNetwork whether it may be on the owner's own network, beyond what the preset says
record Account(
        String id,
        @Nullable Preset preset,
        Map<String, String> values,
        @Nullable Dialect dialect,
        Map<Dialect, String> urls,
        boolean privateNetwork) {
    static final Account NONE = new Account("", null, Map.of(), null, Map.of(), false);

    static Account of(Preset preset) {
        return new Account(preset.id(), preset, Map.of(), null, Map.of(), false);
    }

    static Account speaking(Dialect dialect) {
        return new Account("", null, Map.of(), dialect, Map.of(), false);
    }

    Account called(String name) {
        return new Account(name, preset, values, dialect, urls, privateNetwork);
    }

    Account with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(variable, value);
        return new Account(id, preset, more, dialect, urls, privateNetwork);
    }

    Account at(Map<Dialect, String> addresses) {
        return new Account(id, preset, values, dialect, addresses, privateNetwork);
    }

    Account onOwnNetwork(boolean isIt) {
        return new Account(id, preset, values, dialect, urls, isIt);
    }

    String title() {
        return preset == null ? "another provider" : preset.name();
    }

    NewProvider description() {
        return new NewProvider(id, preset, values, urls, List.of());
    }

    /// Its object in a configuration, without a secret.
    Json.Obj json() {
        Json.Obj provider = description().json();
        return privateNetwork ? provider.with("allowPrivateNetwork", Json.TRUE) : provider;
    }

    /// Whether a secret may be of use to it; some presets do without one as well.
    boolean mayHaveSecret() {
        return preset == null || preset.credential() != null;
    }

    /// The command that adds it like that.
    List<String> command(Secret secret) {
        List<String> words = new ArrayList<>(List.of("provider", "add", id));
        if (preset != null && !preset.id().equals(id)) {
            words.addAll(List.of("--preset", preset.id()));
        }
        values.forEach((variable, value) -> words.addAll(List.of("--set", variable + "=" + value)));
        urls.forEach((spoken, url) -> words.addAll(List.of("--url", spoken.id() + "=" + url)));
        if (privateNetwork) {
            words.add("--allow-private-network");
        }
        switch (secret) {
            case Secret.None _ -> {}
            case Secret.Typed(String name, String _) -> credential(words, name);
            case Secret.Kept(String name) -> credential(words, name);
            case Secret.Variable(String name) -> words.addAll(List.of("--credential-env", name));
        }
        return words;
    }

    /// A provider that wants a secret has it under its own name, unless another is given.
    private void credential(List<String> words, String name) {
        if (!name.equals(id) || !description().wantsSecret(privateNetwork)) {
            words.addAll(List.of("--credential", name));
        }
    }
}
