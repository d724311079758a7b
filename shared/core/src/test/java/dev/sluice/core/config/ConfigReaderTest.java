package dev.sluice.core.config;

import static dev.sluice.core.config.Documents.document;
import static dev.sluice.core.config.Documents.errors;
import static dev.sluice.core.config.Documents.good;
import static dev.sluice.core.config.Documents.model;
import static dev.sluice.core.config.Documents.provider;
import static dev.sluice.core.config.Documents.quoted;
import static dev.sluice.core.config.Documents.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.core.config.AliasConfig.WeightedRef;
import dev.sluice.core.config.ConfigReading.ConfigError;
import dev.sluice.model.Capabilities;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.model.Policies;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigReaderTest {
    @Test
    void reads_every_part_of_the_sample() {
        ConfigSnapshot read = good(sample()).snapshot();

        assertThat(read.version()).isEqualTo(7);
        assertThat(read.defaultModel()).isEqualTo("coding");
        ProviderConfig provider = read.provider("openrouter").orElseThrow();
        assertThat(provider.name()).isEqualTo("OpenRouter");
        assertThat(provider.endpoints())
                .containsExactly(
                        Map.entry(Dialect.OPENAI_CHAT, URI.create("https://openrouter.ai/api/v1")),
                        Map.entry(Dialect.ANTHROPIC, URI.create("https://openrouter.ai/api")));
        assertThat(provider.credential()).isEqualTo(new CredentialRef.Stored("openrouter"));
        assertThat(provider.auth()).isEqualTo(new AuthScheme.Bearer());
        assertThat(provider.headers()).isEqualTo(Headers.of("x-title", "sluice"));
        assertThat(provider.wildcard()).isTrue();
        assertThat(provider.rateLimits())
                .containsExactly(new RateLimitConfig(
                        "month",
                        "Monthly cap",
                        List.of("all"),
                        20_000L,
                        null,
                        null,
                        new RateLimitConfig.Window(RateLimitConfig.Unit.MONTH, 1),
                        BigDecimal.ZERO));
        assertThat(read.aliases().get("coding").targets())
                .containsExactly(
                        new WeightedRef("openrouter/claude-opus-4.8", 2), new WeightedRef("openrouter/gpt-4o", 1));
        assertThat(read.policies())
                .isEqualTo(new PolicySwitches(Policies.Loss.REJECT, Policies.Loss.DROP, true, true, false, false));
    }

    @Test
    void reads_the_models_of_the_sample() {
        List<ModelConfig> models =
                good(sample()).snapshot().providers().getFirst().models();

        assertThat(models).hasSize(2);
        assertThat(models.getFirst()).isEqualTo(ModelConfig.passedThrough("gpt-4o"));
        ModelConfig opus = models.getLast();
        assertThat(opus.aliases()).containsExactly("opus");
        assertThat(opus.dialects()).containsExactly(Dialect.ANTHROPIC);
        assertThat(opus.contextWindow()).isEqualTo(1_000_000);
        assertThat(opus.price())
                .isEqualTo(new ModelConfig.Price(
                        new BigDecimal("5.00"),
                        new BigDecimal("25.00"),
                        new BigDecimal("0.50"),
                        new BigDecimal("6.25"),
                        new BigDecimal("10.00")));
        assertThat(opus.capabilities().maxOutputTokens()).isEqualTo(64_000);
        assertThat(opus.capabilities().maxTokensParam()).isEqualTo("max_tokens");
        assertThat(opus.fallbackModels()).containsExactly("openrouter/gpt-4o");
    }

    @Test
    void the_rules_of_the_sample_are_the_defaults() {
        ConfigSnapshot sample = good(sample()).snapshot();
        ConfigSnapshot bare = good(document("")).snapshot();

        for (ConfigSnapshot read : List.of(sample, bare)) {
            assertThat(read.timeouts()).isEqualTo(Timeouts.DEFAULT);
            assertThat(read.retries()).isEqualTo(RetryRules.DEFAULT);
            assertThat(read.cooldowns()).isEqualTo(CooldownRules.DEFAULT);
            assertThat(read.breaker()).isEqualTo(BreakerRules.DEFAULT);
            assertThat(read.loopBreaker()).isEqualTo(LoopBreakerRules.DEFAULT);
            assertThat(read.maxRequestBytes()).isEqualTo(6_291_456);
            assertThat(read.allowPolicyFallback()).isFalse();
            assertThat(read.policies().over(Policies.DEFAULT)).isEqualTo(Policies.DEFAULT);
        }
    }

    @Test
    void the_smallest_document_is_the_empty_configuration() {
        assertThat(ConfigReader.read("{\"version\":1}".getBytes(StandardCharsets.UTF_8), 0))
                .isEqualTo(new ConfigReading.Good(ConfigSnapshot.empty(), List.of()));
        assertThat(ConfigSnapshot.empty().isEmpty()).isTrue();
    }

    @Test
    void reads_every_rule_that_is_given() {
        ConfigSnapshot read = good(document(
                        "'timeouts':{'connectMs':1,'firstByteMs':2,'idleMs':3,'totalMs':4,'keepAliveMs':50},"
                                + "'retries':{'attempts':1,'baseDelayMs':2,'maxDelayMs':3,'budgetPercent':4},"
                                + "'cooldowns':{'rateLimitedMs':1,'billingMs':2,'authMs':3,'forbiddenMs':4,'policyMs':5,"
                                + "'notFoundMs':6,'unknownPathMs':7,'configurationMs':8,'maxRetryAfterMs':9},"
                                + "'breaker':{'failures':5,'openMs':6},'loopBreaker':{'repeats':0,'windowMs':8},"
                                + "'limits':{'maxRequestBytes':2048},'allowPolicyFallback':true,'strict':true,"
                                + "'access':{'allowedIps':['10.0.0.0/8','2001:db8::1'],'corsOrigins':['https://a.example:8443']}"))
                .snapshot();

        assertThat(read.timeouts()).isEqualTo(new Timeouts(millis(1), millis(2), millis(3), millis(4), millis(50)));
        assertThat(read.retries()).isEqualTo(new RetryRules(1, millis(2), millis(3), 4));
        assertThat(read.cooldowns())
                .isEqualTo(new CooldownRules(
                        millis(1), millis(2), millis(3), millis(4), millis(5), millis(6), millis(7), millis(8),
                        millis(9)));
        assertThat(read.breaker()).isEqualTo(new BreakerRules(5, millis(6)));
        assertThat(read.loopBreaker()).isEqualTo(new LoopBreakerRules(0, millis(8)));
        assertThat(read.maxRequestBytes()).isEqualTo(2048);
        assertThat(read.allowPolicyFallback()).isTrue();
        assertThat(read.policies().strict()).isTrue();
        assertThat(read.access())
                .isEqualTo(new ConfigSnapshot.AccessRules(
                        List.of("10.0.0.0/8", "2001:db8::1"), List.of("https://a.example:8443")));
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void reads_every_way_to_send_a_secret() {
        assertThat(auth("{'type':'x-api-key'}")).isEqualTo(new AuthScheme.ApiKeyHeader());
        assertThat(auth("{'type':'header','headerName':'X-Token','prefix':'Token '}"))
                .isEqualTo(new AuthScheme.Header("x-token", "Token "));
        assertThat(auth("{'type':'header','headerName':'authorization','prefix':'Bearer '}"))
                .isEqualTo(new AuthScheme.Header("authorization", "Bearer "));
        assertThat(auth("{'type':'query','name':'key'}")).isEqualTo(new AuthScheme.Query("key"));
        assertThat(auth("{'type':'sigv4','region':'eu-west-1'}"))
                .isEqualTo(new AuthScheme.SigV4("eu-west-1", "bedrock"));
        assertThat(auth("{'type':'google-service-account'}"))
                .isEqualTo(new AuthScheme.GoogleServiceAccount("https://www.googleapis.com/auth/cloud-platform"));
        assertThat(auth("{'type':'google-service-account','scope':'https://a.example/x https://a.example/y'}"))
                .isEqualTo(new AuthScheme.GoogleServiceAccount("https://a.example/x https://a.example/y"));
        assertThat(auth("{'type':'none'}")).isEqualTo(new AuthScheme.None());
        assertThat(auth("null")).isNull();
    }

    private static AuthScheme auth(String auth) {
        return good(provider("'auth':" + auth))
                .snapshot()
                .providers()
                .getFirst()
                .auth();
    }

    @Test
    void reads_a_credential_from_the_environment() {
        ConfigSnapshot read = good(provider("'credential':{'env':'MY_KEY'}")).snapshot();

        assertThat(read.providers().getFirst().credential()).isEqualTo(new CredentialRef.Environment("MY_KEY"));
    }

    @Test
    void puts_the_models_limit_among_its_capabilities() {
        Capabilities read = good(model("'maxOutputTokens':5,'quirks':['think_tags'],'capabilities':{'vision':false}"))
                .snapshot()
                .providers()
                .getFirst()
                .models()
                .getFirst()
                .capabilities();

        assertThat(read.maxOutputTokens()).isEqualTo(5);
        assertThat(read.vision()).isFalse();
        assertThat(read.quirks()).containsExactly(Capabilities.Quirk.THINK_TAGS);
    }

    @Test
    void a_quirk_without_effect_is_named() {
        assertThat(good(model("'quirks':['think_tags']")).notYetInForce())
                .singleElement()
                .asString()
                .contains("models[0].quirks[0]", "think tags");
        assertThat(good(model("'quirks':['developer_role']")).notYetInForce()).isEmpty();
    }

    @Test
    void an_alias_without_a_strategy_has_the_recommended_one() {
        ConfigReading.Good read = good(Documents.aliases("'a':{'targets':[{'ref':'m'}]}"));

        assertThat(read.snapshot().aliases().get("a").strategy()).isEqualTo(Strategy.AUTO);
        assertThat(read.notYetInForce()).isEmpty();
    }

    @Test
    void names_the_one_strategy_that_waits_for_prices() {
        assertThat(good(Documents.aliases("'a':{'strategy':'cost','targets':[{'ref':'m'}]}"))
                        .notYetInForce())
                .singleElement()
                .asString()
                .startsWith("`modelAliases.a.strategy`: `cost` is not in force");
    }

    @Test
    void the_whole_sample_is_in_force() {
        assertThat(good(sample()).notYetInForce()).isEmpty();
    }

    @Test
    void every_dialect_is_spoken_to_providers() {
        for (String dialect : ProviderReading.dialectIds()) {
            assertThat(good(document("'providers':[{'id':'p','endpoints':{'" + dialect
                                    + "':'https://a.example'},'auth':{'type':'bearer'},'models':['*']}]"))
                            .notYetInForce())
                    .as(dialect)
                    .isEmpty();
        }
    }

    @Test
    void names_dollars_that_are_not_in_force() {
        String document =
                document("'providers':[{'id':'p','endpoints':{'gemini':'https://a.example'},'auth':{'type':'sigv4'},"
                        + "'rateLimits':[{'id':'r','models':['all'],'usd':'5','window':{'unit':'day'}}],'models':['*']}],"
                        + "'policies':{'fetchRemoteMedia':true}");

        assertThat(good(document).notYetInForce())
                .extracting(sentence -> sentence.substring(1, sentence.indexOf('`', 1)))
                .containsExactly("providers[0].rateLimits[0].usd");
    }

    @Test
    void what_is_in_force_is_not_named() throws IOException {
        Path samples = Documents.publishedSamples();

        assertThat(good(Files.readString(samples.resolve("two-accounts.jsonc"))).notYetInForce())
                .isEmpty();
    }

    @Test
    void the_document_is_compact_with_its_keys_as_written() {
        String document = good(quoted(
                        "\uFEFF{ // first\n 'strict' : false, /* then\n */ 'version':1," + " 'defaultModel': null }"))
                .snapshot()
                .document();

        assertThat(document).isEqualTo(quoted("{'strict':false,'version':1,'defaultModel':null}"));
    }

    @Test
    void what_looks_like_a_comment_in_a_string_is_none() {
        ConfigSnapshot read = good(provider(
                        "'headers':{'x-a':'/* // \\\\'},'name':'\\\\\\'//'".replace("\\\\\\'", "\\\\\\\"")))
                .snapshot();

        assertThat(read.providers().getFirst().headers().first("x-a")).hasValue("/* // \\");
        assertThat(read.providers().getFirst().name()).isEqualTo("\\\"//");
    }

    static Stream<Path> published_samples() throws IOException {
        try (Stream<Path> files = Files.list(Documents.publishedSamples())) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("published_samples")
    void accepts_each_published_sample(Path sample) throws IOException {
        assertThat(good(Files.readString(sample)).snapshot().isEmpty()).isFalse();
    }

    static Stream<String> good_documents() {
        return Stream.of(
                sample(),
                document(""),
                document("'defaultModel':'demo/demo'"),
                provider("'models':['m',{'id':'n','fallbackModels':['p/m','demo/demo']}],'credential':{'env':'K'}"),
                Documents.aliases("'m':{'strategy':'ordered','targets':[{'ref':'m'},{'ref':'demo/demo'}]}"));
    }

    @ParameterizedTest
    @MethodSource("good_documents")
    void its_own_document_reads_as_the_same_snapshot(String document) {
        ConfigReading.Good first = good(document);

        assertThat(good(first.snapshot().document())).isEqualTo(first);
    }

    @Test
    void a_document_with_twenty_errors_has_all_twenty_named() {
        String document = document("'providers':[{'id':'P','endpoints':{'anthropic':'ftp://x'},'enabled':1,'modles':[],"
                + "'priority':-1,'headers':{'host':'x'},'credential':7,'auth':{'type':'basic'},"
                + "'models':[{'id':'m','contextWindow':0,'price':{'input':5},'capabilities':{'visoin':true,'stop':3},"
                + "'quirks':['no'],'fallbackModels':['q/x']}]}],"
                + "'timeouts':{'idleMs':0},'retries':{'attempts':99},'strict':'yes','defaultModel':'nope',"
                + "'access':{'allowedIps':['home']},'limits':[]");

        assertThat(errors(document)).hasSize(20).extracting(ConfigError::path).doesNotHaveDuplicates();
    }

    @Test
    void so_many_errors_that_nobody_reads_them_are_counted() {
        String document = "[" + "{},".repeat(2000).substring(0, 2000 * 3 - 1) + "]";

        List<ConfigError> errors = errors(quoted("{'version':1,'providers':" + document + "}"));

        assertThat(errors).hasSize(1001);
        assertThat(errors.getLast().found()).isEqualTo("3000 more errors");
    }

    @Test
    void plain_http_and_private_hosts_are_accepted_when_allowed() {
        String endpoint = "'endpoints':{'anthropic':'http://192.168.1.7:8080/v1/'},'allowPrivateNetwork':true";

        assertThat(good(document("'providers':[{'id':'a'," + endpoint + "}]"))
                        .snapshot()
                        .providers()
                        .getFirst()
                        .endpoints())
                .containsEntry(Dialect.ANTHROPIC, URI.create("http://192.168.1.7:8080/v1/"));
    }

    @Test
    void at_most_32_caps_are_accepted() {
        String bucket = "'models':['all'],'requests':1,'tokens':1,'window':{'unit':'day'}}";
        StringBuilder limits = new StringBuilder("{'id':'r0'," + bucket);
        for (int i = 1; i < 16; i++) {
            limits.append(",{'id':'r").append(i).append("',").append(bucket);
        }

        assertThat(good(provider("'rateLimits':[" + limits + "]"))
                        .snapshot()
                        .providers()
                        .getFirst()
                        .rateLimits())
                .hasSize(16);
        assertThat(errors(provider("'rateLimits':[" + limits + ",{'id':'x'," + bucket + "]")))
                .containsExactly(new ConfigError(
                        "providers[0].rateLimits",
                        "34 caps",
                        "at most 32 caps: requests, tokens and usd each count one"));
    }

    @Test
    void very_many_unknown_refs_are_refused_in_time() {
        StringBuilder models = new StringBuilder("'m'");
        StringBuilder refs = new StringBuilder("'r'");
        for (int i = 0; i < 5_000; i++) {
            models.append(",'model-number-").append(i).append("'");
            refs.append(",'model-numbre-").append(i).append("'");
        }

        assertThat(errors(provider("'models':[" + models + ",{'id':'x','fallbackModels':[" + refs + "]}]")))
                .hasSize(1001);
    }
}
