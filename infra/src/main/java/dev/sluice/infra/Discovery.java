package dev.sluice.infra;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.ssm.CfnParameter;
import software.constructs.Construct;

/// Parameters under `/sluice/<stack>/`, by which the command line finds everything. No secret is among them.
final class Discovery extends Construct {
    /// @param values by name
    Discovery(Construct scope, Settings settings, Map<String, String> values) {
        super(scope, "Discovery");
        new TreeMap<>(values)
                .forEach((name, value) -> CfnParameter.Builder.create(this, name)
                        .name("/sluice/" + settings.stack() + "/" + name)
                        .type("String")
                        .value(value)
                        .build());
    }
}
