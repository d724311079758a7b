package dev.sluice.cli.importing;

import dev.sluice.cli.provider.Preset;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The accounts behind LiteLLM's deployments: those with the same provider, address and key are one.
final class LiteLlmAccounts {
    private final Draft draft;
    private final Map<List<String>, Account> accounts = new HashMap<>();

    LiteLlmAccounts(Draft draft) {
        this.draft = draft;
    }

    /// `provider/model`; a model without a provider is OpenAI's, as far as the file tells.
    private static String vendor(String named, Source params) {
        String vendor = params.text("custom_llm_provider");
        int slash = named.indexOf('/');
        return vendor != null ? vendor : slash > 0 ? named.substring(0, slash) : "openai";
    }

    /// The model's id at its provider.
    static String id(String named, Source params) {
        String vendor = vendor(named, params) + "/";
        String bare = named.startsWith(vendor) ? named.substring(vendor.length()) : named;
        for (String route : List.of("converse/", "responses/")) {
            bare = bare.startsWith(route) ? bare.substring(route.length()) : bare;
        }
        return bare;
    }

    /// The account that the deployment belongs to. Null: it cannot be told, which is noted.
    @Nullable
    Account of(Source from, Source params, String named) {
        String vendor = vendor(named, params);
        String base = params.text("api_base", "base_url");
        String key = params.text("api_key");
        String region = params.text("aws_region_name");
        if (named.indexOf('/') < 0 && params.text("custom_llm_provider") == null) {
            draft.note("the model " + named + " names no provider: it is taken for OpenAI's");
        }
        List<String> same = List.of(vendor, String.valueOf(base), String.valueOf(key), String.valueOf(region));
        Account known = accounts.get(same);
        if (known != null) {
            return known;
        }
        Account made = made(from, params, vendor, base, region);
        if (made != null) {
            accounts.put(same, made);
            secret(made, params, vendor, key);
        }
        return made;
    }

    private @Nullable Account made(
            Source from, Source params, String vendor, @Nullable String base, @Nullable String region) {
        Optional<Preset> preset = Vendors.preset(vendor);
        if (base != null && Account.variable(base) != null) {
            from.lose("its address is in an environment variable: add the provider with --url");
            return null;
        }
        if (base != null) {
            return given(from, params, vendor, preset, base);
        }
        if (preset.isEmpty()) {
            from.lose("there is no preset for " + vendor + ": add the provider with --url, then sluice model add");
            return null;
        }
        Map<String, String> values = region == null ? Map.of() : Map.of("region", region);
        String missing = preset.get().variables().keySet().stream()
                .filter(name -> !values.containsKey(name))
                .findFirst()
                .orElse(null);
        if (missing != null) {
            from.lose("its address wants the " + missing + ": sluice provider add "
                    + preset.get().id() + " --set " + missing + "=...");
            return null;
        }
        return draft.account(from, preset.get(), values);
    }

    private @Nullable Account given(Source from, Source params, String vendor, Optional<Preset> preset, String text) {
        Optional<String> base = Addresses.base(text);
        if (base.isEmpty()) {
            from.lose("api_base is no http or https URL");
            return null;
        }
        boolean isAzure = vendor.equals("azure") || vendor.equals("azure_ai");
        String version = params.text("api_version");
        Dialect dialect = preset.map(Vendors::first).orElse(Dialect.OPENAI_CHAT);
        dialect = dialect == Dialect.OPENAI_RESPONSES ? Dialect.OPENAI_CHAT : dialect;
        String url = isAzure && !base.get().contains("/openai") ? base.get() + "/openai/v1" : base.get();
        if (version != null) {
            params.lose("api_version", Json.of(version), "the address of version 1 of Azure's API wants none");
        }
        String name = vendor.equals("openai")
                ? Addresses.nameOf(url)
                : preset.map(Preset::id).orElse(vendor);
        Account account = draft.account(from, name, dialect, url);
        if (account != null
                && preset.isPresent()
                && preset.get().auth() != null
                && !preset.get().local()) {
            account.field(from, "auth", "auth", preset.get().auth());
        }
        return account;
    }

    /// Without a key LiteLLM takes the vendor's usual variable.
    private static void secret(Account account, Source params, String vendor, @Nullable String key) {
        if (key != null) {
            account.secret(params, "api_key", key);
            return;
        }
        Optional<Preset> preset = Vendors.preset(vendor);
        boolean isSigned = preset.isPresent() && preset.get().endpoints().containsKey(Dialect.BEDROCK_CONVERSE);
        if (preset.isPresent() && preset.get().credential() != null && !isSigned && !Addresses.isAtHome(url(account))) {
            account.secret(
                    params, "api_key", "os.environ/" + preset.get().credential().variable());
        }
    }

    private static String url(Account account) {
        Json.Obj endpoints = account.json().object("endpoints");
        return endpoints == null
                ? ""
                : endpoints.fields().values().iterator().next() instanceof Json.Str(String url) ? url : "";
    }
}
