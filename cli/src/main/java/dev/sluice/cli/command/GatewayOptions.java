package dev.sluice.cli.command;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.doctor.Premises;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which gateway is looked at, and with which key; neither is asked for.
final class GatewayOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The gateway (default: SLUICE_URL; else the running start of --data, or the stack's).")
    private @Nullable String url;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "A key for it (default: SLUICE_MASTER_KEY, then SLUICE_KEY; without one, none is shown).")
    private @Nullable String key;

    Premises premises(Context context) {
        Surroundings surroundings = context.surroundings();
        return new Premises(
                surroundings,
                context.common().deployed(surroundings),
                () -> context.common().directory(surroundings),
                given(surroundings));
    }

    private Premises.Given given(Surroundings surroundings) {
        Optional<String> address = Optional.ofNullable(url)
                .or(() -> surroundings.variable("SLUICE_URL").filter(value -> !value.isBlank()))
                .map(ToolTarget::checked);
        if (key != null) {
            return new Premises.Given(address, Optional.of(key.strip()), "--key");
        }
        for (String variable : new String[] {"SLUICE_MASTER_KEY", "SLUICE_KEY"}) {
            Optional<String> found =
                    surroundings.variable(variable).map(String::strip).filter(value -> !value.isEmpty());
            if (found.isPresent()) {
                return new Premises.Given(address, found, variable);
            }
        }
        return new Premises.Given(address, Optional.empty(), "");
    }
}
