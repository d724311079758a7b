package dev.sluice.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/// Asks the gateway once a day how it is, at the function's own address, which answers that question to everybody: a
/// snapshot that nobody uses for 14 days is thrown away.
final class Upkeep extends Construct {
    private final Function function;

    Upkeep(Construct scope, Settings settings, String zip, GatewayUrl url) {
        super(scope, "Upkeep");
        FunctionRole role = FunctionRole.of(this, settings, List.of());
        this.function = new SmallFunction(
                        zip,
                        "dev.sluice.upkeep.UpkeepFunction::handleRequest",
                        "Sluice: asks the gateway once a day how it is",
                        Map.of("SLUICE_URL", url.address()),
                        null)
                .in(this, role);
        Rule.Builder.create(this, "Daily")
                .description("Sluice: upkeep")
                .schedule(Schedule.rate(Duration.days(1)))
                .targets(List.of(
                        LambdaFunction.Builder.create(function).retryAttempts(2).build()))
                .build();
    }

    Function function() {
        return function;
    }
}
