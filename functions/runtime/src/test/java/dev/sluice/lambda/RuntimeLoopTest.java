package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lambda.ScriptedRuntimeApi.Request;
import dev.sluice.model.Headers;
import dev.sluice.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class RuntimeLoopTest {
    private static final int EVENTS = 50;

    @Test
    void four_workers_answer_fifty_events_without_mixing_a_byte() throws Exception {
        try (ScriptedRuntimeApi service = new ScriptedRuntimeApi()) {
            for (int i = 0; i < EVENTS; i++) {
                service.invoking("id-" + i, Events.post(content(i)));
            }
            CyclicBarrier together = new CyclicBarrier(4);
            Set<Integer> met = ConcurrentHashMap.newKeySet();
            FakeFunction function = new FakeFunction((request, response) -> {
                int number = Integer.parseInt(new String(request.body(), 0, 2, StandardCharsets.UTF_8).strip());
                if (number < 4) {
                    FakeFunction.meet(together);
                    met.add(number);
                }
                response.start(200, Headers.NONE, -1);
                for (int at = 0; at < request.body().length; at += 100) {
                    response.write(request.body(), at, Math.min(request.body().length, at + 100));
                }
                response.end();
            });
            int code = new RuntimeLoop(function, new VirtualTime(), service::client).run(4, _ -> {
                throw new AssertionError("the trace is one property of the process");
            });
            List<Request> answers = service.await("response", EVENTS);
            assertThat(code).isEqualTo(RuntimeLoop.LOST);
            assertThat(met).containsExactly(0, 1, 2, 3);
            assertThat(service.connections()).isEqualTo(4);
            Set<String> ids = new TreeSet<>();
            for (Request answer : answers) {
                String id = answer.path()
                        .substring(
                                answer.path().indexOf("id-") + 3, answer.path().lastIndexOf('/'));
                ids.add(id);
                assertThat(answer.content()).isEqualTo(content(Integer.parseInt(id)));
            }
            assertThat(ids).hasSize(EVENTS);
        }
    }

    private static String content(int number) {
        return String.format(Locale.ROOT, "%2d ", number).repeat(500 + number);
    }
}
