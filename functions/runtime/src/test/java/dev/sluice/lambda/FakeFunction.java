package dev.sluice.lambda;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;

/// A function that answers with the body it got, or does what a test hands it. Remembers its hooks and requests.
class FakeFunction implements LambdaFunction {
    private final List<String> hooks = new CopyOnWriteArrayList<>();
    private final List<InboundRequest> requests = new CopyOnWriteArrayList<>();
    private final Answer answer;

    interface Answer {
        void give(InboundRequest request, ClientResponse response) throws ClientGone;
    }

    FakeFunction() {
        this(FakeFunction::echo);
    }

    FakeFunction(Answer answer) {
        this.answer = answer;
    }

    static void echo(InboundRequest request, ClientResponse response) throws ClientGone {
        response.start(200, Headers.of("content-type", "text/plain"), -1);
        response.write(request.body(), 0, request.body().length);
        response.end();
    }

    static void write(ClientResponse response, String text) throws ClientGone {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.write(bytes, 0, bytes.length);
    }

    /// Goes on when all have come.
    static void meet(CyclicBarrier together) {
        try {
            together.await();
        } catch (InterruptedException | BrokenBarrierException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void handle(InboundRequest request, ClientResponse response) {
        requests.add(request);
        try {
            answer.give(request, response);
        } catch (ClientGone gone) {
            hooks.add("gone");
        }
    }

    @Override
    public void prime() {
        hooks.add("prime");
    }

    @Override
    public void beforeSnapshot() {
        hooks.add("before");
    }

    @Override
    public void afterRestore() {
        hooks.add("after");
    }

    /// What was called, in order; `gone` for each answer that nobody took.
    List<String> hooks() {
        return hooks;
    }

    List<InboundRequest> requests() {
        return requests;
    }
}
