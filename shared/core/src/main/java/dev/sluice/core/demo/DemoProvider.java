package dev.sluice.core.demo;

import dev.sluice.core.config.AuthScheme;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ModelConfig.Price;
import dev.sluice.core.config.PolicySwitches;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.model.Capabilities;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The provider `demo` with its one model `demo`, reached at `demo://local` and answered by [DemoUpstream].
public final class DemoProvider {
    public static final String ID = "demo";
    static final String SCHEME = "demo";

    private static final Price FREE =
            new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    private DemoProvider() {}

    /// As if the owner had written it.
    public static ProviderConfig config() {
        Map<Dialect, URI> endpoints = new LinkedHashMap<>();
        endpoints.put(Dialect.OPENAI_CHAT, URI.create(SCHEME + "://local/v1"));
        endpoints.put(Dialect.ANTHROPIC, URI.create(SCHEME + "://local"));
        ModelConfig model =
                new ModelConfig(ID, List.of(), true, List.of(), null, FREE, Capabilities.DEFAULT, List.of());
        return new ProviderConfig(
                ID,
                "Demo",
                true,
                endpoints,
                null,
                new AuthScheme.None(),
                Headers.NONE,
                true,
                Integer.MAX_VALUE,
                false,
                List.of(model),
                List.of(),
                PolicySwitches.NONE);
    }
}
