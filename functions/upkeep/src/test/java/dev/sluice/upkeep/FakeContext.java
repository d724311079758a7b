package dev.sluice.upkeep;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.sluice.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// An invocation whose time passes with a virtual clock, and by a step each time that somebody asks.
final class FakeContext implements Context {
    final List<String> lines = new ArrayList<>();
    private final VirtualTime time;
    private final Duration timeout;
    private final Duration step;

    FakeContext(VirtualTime time, Duration timeout, Duration step) {
        this.time = time;
        this.timeout = timeout;
        this.step = step;
    }

    @Override
    public int getRemainingTimeInMillis() {
        int left = (int) timeout.minus(time.elapsed()).toMillis();
        time.advance(step);
        return left;
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                lines.add(message);
            }

            @Override
            public void log(byte[] message) {
                lines.add(new String(message, StandardCharsets.UTF_8));
            }
        };
    }

    @Override
    public String getAwsRequestId() {
        return "one";
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
        return "upkeep";
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
        return 256;
    }
}
