package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.gateway.FailureTable.Body;
import dev.sluice.core.gateway.FailureTable.Reach;
import dev.sluice.core.gateway.FailureTable.Row;
import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.ports.Ledger.Standing;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.core.ports.Upstream.Answer;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.RecordingResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a provider answers, by status, body and headers: the row of the table says what happens next, and the client
/// gets one whole answer in its own dialect.
class FailureLawsTest {
    /// Those that some row speaks of, their neighbours, and a few that no row speaks of.
    private static final Set<Integer> WHOLLY =
            Set.of(302, 400, 401, 402, 403, 404, 408, 409, 410, 413, 422, 424, 429, 499, 500, 502, 503, 504, 529, 599);

    private static final String CONFIG = """
            {"version": 1, "allowPolicyFallback": POLICY,
             "providers": [
               {"id": "one", "endpoints": {ONE}, "credential": "one", "models": ["*", {"id": "m", "contextWindow": 200000}],
                "rateLimits": [{"id": "day", "name": "Day", "models": ["all"], "requests": 1000, "tokens": 1000000,
                                "window": {"unit": "day", "size": 1}}]},
               {"id": "two", "endpoints": {TWO}, "credential": "two",
                "models": [{"id": "m", "contextWindow": WINDOW}]}],
             "modelAliases": {"coding": {"strategy": "ordered", "targets": [{"ref": "one/m"}, {"ref": "two/m"}]},
                              "single": {"strategy": "ordered", "targets": [{"ref": "one/m"}]}}}
            """;

    /// What a provider says of the time to come back, and how that is read.
    private enum Wait {
        ABSENT(null, null),
        ZERO("0", Duration.ZERO),
        SHORT("2", Duration.ofSeconds(2)),
        DATE("", Duration.ofMinutes(1)),
        LONG("100000", Duration.ofSeconds(100_000)),
        HUGE("99999999999999999999", null),
        GARBAGE("7d", null);

        private final @Nullable String text;
        final @Nullable Duration asked;

        Wait(@Nullable String text, @Nullable Duration asked) {
            this.text = text;
            this.asked = asked;
        }

        Headers header(Instant now) {
            if (this == DATE) {
                return Headers.of(
                        "retry-after",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                now.plus(Duration.ofMinutes(1)).atOffset(ZoneOffset.UTC)));
            }
            return text == null ? Headers.NONE : Headers.of("retry-after", text);
        }
    }

    /// Who speaks to whom about what.
    private record Case(
            int status,
            Body body,
            Wait named,
            @Nullable Boolean shouldRetry,
            boolean isChat,
            boolean chatUpstream,
            boolean alone,
            boolean policyFallback,
            boolean largerWindow) {
        Row row() {
            return FailureTable.row(status, body.topic);
        }

        boolean isForbidden() {
            return Boolean.FALSE.equals(shouldRetry);
        }

        boolean isRelayed() {
            return isChat == chatUpstream && status >= 400 && body.isObject() && row() != Row.AUTH;
        }

        boolean asksTheNext() {
            return !alone
                    && switch (row()) {
                        case INVALID -> false;
                        case POLICY -> policyFallback;
                        case WINDOW -> largerWindow;
                        default -> true;
                    };
        }

        /// At the first target, before the next one or a wait for its cooldown.
        int attempts() {
            boolean fits = named.asked == null || named.asked.compareTo(Duration.ofSeconds(3)) <= 0;
            if (isForbidden() || !fits) {
                return 1;
            }
            return row() == Row.TEMPORARY ? 3 : row() == Row.OVERLOADED ? 2 : 1;
        }

        /// A lone target that names a time of at most five seconds is waited for, as long as the retry budget lasts.
        int attemptsAlone() {
            boolean isWaitedFor = row().isNamed(named.asked) && named == Wait.SHORT && !isForbidden();
            return isWaitedFor ? 4 : attempts();
        }

        GatewayFixture gateway() {
            String base = chatUpstream ? "\"openai-chat\": \"https://HOST/v1\"" : "\"anthropic\": \"https://HOST\"";
            return new GatewayFixture(CONFIG.replace("POLICY", Boolean.toString(policyFallback))
                    .replace("ONE", base.replace("HOST", "one.test"))
                    .replace("TWO", base.replace("HOST", "two.test"))
                    .replace("WINDOW", largerWindow ? "1000000" : "200000"));
        }
    }

    @ParameterizedTest
    @EnumSource(Body.class)
    void every_failure_follows_its_row(Body body) {
        for (Case one : cases(body)) {
            try {
                check(one);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError(one + " -> " + one.row(), broken);
            }
        }
    }

    /// Every status, of those that no row speaks of every fourth with one body; of those that some row speaks of every time
    /// to come back, with and without a word on repeating. Who speaks to whom goes round.
    private static List<Case> cases(Body body) {
        List<Case> cases = new ArrayList<>();
        int turn = body.text.length();
        for (int status = 300; status < 600; status++) {
            for (Wait wait : Wait.values()) {
                boolean isTaken = WHOLLY.contains(status) || (status + turn) % 28 == 0;
                int way = spread(turn++);
                if (isTaken) {
                    cases.add(one(status, body, wait, way));
                }
            }
        }
        return cases;
    }

    private static Case one(int status, Body body, Wait wait, int way) {
        Boolean shouldRetry = (way & 32) == 0 ? null : Boolean.valueOf((way & 64) == 0);
        return new Case(
                status,
                body,
                wait,
                shouldRetry,
                (way & 1) == 0,
                (way & 2) == 0,
                (way & 4) == 0,
                (way & 8) == 0,
                (way & 16) == 0);
    }

    private static int spread(int turn) {
        return (turn * 0x9E3779B9) >>> 25;
    }

    private static void check(Case one) {
        GatewayFixture g = one.gateway();
        Headers headers = Headers.of("content-type", one.body == Body.HTML ? "text/html" : "application/json")
                .and(one.named.header(g.time.now()));
        if (one.shouldRetry != null) {
            headers = headers.with("x-should-retry", one.shouldRetry.toString());
        }
        g.upstream
                .at(
                        "one.test",
                        new Answer.Complete(one.status, headers, one.body.text.getBytes(StandardCharsets.UTF_8)))
                .at("two.test", json(200, one.chatUpstream ? CHAT_ANSWER : MESSAGES_ANSWER));
        String model = one.alone ? "single" : "coding";

        RecordingResponse client = one.isChat
                ? g.chat(CHAT_REQUEST.replace("coding", model))
                : g.messages(MESSAGES_REQUEST.replace("coding", model));

        asked(one, g, client);
        answered(one, client);
        booked(one, g);
    }

    private static void asked(Case one, GatewayFixture g, RecordingResponse client) {
        long first = calls(g, "one.test");
        assertThat(first).as("attempts").isEqualTo(one.alone ? one.attemptsAlone() : one.attempts());
        assertThat(calls(g, "two.test")).as("the next target").isEqualTo(one.asksTheNext() ? 1 : 0);
        assertThat(client.header("x-sluice-attempts")).startsWith("one/m:" + one.status + "/" + one.row().category);
    }

    private static long calls(GatewayFixture g, String host) {
        return g.upstream.calls().stream()
                .filter(call -> host.equals(call.uri().getHost()))
                .count();
    }

    private static void answered(Case one, RecordingResponse client) {
        assertThat(client.ended() && !client.aborted()).as("one whole answer").isTrue();
        if (one.asksTheNext()) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(client.body()).contains("hello");
            assertThat(client.headers().has("retry-after")).isFalse();
            return;
        }
        int told = one.isRelayed() ? one.status : FailureTable.told(one.row(), one.status, one.isChat);
        assertThat(client.status()).isEqualTo(told);
        if (one.isRelayed()) {
            assertThat(client.body()).isEqualTo(one.body.text);
        } else {
            inTheDialect(one.isChat, client.body());
        }
        advised(one, client);
    }

    private static void inTheDialect(boolean isChat, String body) {
        Json.Obj error = JsonText.objectOrNull(body);
        assertThat(error).as(body).isNotNull();
        Json.Obj inner = error.object("error");
        assertThat(inner).as(body).isNotNull();
        assertThat(inner.text("message")).isNotEmpty();
        assertThat(inner.text("type")).isNotEmpty();
        assertThat(error.text("type")).isEqualTo(isChat ? null : "error");
    }

    private static void advised(Case one, RecordingResponse client) {
        boolean isFinal = one.row() == Row.BILLING || one.row() == Row.AUTH || one.isForbidden();
        if (isFinal) {
            assertThat(client.header("x-should-retry")).isEqualTo("false");
        }
        Duration asked = one.named.asked;
        boolean isTimed = client.status() == 429 || client.status() == 503;
        if (isFinal || !one.row().passes() || asked == null && !isTimed) {
            assertThat(client.headers().has("retry-after"))
                    .as("a time to come back")
                    .isFalse();
        } else if (asked == null) {
            assertThat(Long.parseLong(client.header("retry-after"))).isPositive();
        } else {
            assertThat(client.header("retry-after")).isEqualTo(Long.toString(Math.max(1, asked.toSeconds())));
        }
    }

    private static void booked(Case one, GatewayFixture g) {
        List<RecordingLedger.Entry> first = g.ledger.entries().stream()
                .filter(entry -> entry.who.equals("one/m"))
                .toList();
        assertThat(first).hasSize((int) calls(g, "one.test"));
        assertThat(first).allMatch(entry -> entry.settlement().reached() && entry.tokens() == 0);
        g.ledger.entries().forEach(RecordingLedger.Entry::settlement);
        ConfigSnapshot config =
                GatewayFixture.read(g.registry.head().orElseThrow().document());
        Standing model = g.ledger.standing(config, config.provider("one").orElseThrow(), "m");
        assertThat(model.fills().stream().map(Fill::used)).containsExactly((long) first.size(), 0L);
        assertThat(model.failures()).as("failures").isEqualTo(one.row().opensBreaker() ? 1 : 0);
        long words = first.stream()
                .filter(entry -> entry.settlement().word() instanceof Word.Ill ill && ill.opensBreaker())
                .count();
        assertThat(words).isEqualTo(one.row().opensBreaker() ? 1 : 0);
        Standing other = g.ledger.standing(config, config.provider("one").orElseThrow(), "other");
        cooled(one, g.time.now(), model.recovery());
        if (one.row().reach == Reach.PROVIDER) {
            cooled(one, g.time.now(), other.recovery());
        } else {
            assertThat(other.recovery()).isNull();
        }
    }

    private static void cooled(Case one, Instant now, @Nullable Recovery recovery) {
        Duration cooldown = one.row().cooldown(one.named.asked);
        if (cooldown == null) {
            assertThat(recovery).as("cooldown").isNull();
            return;
        }
        assertThat(recovery).as("cooldown").isNotNull();
        assertThat(recovery.at()).isEqualTo(now.plus(cooldown).truncatedTo(ChronoUnit.MILLIS));
        assertThat(recovery.named()).isEqualTo(one.row().isNamed(one.named.asked));
        assertThat(recovery.category().id()).isEqualTo(one.row().category);
    }
}
