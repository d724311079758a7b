package dev.sluice.cli.doctor;

import dev.sluice.cli.provider.Trials;
import dev.sluice.cli.store.StoreChoice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Looks at everything that can be wrong, and says of all that is what mends it.
public final class Doctor {
    private Doctor() {}

    /// What is wanted.
    ///
    /// @param only these areas; none: all
    /// @param live whether each provider is asked for a completion, at its price
    /// @param gates whether each tool's request is sent
    /// @param patience for each area
    /// @param slowest how long the first word of a tool's model may take before it is called slow
    /// @param table that is looked at beside the stack's
    /// @param scope the options that say which gateway is meant, for the mends
    public record Wish(
            Set<Area> only,
            boolean live,
            boolean gates,
            Duration patience,
            Duration slowest,
            Optional<StoreChoice.DynamoDb> table,
            List<String> scope) {
        public Wish {
            only = Set.copyOf(only);
            scope = List.copyOf(scope);
        }
    }

    /// The areas in their order.
    ///
    /// @param progress told each as it is there
    /// @param faults told what no area should have thrown
    public static List<AreaReport> look(
            Premises premises, Wish wish, Consumer<AreaReport> progress, Consumer<RuntimeException> faults) {
        Endpoints endpoints = new Endpoints(
                premises,
                credentials -> Trials.overTheNetwork(
                        credentials, premises.surroundings().time()),
                wish.patience());
        List<AreaCheck> checks = Stream.<AreaCheck>of(
                        new MachineCheck(premises),
                        new ClockCheck(premises, endpoints),
                        new ConfigurationCheck(premises),
                        new CredentialCheck(premises),
                        new ProviderCheck(premises, endpoints, new Standby(premises), wish.live(), wish.patience()),
                        new TableCheck(premises, wish.table()),
                        new StackCheck(premises),
                        new MasterKeyCheck(premises),
                        new GatewayCheck(premises),
                        new ToolCheck(premises, wish.gates(), wish.slowest()))
                .filter(check -> areas(premises, wish).contains(check.area()))
                .toList();
        return new Examination(
                        wish.scope(), wish.patience(), premises.surroundings().time(), premises.shade(), faults)
                .run(checks, progress);
    }

    /// Those that will be looked at, in their order: unless they are asked for, a table and a stack only where there is one.
    public static List<Area> areas(Premises premises, Wish wish) {
        boolean hasStack = premises.stack().isPresent();
        return Stream.of(Area.values())
                .filter(area -> wish.only().isEmpty()
                        ? switch (area) {
                            case STACK -> hasStack;
                            case TABLE -> hasStack || wish.table().isPresent();
                            default -> true;
                        }
                        : wish.only().contains(area))
                .toList();
    }
}
