package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.testkit.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crac.Resource;
import org.junit.jupiter.api.Test;

class TakeoverTest {
    private final FakeFunction function = new FakeFunction();
    private final List<Integer> exits = new ArrayList<>();

    private Takeover takeover(ScriptedRuntimeApi service) {
        return new Takeover(
                Map.of("AWS_LAMBDA_RUNTIME_API", service.address()), () -> function, new VirtualTime(), exits::add);
    }

    @Test
    void answers_the_first_invocation_itself_and_then_takes_the_loop() throws Exception {
        try (ScriptedRuntimeApi service = new ScriptedRuntimeApi()) {
            service.invoking("second", Events.post("two"));
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            takeover(service)
                    .handleRequest(
                            new ByteArrayInputStream(Events.post("one").getBytes(StandardCharsets.UTF_8)),
                            output,
                            new FakeContext());
            assertThat(service.requests())
                    .extracting(request -> request.path().substring("/2018-06-01/runtime/invocation/".length()))
                    .startsWith("first/response", "next", "second/response", "next");
            assertThat(service.requests("response"))
                    .extracting(ScriptedRuntimeApi.Request::content)
                    .containsExactly("one", "two");
            assertThat(output.size()).isZero();
            assertThat(exits).containsExactly(RuntimeLoop.LOST);
            assertThat(function.requests().getFirst())
                    .extracting(InboundRequest::remaining)
                    .isEqualTo(Duration.ofSeconds(25));
        }
    }

    @Test
    void its_hooks_are_the_functions() throws Exception {
        try (ScriptedRuntimeApi service = new ScriptedRuntimeApi()) {
            Resource hooks = takeover(service).hooks();
            hooks.beforeCheckpoint(null);
            hooks.afterRestore(null);
            assertThat(function.hooks()).containsExactly("prime", "before", "after");
            assertThat(service.requests()).isEmpty();
        }
    }

    private static final class FakeContext implements Context {
        @Override
        public String getAwsRequestId() {
            return "first";
        }

        @Override
        public int getRemainingTimeInMillis() {
            return 30_000;
        }

        @Override
        public String getLogGroupName() {
            return "";
        }

        @Override
        public String getLogStreamName() {
            return "";
        }

        @Override
        public String getFunctionName() {
            return "sluice";
        }

        @Override
        public String getFunctionVersion() {
            return "1";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "";
        }

        @Override
        public CognitoIdentity getIdentity() {
            return null;
        }

        @Override
        public ClientContext getClientContext() {
            return null;
        }

        @Override
        public int getMemoryLimitInMB() {
            return 2048;
        }

        @Override
        public LambdaLogger getLogger() {
            return null;
        }
    }
}
