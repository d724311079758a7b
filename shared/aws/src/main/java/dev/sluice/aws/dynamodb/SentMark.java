package dev.sluice.aws.dynamodb;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// Notes on a call that it left for the network: whatever failed before that has changed nothing.
final class SentMark implements ExecutionInterceptor {
    private static final ExecutionAttribute<Mark> MARK = new ExecutionAttribute<>("dev.sluice.sent");

    /// Whether one call was sent. Written and read by the calling thread.
    static final class Mark {
        private boolean isSent;

        boolean isSent() {
            return isSent;
        }
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Mark mark = attributes.getAttribute(MARK);
        if (mark != null) {
            mark.isSent = true;
        }
    }

    static ExecutionAttribute<Mark> attribute() {
        return MARK;
    }
}
