package dev.sluice.infra;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;

/// What the rotation and the upkeep have in common: they run seldom, and for seconds.
///
/// @param reserved executions kept for it alone, if any
record SmallFunction(
        String zip,
        String handler,
        String description,
        Map<String, String> environment,
        @Nullable Integer reserved) {
    private static final int MEMORY_MB = 512;
    private static final Duration TIMEOUT = Duration.seconds(90);

    Function in(Construct scope, FunctionRole role) {
        return Function.Builder.create(scope, "Function")
                .description(description)
                .code(Code.fromAsset(zip))
                .handler(handler)
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .memorySize(MEMORY_MB)
                .timeout(TIMEOUT)
                .environment(new TreeMap<>(environment))
                .role(role.role())
                .logGroup(role.logs())
                .reservedConcurrentExecutions(reserved)
                .build();
    }
}
