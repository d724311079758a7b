package dev.sluice.cli.start;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.ports.Ledger;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/// Stands in until the shared ledger is wired: admits everything and knows nothing.
final class NoBooks implements Ledger {
    private record Blank() implements Ticket {}

    @Override
    public Admission admit(Ask ask) {
        return new Admission.Granted(new Blank(), false, true);
    }

    @Override
    public Admission admitCaller(Caller caller, Reserve reserve, Duration lifetime) {
        return new Admission.Granted(new Blank(), false, true);
    }

    @Override
    public void settle(Admission.Granted granted, Settlement settlement) {}

    @Override
    public OptionalLong position(String alias) {
        return OptionalLong.empty();
    }

    @Override
    public Standing standing(ConfigSnapshot config, ProviderConfig provider, String model) {
        return new Standing(List.of(), 0, null);
    }

    @Override
    public void refresh(Collection<ProviderConfig> providers) {}
}
