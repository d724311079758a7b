package dev.sluice.bench.startup;

import dev.sluice.cli.lambda.LocalLambda;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.function.GatewayFunction;
import dev.sluice.model.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// From the last byte of the provider to the last byte at the client: through the engine, and through the same gateway in
/// this process, in turns.
final class Tail {
    private static final int WARM_UP = 100;
    private static final int ROUNDS = 200;

    private final Account account;
    private final List<Double> engine = new ArrayList<>();
    private final List<Double> inProcess = new ArrayList<>();

    Tail(Account account) {
        this.account = account;
    }

    /// In milliseconds, unsorted.
    record Times(List<Double> engine, List<Double> inProcess) {}

    /// On the JVM's own flags: what is compared are ways, not compilers.
    Times measure(Variant variant) throws IOException, InterruptedException {
        Start.measure(account, variant, "0,1", (lambda, _) -> rounds(lambda));
        return new Times(engine, inProcess);
    }

    private void rounds(LocalLambda lambda) throws IOException {
        Map<String, String> environment = new HashMap<>(account.variables());
        environment.putAll(
                Map.of("AWS_REGION", "us-east-1", "AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"));
        GatewayFunction function = GatewayFunction.of(environment);
        try {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                long seen = Http.stream(lambda.address(), Account.KEY, () -> {}).lastByte();
                double throughEngine = sinceTheProvider(seen);
                double here = sinceTheProvider(inProcess(function));
                if (round >= 0) {
                    engine.add(throughEngine);
                    inProcess.add(here);
                }
            }
        } finally {
            function.beforeSnapshot(); // closes what it has open
        }
    }

    private double sinceTheProvider(long nanos) {
        return (nanos - account.provider().lastByte()) / 1e6;
    }

    private static long inProcess(GatewayFunction function) {
        byte[] body = "{\"model\":\"tls/m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
                .getBytes(StandardCharsets.US_ASCII);
        Headers headers = Headers.of("content-type", "application/json", "authorization", "Bearer " + Account.KEY);
        Ended response = new Ended();
        function.handle(
                new InboundRequest("POST", "/v1/chat/completions", "", headers, body, null, "127.0.0.1"), response);
        if (response.at == 0 || response.status != 200) {
            throw new IllegalStateException("answered with " + response.status);
        }
        return response.at;
    }

    /// Notes when an answer was complete.
    private static final class Ended implements ClientResponse {
        private int status;
        private long at;

        @Override
        public void start(int code, Headers headers, long length) {
            status = code;
        }

        @Override
        public void write(byte[] bytes, int from, int to) {
            // only its end counts
        }

        @Override
        public void end() {
            at = System.nanoTime();
        }

        @Override
        public void abort() {
            // noticed by its missing end
        }
    }
}
