package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static dev.sluice.testkit.ScriptedUpstream.broken;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.config.RateLimitConfig.Window;
import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Ledger.Admission;
import dev.sluice.core.ports.Ledger.Cooldown;
import dev.sluice.core.ports.Ledger.Passage;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.ports.Ledger.Reserve;
import dev.sluice.core.ports.Ledger.Settlement;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.core.ports.Upstream.Answer;
import dev.sluice.core.ports.Upstream.Breakage;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Failure.Scope;
import dev.sluice.model.Headers;
import dev.sluice.model.Usage;
import dev.sluice.testkit.FakeLimitStore;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.ScriptedUpstream.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Every attempt is admitted before it and settled after it, once, whatever becomes of it.
class LedgerUseTest {
    private static final String SINGLE = MESSAGES_REQUEST.replace("coding", "single");

    /// As `TWO_ACCOUNTS`, where the first account has a bucket of tokens and its model answers at most 1,000.
    static final String WITH_TOKENS = GatewayFixture.TWO_ACCOUNTS
            .replaceFirst(
                    "\"credential\": \"one\",",
                    "\"credential\": \"one\", \"rateLimits\": [{\"id\": \"day\", \"name\": \"Day\", \"models\": [\"all\"],"
                            + " \"tokens\": 100000, \"requests\": 50, \"window\": {\"unit\": \"day\", \"size\": 1}}],")
            .replaceFirst("\"contextWindow\": 200000", "\"contextWindow\": 200000, \"maxOutputTokens\": 1000");

    private final GatewayFixture g = new GatewayFixture(WITH_TOKENS);

    private static final Word ILL = new Word.Ill(true, null);

    private static Settlement used(@Nullable Usage usage, Word word) {
        return new Settlement(true, usage, word);
    }

    private static final Usage ZERO = Usage.of(0, 0);

    private List<Settlement> settlements() {
        return g.ledger.entries().stream()
                .map(RecordingLedger.Entry::settlement)
                .toList();
    }

    private static Usage messagesUsage() {
        return Usage.of(5, 2);
    }

    @Test
    void an_answer_is_settled_with_what_its_provider_reported() {
        g.upstream.always(json(200, MESSAGES_ANSWER));

        g.messages(SINGLE);

        assertThat(g.ledger.steps()).containsExactly("admit one/m", "settle one/m");
        assertThat(settlements()).containsExactly(used(messagesUsage(), Word.WELL));
    }

    @Test
    void each_repeat_is_admitted_and_only_the_last_attempt_tells_of_the_targets_health() {
        g.upstream.always(json(500, error("api_error", "oops")));

        g.messages(SINGLE);

        assertThat(settlements()).containsExactly(used(ZERO, Word.NOTHING), used(ZERO, Word.NOTHING), used(ZERO, ILL));
        assertThat(g.ledger.entries().stream().mapToLong(RecordingLedger.Entry::tokens))
                .containsOnly(0L);
    }

    @Test
    void a_repeat_that_works_says_that_the_target_is_well() {
        g.upstream.then(broken(Breakage.STALE)).then(json(200, MESSAGES_ANSWER));

        g.messages(SINGLE);

        assertThat(settlements()).containsExactly(used(ZERO, Word.NOTHING), used(messagesUsage(), Word.WELL));
    }

    @Test
    void a_repeat_that_is_denied_is_not_made_and_the_failure_so_far_stands() {
        g.upstream.always(json(500, error("api_error", "oops")));
        g.ledger.grant(1).refuse(quota(Duration.ofHours(1)));

        RecordingResponse client = g.messages(SINGLE);

        assertThat(client.status()).isEqualTo(500);
        assertThat(client.header("x-sluice-attempts")).isEqualTo("one/m:500/temporary_error");
        assertThat(client.header("x-sluice-skipped")).isEqualTo("one/m:quota-exhausted");
        assertThat(g.upstream.calls()).hasSize(1);
        assertThat(settlements()).containsExactly(used(ZERO, ILL));
    }

    private Admission.Denied quota(Duration away) {
        return new Admission.Denied(
                "quota-exhausted", new Recovery(g.time.now().plus(away), false, Category.RATE_LIMITED), false);
    }

    @ParameterizedTest
    @EnumSource(
            value = Breakage.class,
            names = {"CONNECT", "CONNECT_TIMEOUT", "PRIVATE_ADDRESS"})
    void what_never_reached_the_provider_is_returned(Breakage breakage) {
        g.upstream.always(broken(breakage));

        g.messages(SINGLE);

        assertThat(settlements()).isNotEmpty().allMatch(settlement -> !settlement.reached());
    }

    @ParameterizedTest
    @EnumSource(
            value = Breakage.class,
            mode = Mode.EXCLUDE,
            names = {"CONNECT", "CONNECT_TIMEOUT", "PRIVATE_ADDRESS", "STALE"})
    void of_what_left_and_was_never_answered_nobody_knows_what_was_used(Breakage breakage) {
        g.upstream.always(broken(breakage));

        g.messages(SINGLE);

        assertThat(settlements())
                .isNotEmpty()
                .allMatch(settlement -> settlement.reached() && settlement.usage() == null);
    }

    @Test
    void without_a_credential_nothing_leaves_and_the_provider_cools_down() {
        GatewayFixture bare = new GatewayFixture(WITH_TOKENS.replaceFirst("\"credential\": \"one\",", ""));
        bare.upstream.always(json(200, MESSAGES_ANSWER));

        RecordingResponse client = bare.messages(MESSAGES_REQUEST);

        assertThat(client.header("x-sluice-model")).isEqualTo("two/m");
        Cooldown cooldown = new Cooldown(Duration.ofSeconds(45), Scope.PROVIDER, false, Category.CONFIGURATION_ERROR);
        assertThat(bare.ledger.entries().getFirst().settlement())
                .isEqualTo(Settlement.returned(new Word.Ill(false, cooldown)));
    }

    @Test
    void what_a_target_cannot_carry_is_returned() {
        GatewayFixture strict =
                new GatewayFixture(WITH_TOKENS.replaceFirst("\"version\": 1,", "\"version\": 1, \"strict\": true,"));
        String twoChoices = CHAT_REQUEST.replace("coding", "two/m").replaceFirst("\\{", "{\"n\":2,");
        strict.upstream.always(json(200, MESSAGES_ANSWER));

        RecordingResponse client = strict.chat(twoChoices);

        assertThat(client.status()).isEqualTo(400);
        assertThat(strict.upstream.calls()).isEmpty();
        assertThat(strict.ledger.last().settlement()).isEqualTo(Settlement.returned(Word.NOTHING));
    }

    @Test
    void an_answer_without_usage_keeps_what_was_reserved() {
        g.upstream.always(g.upstream.stream(CHAT_FIRST, CHAT_CONTENT, CHAT_FINISH, CHAT_DONE));

        g.chat(CHAT_STREAM_REQUEST.replace("coding", "single"));

        assertThat(settlements()).containsExactly(used(null, Word.WELL));
    }

    @Test
    void a_stream_that_breaks_off_is_told_once_with_what_it_had_reported() {
        g.upstream.always(
                g.upstream.stream(List.of(new Step.Send(MESSAGE_START + BLOCK_START + BLOCK_DELTA), new Step.Reset())));

        g.messages(MESSAGES_STREAM_REQUEST.replace("coding", "single"));

        assertThat(settlements()).hasSize(1);
        assertThat(settlements().getFirst().usage()).isEqualTo(Usage.of(5, 1));
        assertThat(settlements().getFirst().word()).isEqualTo(ILL);
    }

    @Test
    void a_client_that_leaves_says_nothing_of_the_provider() {
        g.upstream.always(g.upstream.stream(List.of(
                new Step.Send(CHAT_FIRST + CHAT_CONTENT),
                new Step.Silence(Duration.ofSeconds(1)),
                new Step.Send(CHAT_CONTENT),
                new Step.Silence(Duration.ofSeconds(1)),
                new Step.Send(CHAT_FINISH + CHAT_DONE))));
        RecordingResponse client = new RecordingResponse(1);
        g.gateway.handle(
                GatewayFixture.request(
                        "POST",
                        "/v1/chat/completions",
                        CHAT_STREAM_REQUEST.replace("coding", "single"),
                        "authorization",
                        "Bearer " + GatewayFixture.KEY),
                client);

        assertThat(g.log.getLast().outcome()).isEqualTo("client-gone");
        assertThat(settlements()).containsExactly(used(null, Word.NOTHING));
    }

    @Test
    void a_client_that_leaves_while_a_repeat_is_waited_for_does_not_hide_the_failure() {
        GatewayFixture slow = new GatewayFixture(WITH_TOKENS.replaceFirst(
                "\"version\": 1,",
                "\"version\": 1, \"timeouts\": {\"keepAliveMs\": 50}, \"retries\": {\"baseDelayMs\": 3000},"));
        slow.upstream.always(json(500, error("api_error", "oops")));
        RecordingResponse client = new RecordingResponse(0);
        slow.gateway.handle(
                GatewayFixture.request(
                        "POST",
                        "/v1/messages",
                        MESSAGES_STREAM_REQUEST.replace("coding", "single"),
                        "x-api-key",
                        GatewayFixture.KEY),
                client);

        assertThat(slow.log.getLast().outcome()).isEqualTo("client-gone");
        assertThat(slow.upstream.calls()).hasSize(1);
        assertThat(slow.ledger.last().settlement()).isEqualTo(used(ZERO, ILL));
    }

    @Test
    void a_defect_in_mid_attempt_is_settled_too() {
        g.upstream.always(new Answer.Streaming(200, Headers.NONE, new DefectiveStream()));

        assertThat(g.messages(SINGLE).status()).isEqualTo(502);
        assertThat(settlements()).containsExactly(used(null, Word.NOTHING));
    }

    private static final class DefectiveStream implements ByteStream {
        @Override
        public Read read(Duration wait) {
            throw new IllegalStateException("a defect");
        }

        @Override
        public void close() {}
    }

    @Test
    void the_probes_repeats_pass_its_own_breaker() {
        g.upstream.always(broken(Breakage.RESET));
        g.messages(SINGLE);
        g.messages(SINGLE);
        g.time.advance(Duration.ofSeconds(31));
        g.ledger.forget();
        g.upstream.clear().then(broken(Breakage.RESET)).then(json(200, MESSAGES_ANSWER));

        assertThat(g.messages(SINGLE).status()).isEqualTo(200);
        assertThat(g.ledger.entries().stream().map(entry -> entry.ask.passage()))
                .containsExactly(Passage.CHECKED, Passage.OVERRIDDEN);
        assertThat(settlements()).containsExactly(used(null, Word.NOTHING), used(messagesUsage(), Word.WELL));
        g.upstream.always(json(200, MESSAGES_ANSWER));
        assertThat(g.messages(SINGLE).header("x-sluice-skipped")).isEmpty();
    }

    @Test
    void reserves_the_prompt_by_estimate_and_no_more_than_the_model_answers() {
        g.upstream.always(json(200, MESSAGES_ANSWER));
        g.messages(SINGLE);
        g.messages(SINGLE.replace("\"max_tokens\":100", "\"max_tokens\":900000"));
        g.messages(SINGLE.replace("single", "two/m"));
        g.upstream.always(json(200, CHAT_ANSWER));
        g.chat(CHAT_REQUEST.replace("coding", "single"));

        assertThat(g.ledger.entries().stream().map(entry -> entry.reserve))
                .containsExactly(
                        new Reserve(SINGLE.length() / 5, 100),
                        new Reserve((SINGLE.length() + 3) / 5, 1000),
                        new Reserve(0, 0),
                        new Reserve(CHAT_REQUEST.length() / 5, 1000));
        assertThat(g.ledger.entries().getFirst().ask.lifetime()).isEqualTo(Duration.ofSeconds(895));
    }

    @Test
    void an_unknown_model_is_taken_to_answer_4096_tokens() {
        g.upstream.always(json(200, CHAT_ANSWER));

        g.chat(CHAT_REQUEST.replace("coding", "one/unheard-of"));

        assertThat(g.ledger.last().reserve.output()).isEqualTo(4096);
    }

    private static RateLimitConfig limit(@Nullable Long requests, @Nullable Long tokens) {
        return new RateLimitConfig(
                "own", "Own", List.of("all"), requests, tokens, null, new Window(Unit.MINUTE, 1), BigDecimal.ZERO);
    }

    private void limited(@Nullable Long requests, @Nullable Long tokens) {
        g.limitCaller(limit(requests, tokens));
    }

    @Test
    void a_caller_with_limits_is_admitted_once_and_pays_for_all_its_attempts() {
        limited(10L, 100_000L);
        g.upstream
                .then(json(500, error("api_error", "oops")))
                .then(g.upstream.stream(MESSAGE_START, OVERLOADED_EVENT))
                .always(json(200, MESSAGES_ANSWER));

        g.messages(MESSAGES_STREAM_REQUEST);

        assertThat(g.ledger.steps().getFirst()).isEqualTo("admit caller");
        assertThat(g.ledger.steps().getLast()).isEqualTo("settle caller");
        assertThat(g.ledger.steps().stream().filter("admit caller"::equals)).hasSize(1);
        assertThat(g.ledger.entries().getFirst().settlement()).isEqualTo(used(Usage.of(10, 3), Word.NOTHING));
    }

    @Test
    void a_caller_whose_request_reached_nobody_gets_it_back() {
        limited(1L, null);
        g.upstream.always(broken(Breakage.CONNECT));
        g.messages(SINGLE);

        assertThat(g.ledger.entries().getFirst().settlement()).isEqualTo(Settlement.returned(Word.NOTHING));
        g.upstream.always(json(200, MESSAGES_ANSWER));
        assertThat(g.messages(SINGLE).status()).isEqualTo(200);
    }

    @Test
    void a_caller_over_its_own_limit_is_told_when_to_come_back() {
        limited(1L, null);
        g.upstream.always(json(200, MESSAGES_ANSWER));
        g.messages(SINGLE);

        RecordingResponse messages = g.messages(SINGLE);
        RecordingResponse chat = g.chat(CHAT_REQUEST);

        assertThat(messages.status()).isEqualTo(429);
        assertThat(messages.body()).contains("rate_limit_error", "request limit of this key");
        assertThat(chat.status()).isEqualTo(429);
        assertThat(chat.body()).contains("rate_limit_exceeded");
        assertThat(Long.parseLong(chat.header("retry-after"))).isBetween(1L, 60L);
        assertThat(g.upstream.calls()).hasSize(1);
    }

    @Test
    void the_ledger_is_asked_once_before_the_first_byte_leaves_and_by_nobody_else() {
        g.upstream.always(json(200, MESSAGES_ANSWER));
        g.messages(MESSAGES_REQUEST);
        limited(10L, null);
        g.messages(MESSAGES_REQUEST);

        assertThat(g.ledger.steps())
                .containsExactly(
                        "admit one/m", "settle one/m", "admit caller", "admit one/m", "settle one/m", "settle caller");
    }

    @Test
    void limits_that_one_process_alone_decided_on_are_told() {
        g.upstream.always(json(200, MESSAGES_ANSWER));
        g.messages(SINGLE);
        g.limits.fail(FakeLimitStore.Fault.UNREACHED);
        g.registry.silent(true);
        g.time.advance(Duration.ofSeconds(6));

        assertThat(g.messages(SINGLE).header("x-sluice-state")).isEqualTo("stale-config, local-limits");
        assertThat(g.log.getLast().state()).containsExactly("stale-config", "local-limits");
    }

    @Test
    void a_front_that_cannot_wait_for_long_shortens_the_call() {
        g.upstream.always(json(200, MESSAGES_ANSWER));
        InboundRequest any = GatewayFixture.request("POST", "/v1/messages", SINGLE, "x-api-key", GatewayFixture.KEY);
        for (Duration remaining : List.of(Duration.ofSeconds(7), Duration.ofHours(9))) {
            g.gateway.handle(
                    new InboundRequest(
                            any.method(),
                            any.path(),
                            any.query(),
                            any.headers(),
                            any.body(),
                            null,
                            any.clientAddress(),
                            remaining),
                    new RecordingResponse());
        }

        assertThat(g.upstream.calls().stream().map(call -> call.total()))
                .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(895));
    }

    @Test
    void the_pace_of_targets_is_measured_so_that_the_fastest_is_asked() {
        GatewayFixture racing = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS.replace(
                "\"coding\": {\"strategy\": \"ordered\"", "\"coding\": {\"strategy\": \"latency\""));
        for (String ref : List.of("one/m", "two/m")) {
            Duration delay = Duration.ofMillis(ref.equals("one/m") ? 900 : 300);
            racing.upstream.then(delay, json(200, MESSAGES_ANSWER));
            racing.messages(MESSAGES_REQUEST.replace("coding", ref));
        }
        racing.upstream.always(json(200, MESSAGES_ANSWER));

        assertThat(racing.messages(MESSAGES_REQUEST).header("x-sluice-model")).isEqualTo("two/m");
    }
}
