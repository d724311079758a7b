package dev.sluice.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.ports.LimitStore.Position;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.core.ports.Registry.Reading;
import dev.sluice.testkit.http.NobodyThere;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A table that does not answer as it should: values, never exceptions, and nothing is sent twice.
class SilentStoreTest {
    private static final AdmitStep STEP = new AdmitStep(
            "provider#p", null, List.of(), null, List.of(), List.of(), Instant.parse("2026-11-21T12:00:00Z"));

    private final List<String> notes = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "400, com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException, false, 0",
        "400, com.amazon.coral.availability#ThrottlingException, false, 0",
        "400, com.amazonaws.dynamodb.v20120810#RequestLimitExceeded, false, 0",
        "400, com.amazonaws.dynamodb.v20120810#ResourceNotFoundException, false, 1",
        "400, com.amazon.coral.service#AccessDeniedException, false, 1",
        "400, com.amazon.coral.service#UnrecognizedClientException, false, 1",
        "400, com.amazonaws.dynamodb.v20120810#TransactionConflictException, false, 0",
        "500, com.amazonaws.dynamodb.v20120810#InternalServerError, true, 0",
        "503, com.amazonaws.dynamodb.v20120810#ServiceUnavailable, true, 0",
    })
    void an_error_tells_whether_the_step_may_have_been_done(int status, String type, boolean perhaps, int noted)
            throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(answer(status, "{\"__type\":\"" + type + "\"}"));
                DynamoStore store = open(server.uri(""))) {
            assertThat(store.limits().admit(STEP)).isEqualTo(new Reply.Silent(perhaps));
            assertThat(store.limits().admit(STEP)).isEqualTo(new Reply.Silent(perhaps));
            assertThat(store.limits().advance("a")).isEqualTo(new Position.Silent());
            assertThat(store.registry().read(Set.of("aa"))).isEqualTo(new Reading.Silent());
            assertThat(server.requests()).hasSize(4);
            assertThat(notes).hasSize(noted);
        }
    }

    @Test
    void the_same_trouble_is_told_once_until_a_call_succeeds() throws IOException {
        String absent = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"}";
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
                    for (int id = 0; id < 5; id++) {
                        peer.readRequest();
                        String answer = id == 2 ? answer(200, "{}") : answer(400, absent);
                        peer.send(answer.replace("\r\n\r\n", "\r\nx-amzn-RequestId: " + id + "\r\n\r\n"));
                    }
                });
                DynamoStore store = open(server.uri(""))) {
            for (int i = 0; i < 5; i++) {
                store.limits().read("provider#p");
            }
            assertThat(notes).hasSize(2);
        }
    }

    @Test
    void an_answer_that_is_no_json_is_a_silence() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(answer(200, "<html>"));
                DynamoStore store = open(server.uri(""))) {
            assertThat(store.limits().admit(STEP)).isEqualTo(new Reply.Silent(true));
            assertThat(store.limits().read("provider#p")).isInstanceOf(Reply.Silent.class);
        }
    }

    @Test
    void where_nobody_listens_nothing_was_done() {
        try (NobodyThere nobody = new NobodyThere();
                DynamoStore store = open(nobody.uri())) {
            assertThat(store.limits().admit(STEP)).isEqualTo(new Reply.Silent(false));
            assertThat(store.limits().peek("a")).isEqualTo(new Position.Silent());
            assertThat(store.table().check())
                    .isEqualTo(new DynamoTable.State.Silent("no connection: Connection refused"));
        }
    }

    @Test
    void an_owner_is_told_what_is_wrong_without_what_only_the_sdk_needs() throws IOException {
        String denied = "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"message\":\"not yours\"}";
        assertThat(check(answer(400, denied))).isEqualTo("AccessDeniedException: not yours");
        assertThat(check(answer(503, "{}"))).isEqualTo("HTTP status 503");
        assertThat(check(answer(200, "<html>"))).isEqualTo("what answers there is no DynamoDB");
        try (ScriptedServer server = ScriptedServer.playing(peer -> peer.awaitClose());
                DynamoStore store = DynamoStore.open(Tables.settings(server.uri("")), notes::add)) {
            assertThat(why(store)).isEqualTo("no answer in time");
        }
        try (DynamoStore store = open(URI.create("http://nowhere.invalid"))) {
            assertThat(why(store)).isEqualTo("there is no address for nowhere.invalid");
        }
    }

    private String check(String answer) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(answer);
                DynamoStore store = open(server.uri(""))) {
            return why(store);
        }
    }

    private static String why(DynamoStore store) {
        return store.table().check() instanceof DynamoTable.State.Silent(String why) ? why : "";
    }

    @Test
    void a_connection_lost_after_the_request_may_have_done_it_and_sends_nothing_again() throws IOException {
        String done = answer(200, "{\"Attributes\":{}}");
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
                    peer.readRequest();
                    peer.send(done);
                    peer.readRequest();
                    peer.reset();
                });
                DynamoStore store = open(server.uri(""))) {
            assertThat(store.limits().admit(STEP)).isInstanceOf(Reply.Done.class);
            assertThat(store.limits().admit(STEP)).isEqualTo(new Reply.Silent(true));
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void a_connection_closed_without_an_answer_sends_nothing_again() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(peer -> peer.readRequest());
                DynamoStore store = open(server.uri(""))) {
            assertThat(store.limits().admit(STEP)).isEqualTo(new Reply.Silent(true));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void an_answer_that_comes_too_late_may_have_been_done() throws IOException {
        boolean hasArrived = false;
        // ever more patient: a machine under load may need all of it to begin with
        for (Duration wait = Duration.ofMillis(500); !hasArrived; wait = wait.multipliedBy(2)) {
            try (ScriptedServer server = ScriptedServer.playing(peer -> {
                        peer.readRequest();
                        peer.awaitClose();
                    });
                    DynamoStore store =
                            DynamoStore.open(Tables.settings(server.uri("")).withPatience(wait), notes::add)) {
                Reply reply = store.limits().admit(STEP);
                hasArrived = !server.requests().isEmpty();
                if (hasArrived) {
                    assertThat(reply).isEqualTo(new Reply.Silent(true));
                }
                assertThat(store.registry().read(Set.of())).isEqualTo(new Reading.Silent());
            }
        }
    }

    @Test
    void an_interrupted_call_may_have_been_done_and_the_thread_stays_interrupted() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        AtomicReference<Reply> reply = new AtomicReference<>();
        AtomicReference<Boolean> isInterrupted = new AtomicReference<>();
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
                    peer.readRequest();
                    arrived.countDown();
                    peer.awaitClose();
                });
                DynamoStore store = open(server.uri(""))) {
            Thread caller = Thread.startVirtualThread(() -> {
                reply.set(store.limits().admit(STEP));
                isInterrupted.set(Thread.currentThread().isInterrupted());
            });
            arrived.await();
            caller.interrupt();
            caller.join();
            assertThat(reply.get()).isEqualTo(new Reply.Silent(true));
            assertThat(isInterrupted.get()).isTrue();
        }
    }

    @Test
    void without_credentials_nothing_is_sent_and_the_owner_is_told_once() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(answer(200, "{}"));
                DynamoStore store = DynamoStore.open(
                        TableSettings.of("sluice")
                                .withEndpoint(server.uri(""))
                                .withRegion("eu-central-1")
                                .withProfile("no-such-profile"),
                        notes::add)) {
            assertThat(store.limits().admit(STEP)).isEqualTo(new Reply.Silent(false));
            assertThat(store.limits().admit(STEP)).isEqualTo(new Reply.Silent(false));
            assertThat(server.requests()).isEmpty();
            assertThat(notes).hasSize(1);
        }
    }

    @Test
    void a_read_that_is_refused_as_wrong_is_told_once() throws IOException {
        String wrong = "{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":\"no such key\"}";
        try (ScriptedServer server = ScriptedServer.answering(answer(400, wrong));
                DynamoStore store = open(server.uri(""))) {
            for (int i = 0; i < 2; i++) {
                assertThat(store.registry().read(Set.of())).isEqualTo(new Reading.Silent());
            }
            assertThat(notes).singleElement().asString().contains("no such key");
        }
    }

    @Test
    void a_batch_that_stays_half_answered_is_a_silence() throws IOException {
        String half = "{\"Responses\":{},\"UnprocessedKeys\":{\"t\":{\"Keys\":[{\"pk\":{\"S\":\"config\"}}]}}}";
        try (ScriptedServer server = ScriptedServer.answering(answer(200, half));
                DynamoStore store = open(server.uri(""))) {
            assertThat(store.registry().read(Set.of("aa"))).isEqualTo(new Reading.Silent());
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void a_batch_answered_in_two_parts_is_known() throws IOException {
        String table = Tables.settings(URI.create("http://127.0.0.1:1")).table();
        String half = "{\"Responses\":{},\"UnprocessedKeys\":{\"" + table
                + "\":{\"Keys\":[{\"pk\":{\"S\":\"config\"},\"sk\":{\"S\":\"head\"}}]}}}";
        try (ScriptedServer server = ScriptedServer.playing(peer -> {
                    peer.readRequest();
                    peer.send(answer(200, half));
                    peer.readRequest();
                    peer.send(answer(200, "{\"Responses\":{}}"));
                });
                DynamoStore store = open(server.uri(""))) {
            assertThat(store.registry().read(Set.of("aa"))).isInstanceOf(Reading.Known.class);
            assertThat(server.requests()).hasSize(2);
        }
    }

    private DynamoStore open(URI endpoint) {
        return DynamoStore.open(Tables.settings(endpoint).withPatience(null), notes::add);
    }

    private static String answer(int status, String body) {
        return "HTTP/1.1 " + status + " X\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }
}
