package dev.sluice.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.secrets.SecretFailure;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.secrets.FakeSecrets.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The function in this process, on a real table, with Secrets Manager and a provider on loopback.
class GatewayFunctionTest {
    private FunctionFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new FunctionFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
        assertThat(fixture.lines)
                .noneSatisfy(line -> assertThat(line)
                        .containsAnyOf(
                                FunctionFixture.FIRST,
                                FunctionFixture.OF_THE_ENVIRONMENT,
                                FunctionFixture.KEY,
                                HexFormat.of().formatHex(FunctionFixture.BITS),
                                "sk-rotated",
                                "the words of the prompt",
                                "Hello from upstream"));
    }

    @Test
    void answers_in_both_dialects_whole_and_streamed() {
        GatewayFunction function = fixture.function();
        for (boolean streamed : new boolean[] {false, true}) {
            RecordingResponse chat = FunctionFixture.chat(function, "stored/m", streamed);
            assertThat(chat.status()).as(chat.body()).isEqualTo(200);
            assertThat(chat.body()).contains("Hello from upstream");
            assertThat(chat.ended()).isTrue();
            RecordingResponse messages = FunctionFixture.messages(function, "stored/m", streamed);
            assertThat(messages.status()).as(messages.body()).isEqualTo(200);
            assertThat(messages.body())
                    .contains("Hello from upstream", streamed ? "message_stop" : "\"type\":\"message\"");
        }
        assertThat(fixture.provider.authorizations()).hasSize(4).containsOnly("Bearer " + FunctionFixture.FIRST);
        assertThat(fixture.secrets.asked()).containsExactly("key", "creds");
    }

    @Test
    void a_credential_of_the_environment_is_used() {
        GatewayFunction function = fixture.function();
        assertThat(FunctionFixture.chat(function, "variable/m", false).status()).isEqualTo(200);
        assertThat(fixture.provider.authorizations()).containsExactly("Bearer " + FunctionFixture.OF_THE_ENVIRONMENT);
    }

    @Test
    void each_call_is_one_line_of_json() {
        GatewayFunction function = fixture.function();
        FunctionFixture.chat(function, "stored/m", true);
        FunctionFixture.messages(function, "stored/no\nsuch", false);
        assertThat(fixture.lines).hasSize(2).noneMatch(line -> line.contains("\n"));
        Json.Obj first = Objects.requireNonNull(JsonText.objectOrNull(fixture.lines.getFirst()));
        assertThat(first.text("caller")).isEqualTo("tool");
        assertThat(first.text("target")).isEqualTo("stored/m");
        assertThat(first.text("outcome")).isEqualTo("ok");
    }

    @Test
    void only_keys_of_the_table_open_it() {
        GatewayFunction function = fixture.function();
        for (String path : List.of("/v1/chat/completions", "/v1/messages")) {
            RecordingResponse refused = FunctionFixture.send(function, "slc_another", path, "{}");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.body()).contains("not known to this gateway");
        }
        assertThat(fixture.provider.authorizations()).isEmpty();
    }

    @Test
    void rotated_credentials_are_used_five_minutes_later() {
        GatewayFunction function = fixture.function();
        FunctionFixture.chat(function, "stored/m", false);
        fixture.credential("sk-rotated");
        FunctionFixture.chat(function, "stored/m", false);
        fixture.time.advance(Duration.ofMinutes(5));
        FunctionFixture.chat(function, "stored/m", false);
        assertThat(fixture.provider.authorizations())
                .containsExactly(
                        "Bearer " + FunctionFixture.FIRST, "Bearer " + FunctionFixture.FIRST, "Bearer sk-rotated");
    }

    @Test
    void a_restore_forgets_credentials_and_what_was_seen_of_the_table() {
        GatewayFunction function = fixture.function();
        FunctionFixture.chat(function, "stored/m", false);
        function.beforeSnapshot();
        fixture.credential("sk-rotated");
        fixture.configure(1, "n");
        function.afterRestore(); // no time has passed, as far as the clock knows
        RecordingResponse gone = FunctionFixture.chat(function, "stored/m", false);
        assertThat(gone.status()).as(gone.body()).isEqualTo(404);
        RecordingResponse there = FunctionFixture.chat(function, "stored/n", false);
        assertThat(there.status()).as(there.body()).isEqualTo(200);
        assertThat(fixture.provider.authorizations()).last().isEqualTo("Bearer sk-rotated");
        assertThat(fixture.secrets.asked()).containsExactly("key", "creds", "creds");
    }

    @Test
    void a_snapshot_holds_no_credential_and_no_socket_and_priming_writes_nothing() throws InterruptedException {
        fixture.environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        GatewayFunction function = fixture.function();
        function.prime();
        assertThat(fixture.secrets.asked()).containsExactly("key");
        assertThat(fixture.store.limits().read("provider#demo")).isEqualTo(new Reply.Done(StateItem.EMPTY));
        FunctionFixture.chat(function, "stored/m", false);
        function.beforeSnapshot();
        fixture.provider.awaitClosed();
        assertThatThrownBy(() -> FunctionFixture.chat(function, "stored/m", false))
                .isInstanceOf(IllegalStateException.class);
        function.afterRestore();
        assertThat(FunctionFixture.chat(function, "stored/m", false).status()).isEqualTo(200);
    }

    @Test
    void priming_needs_nobody_and_says_nothing() {
        fixture.environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        fixture.environment.put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1");
        GatewayFunction function = fixture.function();
        function.prime();
        assertThat(fixture.provider.authorizations()).isEmpty();
        assertThat(fixture.lines).isEmpty();
    }

    @Test
    void copies_of_one_snapshot_share_no_id_and_draw_nothing_from_before_it() {
        Set<String> ids = new HashSet<>();
        int calls = 0;
        for (int copy = 1; copy <= 3; copy++) {
            Retiring before = new Retiring(0); // the same in each: it is in the snapshot
            Retiring after = new Retiring(copy);
            List<RandomGenerator> lives = new ArrayList<>(List.of(before, after));
            GatewayFunction function = fixture.function(lives::removeFirst);
            FunctionFixture.chat(function, "stored/m", false);
            function.beforeSnapshot();
            before.retired = true;
            function.afterRestore();
            fixture.lines.clear();
            RecordingResponse chat = FunctionFixture.chat(function, "stored/m", false);
            assertThat(chat.status()).as(chat.body()).isEqualTo(200);
            FunctionFixture.messages(function, "stored/m", true);
            for (String line : fixture.lines) {
                ids.add(Objects.requireNonNull(JsonText.objectOrNull(line)).text("requestId", ""));
                calls++;
            }
            assertThat(lives).isEmpty();
        }
        assertThat(ids).hasSize(calls).hasSize(6);
    }

    @Test
    void fresh_chance_is_never_the_same() {
        Set<Long> drawn = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            drawn.add(Chance.fresh().nextLong());
        }
        assertThat(drawn).hasSize(100);
    }

    @Test
    void a_secret_store_that_is_silent_at_the_start_is_asked_again() {
        fixture.secrets.fail(Trouble.INTERNAL_ERROR, Trouble.THROTTLED);
        GatewayFunction function = fixture.function(); // two tries for its own secret
        assertThat(fixture.secrets.asked()).containsExactly("key", "key", "key", "creds");
        function.beforeSnapshot();
        fixture.secrets.fail(Trouble.THROTTLED);
        function.afterRestore();
        fixture.time.advance(Duration.ofSeconds(1));
        assertThat(FunctionFixture.chat(function, "stored/m", false).status()).isEqualTo(200);
        assertThat(fixture.lines).first().asString().contains("ThrottlingException", "\"note\"");
    }

    @Test
    void a_secret_that_is_absent_or_not_whole_fails_the_start_by_name() {
        fixture.environment.put("SLUICE_KEY_SECRET", "elsewhere");
        assertThatThrownBy(fixture::function)
                .isInstanceOf(SecretFailure.class)
                .hasMessageContaining("the gateway's secret elsewhere (SLUICE_KEY_SECRET) cannot be read: Resource");
        fixture.secrets.put("elsewhere", "0123456789abcdef");
        assertThatThrownBy(fixture::function)
                .hasMessageContaining("SLUICE_KEY_SECRET")
                .hasMessageContaining("instead of 256")
                .message()
                .doesNotContain("0123456789abcdef");
    }

    @Test
    void without_its_variables_it_says_which_are_missing() {
        assertThatThrownBy(() -> GatewayFunction.of(Map.of()))
                .isInstanceOf(SettingsFailure.class)
                .hasMessageContainingAll("SLUICE_TABLE", "SLUICE_CREDENTIALS_SECRET", "SLUICE_KEY_SECRET");
    }

    /// Chance that must not be used any more once it is retired.
    private static final class Retiring implements RandomGenerator {
        private final SplittableRandom random;
        private volatile boolean retired;

        Retiring(long seed) {
            this.random = new SplittableRandom(seed);
        }

        @Override
        public synchronized long nextLong() {
            if (retired) {
                throw new IllegalStateException("chance from before the snapshot");
            }
            return random.nextLong();
        }
    }
}
