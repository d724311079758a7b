package dev.sluice.testkit;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.ports.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Books that grant everything, stand as they are told, and remember what they were asked. For one thread.
public final class FakeLedger implements Ledger {
    private static final Standing WELL = new Standing(List.of(), 0, null);

    private final Map<String, Standing> standings = new HashMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    private record Blank() implements Ticket {}

    /// From now on this is known of `provider/model`.
    public void standing(String ref, Standing standing) {
        standings.put(ref, standing);
    }

    /// All that was asked so far, as in `admit one/m` and `position coding`.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Admission admit(Ask ask) {
        asked.add("admit " + ask.provider().id() + "/" + ask.model());
        return new Admission.Granted(new Blank(), false, false);
    }

    @Override
    public Admission admitCaller(Caller caller, Reserve reserve, Duration lifetime) {
        return new Admission.Granted(new Blank(), false, false);
    }

    @Override
    public void settle(Admission.Granted granted, Settlement settlement) {
        // nothing was taken
    }

    @Override
    public OptionalLong position(String alias) {
        asked.add("position " + alias);
        return OptionalLong.of(positions.merge(alias, 1L, Long::sum) - 1);
    }

    @Override
    public OptionalLong peek(String alias) {
        return OptionalLong.of(positions.getOrDefault(alias, 0L));
    }

    @Override
    public Standing standing(ConfigSnapshot config, ProviderConfig provider, String model) {
        return standings.getOrDefault(provider.id() + "/" + model, WELL);
    }

    @Override
    public void refresh(Collection<ProviderConfig> providers) {
        providers.forEach(provider -> asked.add("refresh " + provider.id()));
    }
}
