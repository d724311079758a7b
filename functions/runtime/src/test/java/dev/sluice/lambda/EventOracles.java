package dev.sluice.lambda;

import dev.sluice.core.gateway.InboundRequest;
import java.util.Arrays;

/// What holds for every event, however broken.
final class EventOracles {
    private EventOracles() {}

    static void anyEvent(byte[] event) {
        byte[] copy = event.clone();
        switch (FunctionUrl.decode(event, null)) {
            case Event.Http(InboundRequest request) -> check(request);
            case Event.Malformed(int status, String message) -> require(status == 400 && !message.isEmpty());
            case Event.Other(byte[] other) -> require(Arrays.equals(other, copy));
        }
    }

    private static void check(InboundRequest request) {
        require(!request.method().isEmpty() && !request.path().isEmpty());
        require(request.path().chars().allMatch(c -> c > ' ' && c < 0x7f));
        require(request.query().chars().allMatch(c -> c > ' ' && c < 0x7f));
        require(request.headers().fields().stream()
                .allMatch(field -> field.value().chars().allMatch(c -> (c >= ' ' || c == '\t') && c <= 0xff)));
        require(request.problem() == null
                || request.body().length == 0 && !request.problem().message().isEmpty());
    }

    static void require(boolean claim) {
        if (!claim) {
            throw new AssertionError("the decoder broke its word");
        }
    }
}
