package dev.sluice.core.config;

import static dev.sluice.core.config.Documents.document;
import static dev.sluice.core.config.Documents.good;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.CapabilityNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigSchemaTest {
    static final Json.Obj SCHEMA = JsonText.objectOrNull(ConfigSchema.text());

    record Level(String place, Json.Obj schema, Set<String> known) {}

    static Stream<Level> levels() {
        return Stream.of(
                new Level("the top", SCHEMA, Set.copyOf(ConfigFields.ROOT)),
                new Level("provider", definition("provider"), Set.copyOf(ConfigFields.PROVIDER)),
                new Level("credential", credential(), Set.copyOf(ConfigFields.CREDENTIAL)),
                new Level("plain auth", auth(0), Set.copyOf(ConfigFields.AUTH_PLAIN)),
                new Level("header auth", auth(1), Set.copyOf(ConfigFields.AUTH_HEADER)),
                new Level("query auth", auth(2), Set.copyOf(ConfigFields.AUTH_QUERY)),
                new Level("signed auth", auth(3), Set.copyOf(ConfigFields.AUTH_SIGV4)),
                new Level("Google's auth", auth(4), Set.copyOf(ConfigFields.AUTH_GOOGLE)),
                new Level("model", definition("model"), Set.copyOf(ConfigFields.MODEL)),
                new Level("price", definition("price"), Set.copyOf(ConfigFields.PRICE)),
                new Level("capabilities", definition("capabilities"), CapabilityNames.names()),
                new Level("rate limit", definition("rateLimit"), Set.copyOf(ConfigFields.RATE_LIMIT)),
                new Level(
                        "window",
                        definition("rateLimit").object("properties").object("window"),
                        Set.copyOf(ConfigFields.WINDOW)),
                new Level("alias", definition("alias"), Set.copyOf(ConfigFields.ALIAS)),
                new Level("target", definition("target"), Set.copyOf(ConfigFields.TARGET)),
                new Level("policies", definition("policies"), Set.copyOf(ConfigFields.POLICIES)),
                new Level("access", top("access"), Set.copyOf(ConfigFields.ACCESS)),
                new Level("timeouts", top("timeouts"), Set.copyOf(ConfigFields.TIMEOUTS)),
                new Level("retries", top("retries"), Set.copyOf(ConfigFields.RETRIES)),
                new Level("cooldowns", top("cooldowns"), Set.copyOf(ConfigFields.COOLDOWNS)),
                new Level("breaker", top("breaker"), Set.copyOf(ConfigFields.BREAKER)),
                new Level("loop breaker", top("loopBreaker"), Set.copyOf(ConfigFields.LOOP_BREAKER)),
                new Level("limits", top("limits"), Set.copyOf(ConfigFields.LIMITS)));
    }

    private static Json.Obj definition(String name) {
        return SCHEMA.object("$defs").object(name);
    }

    private static Json.Obj top(String name) {
        return SCHEMA.object("properties").object(name);
    }

    private static Json.Obj auth(int index) {
        return (Json.Obj) definition("auth").items("anyOf").get(index);
    }

    private static Json.Obj credential() {
        Json.Obj credential = definition("provider").object("properties").object("credential");
        return (Json.Obj) credential.items("anyOf").get(1);
    }

    @ParameterizedTest
    @MethodSource("levels")
    void schema_and_reader_know_the_same_fields_and_each_is_described(Level level) {
        Json.Obj properties = level.schema().object("properties");

        assertThat(properties.fields().keySet()).containsExactlyInAnyOrderElementsOf(level.known());
        assertThat(level.schema().field("additionalProperties")).isEqualTo(Json.FALSE);
        assertThat(level.known())
                .allSatisfy(
                        name -> assertThat(description(properties.object(name))).isNotBlank());
    }

    private static String description(Json.Obj property) {
        String reference = property.text("$ref");
        Json.Obj described = reference == null ? property : definition(reference.substring("#/$defs/".length()));
        return described.text("description", "");
    }

    @Test
    void every_object_of_the_schema_is_among_the_levels() {
        long closed = ConfigSchema.text()
                .lines()
                .filter(line -> line.contains("\"additionalProperties\": false"))
                .count();

        assertThat(levels().count()).isEqualTo(closed);
    }

    /// Every whole number of the rules: its ends are accepted, what is beyond them is not, and the default is the reader's.
    @ParameterizedTest
    @MethodSource("rules")
    void schema_and_reader_have_the_same_ranges(String group) {
        top(group).object("properties").fields().forEach((name, property) -> {
            Json.Obj range = (Json.Obj) property;
            if (!"integer".equals(range.text("type"))) {
                return;
            }
            assertThat(accepts(group, name, range.whole("minimum"))).isTrue();
            assertThat(accepts(group, name, range.whole("maximum"))).isTrue();
            assertThat(accepts(group, name, range.whole("minimum") - 1)).isFalse();
            assertThat(accepts(group, name, range.whole("maximum") + 1)).isFalse();
        });
    }

    static Stream<String> rules() {
        return Stream.of("timeouts", "retries", "cooldowns", "breaker", "loopBreaker", "limits");
    }

    private static boolean accepts(String group, String name, long value) {
        String path = group + "." + name;
        return switch (Documents.read(document("'" + group + "':{'" + name + "':" + value + "}"))) {
            case ConfigReading.Good _ -> true;
            // base and longest delay also depend on each other
            case ConfigReading.Refused(var errors) ->
                errors.stream()
                        .noneMatch(error ->
                                error.path().equals(path) && error.expected().startsWith("a whole"));
        };
    }

    @Test
    void the_defaults_of_the_schema_are_the_readers() {
        Map<String, Json> defaults = new TreeMap<>();
        for (String group : rules().toList()) {
            Json.Builder values = Json.object();
            top(group)
                    .object("properties")
                    .fields()
                    .forEach((name, property) -> values.put(name, ((Json.Obj) property).field("default")));
            defaults.put(group, values.build());
        }
        defaults.put("version", Json.of(1));

        ConfigSnapshot read = good(JsonText.print(new Json.Obj(defaults))).snapshot();

        ConfigSnapshot empty = ConfigSnapshot.empty();
        assertThat(List.of(read.timeouts(), read.retries(), read.cooldowns(), read.breaker(), read.loopBreaker()))
                .isEqualTo(List.of(
                        empty.timeouts(), empty.retries(), empty.cooldowns(), empty.breaker(), empty.loopBreaker()));
        assertThat(read.maxRequestBytes()).isEqualTo(empty.maxRequestBytes());
    }

    @Test
    void schema_and_reader_have_the_same_words() {
        assertThat(words(definition("dialect"))).isEqualTo(ProviderReading.dialectIds());
        assertThat(words((Json.Obj) definition("model")
                        .object("properties")
                        .object("quirks")
                        .field("items")))
                .isEqualTo(ModelReading.quirkIds());
        assertThat(words(definition("alias").object("properties").object("strategy")))
                .isEqualTo(Stream.of(AliasConfig.Strategy.values())
                        .map(AliasConfig.Strategy::id)
                        .toList());
    }

    private static List<String> words(Json.Obj schema) {
        return schema.items("enum").stream()
                .map(word -> ((Json.Str) word).value())
                .toList();
    }

    static Stream<String> good_documents() throws IOException {
        List<String> documents =
                new ArrayList<>(ConfigReaderTest.good_documents().toList());
        for (Path sample : ConfigReaderTest.published_samples().toList()) {
            documents.add(Files.readString(sample));
        }
        return documents.stream();
    }

    @ParameterizedTest
    @MethodSource("good_documents")
    void what_the_reader_accepts_is_valid(String document) {
        Json.Obj read = JsonText.objectOrNull(good(document).snapshot().document());

        assertThat(SchemaCheck.problems(SCHEMA, read)).isEmpty();
    }

    @Test
    void what_is_wrong_in_itself_is_invalid() {
        for (String fields : List.of("'strict':1", "'zzz':1", "'timeouts':{'idleMs':0}", "'providers':[{'id':'a'}]")) {
            assertThat(SchemaCheck.problems(SCHEMA, JsonText.objectOrNull(document(fields))))
                    .as(fields)
                    .isNotEmpty();
        }
    }
}
