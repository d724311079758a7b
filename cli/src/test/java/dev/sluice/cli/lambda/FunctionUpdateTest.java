package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.SystemTime;
import dev.sluice.cli.front.RawClient;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.model.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FunctionUpdateTest {
    private final BlockingQueue<EngineEvent.Ended> ended = new LinkedBlockingQueue<>();
    private LocalLambda lambda;

    @BeforeEach
    void start() throws IOException {
        EngineOptions options = EngineOptions.of(Engine.PATIENT, new SystemTime(), new Random(7))
                .withEvents(event -> {
                    if (event instanceof EngineEvent.Ended end) {
                        ended.add(end);
                    }
                });
        lambda = LocalLambda.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                function("first"),
                options,
                url -> (request, response) -> url.handle(marked(request), response));
    }

    @AfterEach
    void close() {
        lambda.close();
    }

    private static FunctionSettings function(String version) {
        List<String> command = List.of(
                Engine.java(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                "target/test-classes",
                StreamingRuntime.class.getName());
        return new FunctionSettings(
                "tested",
                command,
                Path.of("").toAbsolutePath(),
                "unused",
                Map.of("VERSION", version, "AWS_ACCESS_KEY_ID", "given", "AWS_SECRET_ACCESS_KEY", "given"),
                512,
                Duration.ofSeconds(30),
                InitType.ON_DEMAND,
                InvokeMode.RESPONSE_STREAM);
    }

    private static InboundRequest marked(InboundRequest request) {
        return new InboundRequest(
                request.method(),
                request.path().replace("/front", ""),
                request.query(),
                request.headers(),
                request.body(),
                request.problem(),
                request.clientAddress());
    }

    private String environment() throws IOException {
        try (RawClient client = new RawClient(lambda.address())) {
            return client.exchange(Engine.request("/front/environment")).body();
        }
    }

    @Test
    void an_environment_that_waits_is_replaced() throws Exception {
        assertThat(environment()).contains("VERSION=first");
        lambda.update(function("second"));
        assertThat(ended.take().reason()).isEqualTo("the function was updated");
        assertThat(environment()).contains("VERSION=second");
        assertThat(ended).isEmpty();
    }

    @Test
    void an_environment_at_work_goes_on_but_takes_nothing_new() throws Exception {
        try (RawClient client = new RawClient(lambda.address())) {
            client.send(Engine.request("/half"));
            assertThat(client.response(true).status()).isEqualTo(200);
            lambda.update(function("second"));
            assertThat(environment()).contains("VERSION=second");
            assertThat(ended).isEmpty();
        }
    }

    @Test
    void credentials_of_its_own_take_the_place_of_the_engines() throws Exception {
        assertThat(environment()).contains("AWS_ACCESS_KEY_ID=given").doesNotContain("AWS_SESSION_TOKEN");
    }

    @Test
    void streams_the_answer_to_an_event() throws Exception {
        Collected answer = new Collected();
        lambda.invoke(
                "{\"rawPath\":\"/pieces\",\"rawQueryString\":\"1*2*ok\"}".getBytes(StandardCharsets.UTF_8), answer);
        assertThat(answer.log).isEqualTo("200 whole");
        assertThat(answer.body.toString(StandardCharsets.UTF_8)).isEqualTo("ok");
        Collected large = new Collected();
        lambda.invoke(new byte[EngineLimits.DEFAULT.payload() + 1], large);
        assertThat(large.log).isEqualTo("413 whole");
    }

    private static final class Collected implements ClientResponse {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private String log = "";

        @Override
        public void start(int status, Headers headers, long length) {
            log += status;
        }

        @Override
        public void write(byte[] bytes, int from, int to) {
            body.write(bytes, from, to - from);
        }

        @Override
        public void end() {
            log += " whole";
        }

        @Override
        public void abort() {
            log += " broken";
        }
    }
}
