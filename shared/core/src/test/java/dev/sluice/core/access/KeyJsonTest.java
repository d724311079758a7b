package dev.sluice.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.config.RateLimitConfig.Window;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyJsonTest {
    private static final Instant CREATED = Instant.parse("2026-11-20T08:00:00.123456789Z");
    private static final KeyRecord FULL = new KeyRecord(
            "00ff",
            "laptop",
            Caller.Kind.CLIENT,
            false,
            CREATED,
            Instant.parse("2027-01-01T00:00:00Z"),
            Set.of("one/m", "coding"),
            List.of(
                    new RateLimitConfig(
                            "daily",
                            "Every day",
                            List.of("all"),
                            1000L,
                            2_000_000L,
                            new BigDecimal("12.50"),
                            new Window(Unit.DAY, 1),
                            new BigDecimal("0.05")),
                    limit(Unit.SECOND)));

    private static RateLimitConfig limit(Unit unit) {
        return new RateLimitConfig(
                "burst", "burst", List.of("one/m", "two/m"), 5L, null, null, new Window(unit, 10), BigDecimal.ZERO);
    }

    private static KeyRecord plain() {
        return new KeyRecord("00ff", "laptop", Caller.Kind.MASTER, true, CREATED, null, Set.of(), List.of());
    }

    private static Json.Obj parse(String text) {
        Json.Obj object = JsonText.objectOrNull(text);
        assertThat(object).isNotNull();
        return object;
    }

    @Test
    void has_one_stored_form() {
        assertThat(JsonText.print(KeyJson.encode(FULL)))
                .isEqualTo("{\"hash\":\"00ff\",\"name\":\"laptop\",\"kind\":\"client\",\"revoked\":false,"
                        + "\"created\":\"2026-11-20T08:00:00.123456789Z\",\"expires\":\"2027-01-01T00:00:00Z\","
                        + "\"allowedModels\":[\"coding\",\"one/m\"],\"rateLimits\":["
                        + "{\"id\":\"daily\",\"name\":\"Every day\",\"models\":[\"all\"],\"requests\":1000,"
                        + "\"tokens\":2000000,\"usd\":\"12.50\",\"window\":{\"unit\":\"day\",\"size\":1},"
                        + "\"safetyMargin\":0.05},"
                        + "{\"id\":\"burst\",\"name\":\"burst\",\"models\":[\"one/m\",\"two/m\"],\"requests\":5,"
                        + "\"window\":{\"unit\":\"second\",\"size\":10},\"safetyMargin\":0}]}");
    }

    @Test
    void comes_back_as_it_went() {
        assertThat(KeyJson.decode(parse(JsonText.print(KeyJson.encode(FULL))))).contains(FULL);
        assertThat(KeyJson.decode(KeyJson.encode(plain()))).contains(plain());
    }

    @ParameterizedTest
    @EnumSource
    void comes_back_with_a_window_of_any_unit(Unit unit) {
        KeyRecord key = new KeyRecord(
                "00ff", "laptop", Caller.Kind.CLIENT, false, CREATED, null, Set.of(), List.of(limit(unit)));
        assertThat(KeyJson.decode(KeyJson.encode(key))).contains(key);
    }

    @Test
    void fields_of_later_versions_are_left_alone() {
        assertThat(KeyJson.decode(KeyJson.encode(FULL).with("colour", Json.of("green"))))
                .contains(FULL);
        assertThat(KeyJson.decode(KeyJson.encode(plain()).with("expires", Json.NULL)))
                .contains(plain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "name", "kind", "revoked", "created", "allowedModels", "rateLimits"})
    void a_record_that_lacks_a_field_is_none(String field) {
        assertThat(KeyJson.decode(KeyJson.encode(FULL).without(field))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hash          | 5",
                "hash          | \"\"",
                "name          | null",
                "name          | \"\"",
                "kind          | \"anonymous\"",
                "kind          | \"owner\"",
                "revoked       | \"false\"",
                "revoked       | 0",
                "revoked       | null",
                "created       | 1700000000",
                "created       | \"yesterday\"",
                "expires       | \"\"",
                "expires       | \"2027-01-01\"",
                "expires       | 1800000000",
                "expires       | false",
                "allowedModels | null",
                "allowedModels | \"one/m\"",
                "allowedModels | {}",
                "allowedModels | [5]",
                "allowedModels | [\"\"]",
                "rateLimits    | null",
                "rateLimits    | {}",
                "rateLimits    | [5]",
                "rateLimits    | [{}]",
            })
    void a_record_with_a_field_of_a_wrong_type_is_none(String field, String value) {
        Json wrong = parse("{\"x\":" + value + "}").field("x");
        assertThat(KeyJson.decode(KeyJson.encode(FULL).with(field, wrong == null ? Json.NULL : wrong)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"requests\":0,\"window\":{\"unit\":\"day\",\"size\":1}",
                "\"requests\":-1,\"window\":{\"unit\":\"day\",\"size\":1}",
                "\"requests\":1.5,\"window\":{\"unit\":\"day\",\"size\":1}",
                "\"requests\":\"5\",\"window\":{\"unit\":\"day\",\"size\":1}",
                "\"requests\":5,\"window\":{\"unit\":\"day\",\"size\":0}",
                "\"requests\":5,\"window\":{\"unit\":\"fortnight\",\"size\":1}",
                "\"requests\":5",
                "\"window\":{\"unit\":\"day\",\"size\":1}",
                "\"requests\":5,\"window\":{\"unit\":\"day\",\"size\":1},\"safetyMargin\":2",
                "\"requests\":5,\"window\":{\"unit\":\"day\",\"size\":1},\"surprise\":1"
            })
    void a_record_with_a_limit_that_the_configuration_would_refuse_is_none(String fields) {
        Json limits = Json.Arr.of(parse("{\"id\":\"a\",\"models\":[\"all\"]," + fields + "}"));
        assertThat(KeyJson.decode(KeyJson.encode(FULL).with("rateLimits", limits)))
                .isEmpty();
    }

    @Test
    void more_than_32_caps_are_refused() {
        Json one = parse("{\"x\":{\"models\":[\"all\"],\"requests\":5,\"window\":{\"unit\":\"day\",\"size\":1}}}")
                .object("x");
        assertThat(KeyJson.decode(KeyJson.encode(FULL).with("rateLimits", many(one, 32))))
                .isPresent();
        assertThat(KeyJson.decode(KeyJson.encode(FULL).with("rateLimits", many(one, 33))))
                .isEmpty();
    }

    private static Json many(Json one, int count) {
        Json[] limits = IntStream.range(0, count)
                .mapToObj(i -> ((Json.Obj) one).with("id", Json.of("limit-" + i)))
                .toArray(Json[]::new);
        return Json.array(Arrays.asList(limits));
    }
}
