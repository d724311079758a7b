package dev.sluice.core.config;

import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the providers.
final class ProviderReading {
    static final String BUILT_IN = "demo";
    static final Range PRIORITY = new Range(0, 1_000_000);
    static final int DEFAULT_PRIORITY = 1;

    private final Findings findings;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    ProviderReading(Findings findings) {
        this.findings = findings;
    }

    List<ProviderConfig> read(ObjectFields root) {
        List<ProviderConfig> providers = new ArrayList<>();
        List<Json> items = root.items("providers");
        for (int i = 0; i < items.size(); i++) {
            String path = root.pathOf("providers") + "[" + i + "]";
            if (items.get(i) instanceof Json.Obj object) {
                providers.add(provider(ObjectFields.of(object, path, ConfigFields.PROVIDER, findings)));
            } else {
                findings.wrong(path, items.get(i), "an object");
            }
        }
        return providers;
    }

    private ProviderConfig provider(ObjectFields provider) {
        String id = id(provider);
        boolean allowPrivateNetwork = provider.flag("allowPrivateNetwork", false);
        Map<Dialect, URI> endpoints = endpoints(provider, allowPrivateNetwork);
        SecretReading secrets = new SecretReading(provider);
        AuthScheme auth = secrets.auth();
        ModelReading reading = new ModelReading(findings, id, declaredDialects(provider));
        List<ModelConfig> models = reading.read(provider);
        return new ProviderConfig(
                id,
                name(provider, id),
                provider.flag("enabled", true),
                endpoints,
                secrets.credential(),
                auth,
                secrets.headers(auth),
                allowPrivateNetwork,
                (int) provider.whole("priority", DEFAULT_PRIORITY, PRIORITY),
                reading.wildcard(),
                models,
                new RateLimitReading(findings, models, reading.wildcard()).read(provider),
                RulesReading.policies(provider));
    }

    private String id(ObjectFields provider) {
        String id = provider.text("id");
        if (id == null || !Spelling.isProviderId(id)) {
            if (id != null || !provider.has("id")) {
                provider.wrong("id", "an id of lower-case letters, digits and hyphens that begins with a letter");
            }
            return "";
        }
        if (id.equals(BUILT_IN)) {
            provider.wrong("id", "another id: `demo` is the built-in provider");
        } else if (!ids.add(id)) {
            provider.wrong("id", "an id that no other provider has");
        }
        return id;
    }

    private String name(ObjectFields provider, String otherwise) {
        String name = provider.text("name");
        if (name == null) {
            return otherwise;
        }
        if (!Spelling.isName(name)) {
            provider.wrong("name", "a name of 1 to 100 characters");
        } else if (!names.add(name)) {
            provider.wrong("name", "a name that no other provider has");
        }
        return name;
    }

    private Map<Dialect, URI> endpoints(ObjectFields provider, boolean allowPrivateNetwork) {
        Map<Dialect, URI> endpoints = new LinkedHashMap<>();
        if (!(provider.field("endpoints") instanceof Json.Obj object) || object.isEmpty()) {
            provider.wrong("endpoints", "an object with a base URL for at least one dialect: " + dialectIds());
            return endpoints;
        }
        for (Map.Entry<String, Json> entry : object.fields().entrySet()) {
            String path = Findings.path(provider.pathOf("endpoints"), entry.getKey());
            Dialect dialect = Dialect.parse(entry.getKey()).orElse(null);
            if (dialect == null) {
                findings.say(path, "an unknown dialect", ObjectFields.expectedChoice(entry.getKey(), dialectIds()));
            } else if (!(entry.getValue() instanceof Json.Str(String url))) {
                findings.wrong(path, entry.getValue(), "an absolute http or https URL");
            } else {
                URI base = EndpointUrl.read(url, allowPrivateNetwork, path, findings);
                if (base != null) {
                    endpoints.put(dialect, base);
                }
            }
        }
        return Collections.unmodifiableMap(endpoints);
    }

    /// Also those whose URL is wrong: what names them is right.
    private static Set<Dialect> declaredDialects(ObjectFields provider) {
        Set<Dialect> declared = EnumSet.noneOf(Dialect.class);
        if (provider.field("endpoints") instanceof Json.Obj(Map<String, Json> fields)) {
            fields.keySet().forEach(name -> Dialect.parse(name).ifPresent(declared::add));
        }
        return declared;
    }

    static List<String> dialectIds() {
        return Arrays.stream(Dialect.values()).map(Dialect::id).toList();
    }
}
