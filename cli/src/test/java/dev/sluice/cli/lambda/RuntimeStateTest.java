package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RuntimeStateTest {
    static final List<RuntimeState> STATES = List.of(
            new RuntimeState.Started(),
            new RuntimeState.InitError(),
            new RuntimeState.RestoreReady(),
            new RuntimeState.Restoring(),
            new RuntimeState.RestoreError(),
            new RuntimeState.Ready(),
            new RuntimeState.Running(),
            new RuntimeState.InvocationResponse(),
            new RuntimeState.InvocationErrorResponse(),
            new RuntimeState.ResponseSent());

    /// All that is allowed.
    private static final Map<String, Map<RuntimeStep, String>> TABLE = Map.of(
            "Started",
            Map.of(
                    RuntimeStep.NEXT, "Ready",
                    RuntimeStep.RESTORE_NEXT, "RestoreReady",
                    RuntimeStep.INIT_ERROR, "InitError"),
            "RestoreReady",
            Map.of(RuntimeStep.RESTORED, "Restoring"),
            "Restoring",
            Map.of(
                    RuntimeStep.NEXT, "Ready",
                    RuntimeStep.RESTORE_ERROR, "RestoreError",
                    RuntimeStep.INIT_ERROR, "RestoreError"),
            "Ready",
            Map.of(RuntimeStep.NEXT, "Ready", RuntimeStep.INVOKED, "Running"),
            "Running",
            Map.of(
                    RuntimeStep.NEXT, "Running",
                    RuntimeStep.RESPONSE, "InvocationResponse",
                    RuntimeStep.ERROR, "InvocationErrorResponse"),
            "InvocationResponse",
            Map.of(RuntimeStep.ANSWERED, "ResponseSent"),
            "InvocationErrorResponse",
            Map.of(RuntimeStep.ANSWERED, "ResponseSent"),
            "ResponseSent",
            Map.of(RuntimeStep.NEXT, "Ready"));

    static Stream<Arguments> everyStateAndStep() {
        return STATES.stream().flatMap(state -> Stream.of(RuntimeStep.values()).map(step -> Arguments.of(state, step)));
    }

    @ParameterizedTest
    @MethodSource("everyStateAndStep")
    void allows_what_the_services_table_allows_and_nothing_else(RuntimeState state, RuntimeStep step) {
        String expected = TABLE.getOrDefault(state.title(), Map.of()).get(step);

        RuntimeState next = state.after(step);

        assertThat(next == null ? null : next.title()).isEqualTo(expected);
    }
}
