package dev.sluice.core.config;

import static dev.sluice.core.config.Documents.aliases;
import static dev.sluice.core.config.Documents.document;
import static dev.sluice.core.config.Documents.model;
import static dev.sluice.core.config.Documents.provider;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ConfigReading.ConfigError;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadDocumentsTest {
    /// @param expected a part of the error's expectation
    record Bad(String document, String path, String expected) {}

    private static final String P = "providers[0]";
    private static final String M = P + ".models[0]";
    private static final String R = P + ".rateLimits[0]";

    private static Bad bad(String document, String path, String expected) {
        return new Bad(document, path, expected);
    }

    static Stream<Bad> texts() {
        return Stream.of(
                bad("", "", "a JSON object"),
                bad("[]", "", "a JSON object"),
                bad("{", "", "a JSON object"),
                bad("{\"version\":1} x", "", "a JSON object"),
                bad("{\"version\":1} /* no end", "", "a JSON object"),
                bad("{\"version\":1,\"strict\":true,\"strict\":true}", "strict", "each name once"),
                bad(provider("'auth':{'type':'none','type':'none'}"), P + ".auth.type", "each name once"),
                bad("{}", "version", "1"),
                bad("{\"version\":2}", "version", "1"),
                bad("{\"version\":\"1\"}", "version", "1"),
                bad("{\"version\":1,\"x\":\"" + "y".repeat(1 << 20) + "\"}", "", "at most 1048576 bytes"));
    }

    static Stream<Bad> tops() {
        return Stream.of(
                bad(document("'provider':[]"), "provider", "`providers`"),
                bad(document("'model-aliases':{}"), "model-aliases", "`modelAliases`"),
                bad(document("'loopbraeker':{}"), "loopbraeker", "`loopBreaker`"),
                bad(document("'zzzzzzzz':1"), "zzzzzzzz", "one of $schema, version"),
                bad(document("'a.b':1"), "[\"a.b\"]", "one of"),
                bad(document("'providers':{}"), "providers", "a list"),
                bad(document("'providers':[1]"), P, "an object"),
                bad(document("'strict':null"), "strict", "true or false"),
                bad(document("'strict':true,'policies':{'strict':false}"), "strict", "policies.strict"),
                bad(document("'policies':{'serverTools':'dorp'}"), "policies.serverTools", "the nearest is `drop`"),
                bad(document("'policies':{'unsupportedModality':1}"), "policies.unsupportedModality", "a string"),
                bad(document("'policies':[]"), "policies", "an object"),
                bad(document("'timeouts':{'idleMs':0}"), "timeouts.idleMs", "from 1 to 3600000"),
                bad(document("'timeouts':{'idle':10}"), "timeouts.idle", "`idleMs`"),
                bad(document("'timeouts':{'keepAliveMs':9.5}"), "timeouts.keepAliveMs", "from 10 to 600000"),
                bad(document("'timeouts':{'totalMs':1e99}"), "timeouts.totalMs", "from 1 to 3600000"),
                bad(document("'timeouts':{'connectMs':'10'}"), "timeouts.connectMs", "from 1 to 300000"),
                bad(document("'retries':{'attempts':0}"), "retries.attempts", "from 1 to 10"),
                bad(document("'retries':{'budgetPercent':101}"), "retries.budgetPercent", "from 0 to 100"),
                bad(document("'retries':{'baseDelayMs':5000}"), "retries.maxDelayMs", "at least baseDelayMs"),
                bad(document("'cooldowns':{'billingMs':604800001}"), "cooldowns.billingMs", "from 0 to 604800000"),
                bad(document("'breaker':{'failures':0}"), "breaker.failures", "from 1 to 1000"),
                bad(document("'loopBreaker':{'repeats':-1}"), "loopBreaker.repeats", "from 0 to 100000"),
                bad(document("'limits':{'maxRequestBytes':1}"), "limits.maxRequestBytes", "from 1024 to 104857600"),
                bad(document("'access':{'allowedIps':['10.0.0.0/33']}"), "access.allowedIps[0]", "10.0.0.0/8"),
                bad(document("'access':{'allowedIps':['::1','h']}"), "access.allowedIps[1]", "10.0.0.0/8"),
                bad(document("'access':{'allowedIps':['::1','::1']}"), "access.allowedIps[1]", "each entry once"),
                bad(document("'access':{'corsOrigins':['a.example']}"), "access.corsOrigins[0]", "an origin"),
                bad(document("'access':{'corsOrigins':['https://a/b']}"), "access.corsOrigins[0]", "an origin"),
                bad(document("'access':{'corsOrigins':'*'}"), "access.corsOrigins", "a list"),
                bad(document("'defaultModel':'smart'"), "defaultModel", "a configured provider/model"),
                bad(document("'defaultModel':''"), "defaultModel", "an alias"),
                bad(document("'defaultModel':'demo/demo2'"), "defaultModel", "`demo/demo`"),
                bad(
                        model("").replace("{\"version\":1", "{\"version\":1,\"defaultModel\":\"p/n\""),
                        "defaultModel",
                        "`p/m`"));
    }

    static Stream<Bad> providers() {
        String one = "'endpoints':{'anthropic':'https://a.example'}";
        return Stream.of(
                bad(document("'providers':[{" + one + "}]"), P + ".id", "begins with a letter"),
                bad(document("'providers':[{'id':'Open'," + one + "}]"), P + ".id", "begins with a letter"),
                bad(document("'providers':[{'id':'1a'," + one + "}]"), P + ".id", "begins with a letter"),
                bad(document("'providers':[{'id':7," + one + "}]"), P + ".id", "a string"),
                bad(document("'providers':[{'id':'demo'," + one + "}]"), P + ".id", "built-in"),
                bad(
                        document("'providers':[{'id':'a'," + one + "},{'id':'a'," + one + "}]"),
                        "providers[1].id",
                        "no other provider"),
                bad(
                        document("'providers':[{'id':'a','name':'N'," + one + "},{'id':'b','name':'N'," + one + "}]"),
                        "providers[1].name",
                        "no other provider"),
                bad(provider("'name':' '"), P + ".name", "1 to 100"),
                bad(provider("'enabled':'yes'"), P + ".enabled", "true or false"),
                bad(provider("'priority':-1"), P + ".priority", "from 0 to 1000000"),
                bad(provider("'baseUrl':'https://a.example'"), P + ".baseUrl", "one of id, name"),
                bad(document("'providers':[{'id':'a'}]"), P + ".endpoints", "openai-chat, openai-responses"),
                bad(document("'providers':[{'id':'a','endpoints':{}}]"), P + ".endpoints", "at least one dialect"),
                bad(provider("'policies':{'clampMaxToken':true}"), P + ".policies.clampMaxToken", "`clampMaxTokens`"),
                bad(provider("'credential':''"), P + ".credential", "a name of letters"),
                bad(provider("'credential':'a b'"), P + ".credential", "a name of letters"),
                bad(provider("'credential':['a']"), P + ".credential", "{\"env\": \"NAME\"}"),
                bad(provider("'credential':{}"), P + ".credential.env", "environment variable"),
                bad(provider("'credential':{'env':'A-B'}"), P + ".credential.env", "letters, digits and underscores"),
                bad(provider("'credential':{'env':'A','x':1}"), P + ".credential.x", "one of env"),
                bad(provider("'auth':'bearer'"), P + ".auth", "an object"),
                bad(provider("'auth':{}"), P + ".auth.type", "one of bearer, x-api-key"),
                bad(provider("'auth':{'type':'baerer'}"), P + ".auth.type", "the nearest is `bearer`"),
                bad(provider("'auth':{'type':'bearer','prefix':'x'}"), P + ".auth.prefix", "one of type"),
                bad(provider("'auth':{'type':'header'}"), P + ".auth.headerName", "the name of a header"),
                bad(
                        provider("'auth':{'type':'header','headerName':'Host'}"),
                        P + ".auth.headerName",
                        "connection's own"),
                bad(provider("'auth':{'type':'header','headerName':'x','prefix':7}"), P + ".auth.prefix", "at most 32"),
                bad(provider("'auth':{'type':'query'}"), P + ".auth.name", "query parameter"),
                bad(provider("'auth':{'type':'sigv4','region':'EU'}"), P + ".auth.region", "lower-case letters"),
                bad(google("'scope':7"), P + ".auth.scope", "scopes such as https://"),
                bad(google("'scope':''"), P + ".auth.scope", "scopes such as https://"),
                bad(google("'scope':'cloud-platform'"), P + ".auth.scope", "scopes such as https://"),
                bad(google("'scope':'https://a.example,b'"), P + ".auth.scope", "one space between two"),
                bad(google("'audience':'https://a.example'"), P + ".auth.audience", "one of type, scope"));
    }

    private static String google(String fields) {
        return provider("'auth':{'type':'google-service-account'," + fields + "}");
    }

    static Stream<Bad> endpoints() {
        return Stream.of(
                endpoint("'openai':'https://a.example'", "openai", "one of openai-chat"),
                endpoint("'antropic':'https://a.example'", "antropic", "the nearest is `anthropic`"),
                endpoint("'gemini':1", "gemini", "an absolute http or https URL"),
                endpoint("'gemini':'a.example'", "gemini", "an absolute http or https URL"),
                endpoint("'gemini':'ws://a.example'", "gemini", "an absolute http or https URL"),
                endpoint("'gemini':'https:///v1'", "gemini", "an absolute http or https URL"),
                endpoint("'gemini':'https://a b'", "gemini", "an absolute http or https URL"),
                endpoint("'gemini':'https://me:pw@a.example'", "gemini", "without a user or password"),
                endpoint("'gemini':'https://a.example?key=x'", "gemini", "without `?` and `#`"),
                endpoint("'gemini':'https://a.example#x'", "gemini", "without `?` and `#`"),
                endpoint("'gemini':'https://a.example:70000'", "gemini", "a port from 1 to 65535"),
                endpoint("'gemini':'http://a.example'", "gemini", "https; plain http only"),
                endpoint("'gemini':'http://127.0.0.1:80'", "gemini", "allowPrivateNetwork"),
                endpoint("'gemini':'https://localhost'", "gemini", "allowPrivateNetwork"),
                endpoint("'gemini':'https://[::1]'", "gemini", "allowPrivateNetwork"),
                endpoint("'gemini':'https://[fd00::1]'", "gemini", "allowPrivateNetwork"),
                endpoint("'gemini':'https://192.168.1.1'", "gemini", "allowPrivateNetwork"),
                endpoint("'gemini':'https://169.254.169.254'", "gemini", "allowPrivateNetwork"),
                endpoint("'gemini':'https://2130706433'", "gemini", ""));
    }

    private static Bad endpoint(String endpoint, String dialect, String expected) {
        return bad(
                document("'providers':[{'id':'a','endpoints':{" + endpoint + "}}]"),
                P + ".endpoints." + dialect,
                expected);
    }

    static Stream<Bad> headers() {
        return Stream.of(
                        "Authorization",
                        "x-api-key",
                        "API-KEY",
                        "x-goog-api-key",
                        "Cookie",
                        "Host",
                        "Content-Length",
                        "Connection",
                        "Transfer-Encoding",
                        "Upgrade",
                        "TE",
                        "Keep-Alive",
                        "Proxy-Authorization")
                .map(name -> bad(provider("'headers':{'" + name + "':'x'}"), P + ".headers." + name, "no header"));
    }

    static Stream<Bad> headerValues() {
        return Stream.of(
                bad(provider("'headers':[]"), P + ".headers", "header names and values"),
                bad(provider("'headers':{'a b':'x'}"), P + ".headers[\"a b\"]", "a header's name"),
                bad(provider("'headers':{'a':1}"), P + ".headers.a", "a string"),
                bad(provider("'headers':{'a':'x\\r\\ny: z'}"), P + ".headers.a", "visible ASCII"),
                bad(provider("'headers':{'a':'é'}"), P + ".headers.a", "visible ASCII"),
                bad(provider("'headers':{'a':'1','A':'2'}"), P + ".headers.a", "each header once"),
                bad(
                        provider("'auth':{'type':'header','headerName':'x-t'},'headers':{'X-T':'1'}"),
                        P + ".headers.x-t",
                        "not the one of `auth`"),
                bad(provider("'headers':{'a':'Bearer x'}"), P + ".headers.a", "no secret"));
    }

    static Stream<Bad> models() {
        return Stream.of(
                bad(provider("'models':'*'"), P + ".models", "a list"),
                bad(provider("'models':[1]"), M, "a model's id"),
                bad(provider("'models':['']"), M, "a model's id"),
                bad(provider("'models':['a b']"), M, "a model's id"),
                bad(provider("'models':['a-*']"), M, "`*` only alone"),
                bad(provider("'models':['*','*']"), P + ".models[1]", "each model once"),
                bad(provider("'models':['a',{'id':'a'}]"), P + ".models[1].id", "no other model"),
                bad(
                        provider("'models':['a',{'id':'b','aliases':['a']}]"),
                        P + ".models[1].aliases[0]",
                        "no other model"),
                bad(provider("'models':[{'id':'*'}]"), M + ".id", "a model's id"),
                bad(provider("'models':[{}]"), M + ".id", "a model's id"),
                bad(model("'aliases':['b','b']"), M + ".aliases[1]", "each entry once"),
                bad(model("'aliases':['b c']"), M + ".aliases[0]", "without spaces"),
                bad(model("'aliases':'b'"), M + ".aliases", "a list"),
                bad(model("'dialects':['gemini']"), M + ".dialects[0]", "openai-chat, anthropic"),
                bad(model("'dialects':['claude']"), M + ".dialects[0]", "dialects of this provider's endpoints"),
                bad(model("'contextWindow':0"), M + ".contextWindow", "from 1 to 1000000000, or null"),
                bad(model("'maxOutputTokens':'4k'"), M + ".maxOutputTokens", "from 1 to 1000000000, or null"),
                bad(
                        model("'maxOutputTokens':5,'capabilities':{'max_output_tokens':6}"),
                        M + ".maxOutputTokens",
                        "capabilities.max_output_tokens"),
                bad(model("'price':'5'"), M + ".price", "an object"),
                bad(model("'price':{'input':5}"), M + ".price.input", "\"5.00\""),
                bad(model("'price':{'input':'-5'}"), M + ".price.input", "not negative"),
                bad(model("'price':{'output':'1e3'}"), M + ".price.output", "\"5.00\""),
                bad(model("'price':{'output':'.5'}"), M + ".price.output", "\"5.00\""),
                bad(model("'price':{'cacheRaed':'5'}"), M + ".price.cacheRaed", "`cacheRead`"),
                bad(model("'capabilities':[]"), M + ".capabilities", "an object"),
                bad(model("'capabilities':{'visoin':true}"), M + ".capabilities.visoin", "`vision`"),
                bad(model("'capabilities':{'vision':'yes'}"), M + ".capabilities.vision", "true or false"),
                bad(model("'capabilities':{'efforts':['huge']}"), M + ".capabilities.efforts", "minimal, low"),
                bad(model("'quirks':['think_tag']"), M + ".quirks[0]", "the nearest is `think_tags`"),
                bad(model("'quirks':['think_tags','think_tags']"), M + ".quirks[1]", "each quirk once"),
                bad(model("'fallbackModels':['p/m']"), M + ".fallbackModels[0]", "another model"),
                bad(model("'fallbackModels':['q/m']"), M + ".fallbackModels[0]", "`p/m`"));
    }

    static Stream<Bad> limits() {
        String window = ",'window':{'unit':'day','size':1}";
        String good = "'id':'r','models':['all']";
        return Stream.of(
                limit("'models':['all'],'tokens':1" + window, ".id", "an id"),
                limit("'id':'a b','models':['all'],'tokens':1" + window, ".id", "an id"),
                limit(good + window, "", "at least one of requests, tokens and usd"),
                limit(good + ",'requests':0" + window, ".requests", "from 1 to 1000000000000, or null"),
                limit(good + ",'requests':-1" + window, ".requests", "from 1 to 1000000000000, or null"),
                limit(good + ",'requests':1.5" + window, ".requests", "from 1 to 1000000000000, or null"),
                limit(good + ",'requests':1e13" + window, ".requests", "from 1 to 1000000000000, or null"),
                limit(good + ",'requests':'9'" + window, ".requests", "from 1 to 1000000000000, or null"),
                limit(good + ",'tokens':0" + window, ".tokens", "from 1 to 1000000000000, or null"),
                limit(good + ",'tokens':-7" + window, ".tokens", "from 1 to 1000000000000, or null"),
                limit(good + ",'tokens':0.5" + window, ".tokens", "from 1 to 1000000000000, or null"),
                limit(good + ",'usd':5" + window, ".usd", "\"5.00\""),
                limit(good + ",'usd':'-1.00'" + window, ".usd", "not negative"),
                limit(good + ",'usd':'0.00'" + window, ".usd", "more than 0"),
                limit(good + ",'tokens':1", ".window", "\"month\""),
                limit(good + ",'tokens':1,'window':{'unit':'days'}", ".window.unit", "the nearest is `day`"),
                limit(good + ",'tokens':1,'window':{'size':1}", ".window.unit", "one of second, minute"),
                limit(good + ",'tokens':1,'window':{'unit':'day','size':0}", ".window.size", "from 1 to 10000"),
                limit(good + ",'tokens':1,'window':{'unit':'day','size':-1}", ".window.size", "from 1 to 10000"),
                limit(good + ",'tokens':1,'window':{'unit':'day','size':1.5}", ".window.size", "from 1 to 10000"),
                limit(good + ",'tokens':1,'safetyMargin':0.5" + window, ".safetyMargin", "leaves something"),
                limit(good + ",'tokens':1,'safetyMargin':-0.1" + window, ".safetyMargin", "from 0 to 1"),
                limit(good + ",'tokens':1,'safetyMargin':1.1" + window, ".safetyMargin", "from 0 to 1"),
                limit(good + ",'tokens':1,'safetyMargin':'0'" + window, ".safetyMargin", "from 0 to 1"),
                limit("'id':'r','tokens':1" + window, ".models", "[\"all\"]"),
                limit("'id':'r','models':[],'tokens':1" + window, ".models", "[\"all\"]"),
                limit("'id':'r','models':['all','m'],'tokens':1" + window, ".models", "alone"),
                limit("'id':'r','models':['mm'],'tokens':1" + window, ".models[0]", "`m`"),
                bad(
                        provider("'models':['m'],'rateLimits':[{" + good + ",'tokens':1" + window + "},{" + good
                                + ",'tokens':1" + window + "}]"),
                        P + ".rateLimits[1].id",
                        "no other limit"));
    }

    private static Bad limit(String fields, String field, String expected) {
        return bad(provider("'models':['m'],'rateLimits':[{" + fields + "}]"), R + field, expected);
    }

    static Stream<Bad> namesForTargets() {
        String to = "'targets':[{'ref':'m'}]";
        return Stream.of(
                bad(document("'modelAliases':[]"), "modelAliases", "an object"),
                bad(aliases("'a':'m'"), "modelAliases.a", "an object"),
                bad(aliases("'smart':{" + to + "}"), "modelAliases.smart", "the default model"),
                bad(aliases("'auto':{" + to + "}"), "modelAliases.auto", "the default model"),
                bad(aliases("'-a':{" + to + "}"), "modelAliases.-a", "begins with a letter or digit"),
                bad(aliases("'a/b':{" + to + "}"), "modelAliases[\"a/b\"]", "begins with a letter or digit"),
                bad(aliases("'alias:b':{" + to + "}"), "modelAliases[\"alias:b\"]", "not with `alias:`"),
                bad(aliases("'a':{}"), "modelAliases.a.targets", "at least one target"),
                bad(aliases("'a':{'targets':[]}"), "modelAliases.a.targets", "at least one target"),
                bad(aliases("'a':{'targets':{}}"), "modelAliases.a.targets", "a list"),
                bad(aliases("'a':{'targets':['m']}"), "modelAliases.a.targets[0]", "\"ref\""),
                bad(aliases("'a':{'targets':[{}]}"), "modelAliases.a.targets[0].ref", "a provider/model"),
                bad(aliases("'a':{'targets':[{'ref':''}]}"), "modelAliases.a.targets[0].ref", "a provider/model"),
                bad(
                        aliases("'a':{'targets':[{'ref':'m','weight':0}]}"),
                        "modelAliases.a.targets[0].weight",
                        "from 1 to 1000"),
                bad(
                        aliases("'a':{'targets':[{'ref':'m'},{'ref':'m'}]}"),
                        "modelAliases.a.targets[1].ref",
                        "each target once"),
                bad(aliases("'a':{'targets':[{'ref':'p/mm'}]}"), "modelAliases.a.targets[0].ref", "`p/m`"),
                bad(
                        aliases("'a':{" + to + ",'fallbackTargets':[{'ref':'zz'}]}"),
                        "modelAliases.a.fallbackTargets[0].ref",
                        "a configured provider/model"),
                bad(
                        aliases("'a':{" + to + ",'strategy':'orderd'}"),
                        "modelAliases.a.strategy",
                        "the nearest is `ordered`"),
                bad(
                        aliases("'a':{" + to + ",'policies':{'strict':1}}"),
                        "modelAliases.a.policies.strict",
                        "true or false"));
    }

    /// Prices, too: as on 2026-02-10, when a wrong table of them was believed.
    @ParameterizedTest
    @MethodSource({
        "texts",
        "tops",
        "providers",
        "endpoints",
        "headers",
        "headerValues",
        "models",
        "limits",
        "namesForTargets"
    })
    void names_the_one_thing_that_is_wrong(Bad bad) {
        assertThat(Documents.errors(bad.document())).singleElement().satisfies(error -> {
            assertThat(error.path()).isEqualTo(bad.path());
            assertThat(error.expected()).contains(bad.expected());
            assertThat(error.found()).isNotBlank().hasSizeLessThan(120);
        });
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void no_error_repeats_a_secret(String document) {
        String all = String.join(
                "\n",
                Documents.errors(document).stream().map(ConfigError::toString).toList());

        assertThat(all).doesNotContain("hunter2").doesNotContain("abc123");
    }

    static Stream<String> secrets() {
        String key = "sk-ant-api03-hunter2abc123";
        return Stream.of(
                provider("'apiKey':'" + key + "'"),
                provider("'credential':'" + key + "'"),
                provider("'credential':'hunter2" + "x".repeat(60) + "'"),
                provider("'credential':{'env':'" + key + "'}"),
                provider("'credential':{'env':'hunter2/abc123'}"),
                provider("'credential':{'" + key + "':1}"),
                provider("'credential':['" + key + "']"),
                provider("'headers':{'x-key':'" + key + "'}"),
                provider("'headers':{'x-key':['" + key + "']}"),
                provider("'headers':{'authorization':'hunter2'}"),
                provider("'auth':{'type':'header','headerName':'x','prefix':'Bearer hunter2'}"),
                provider("'auth':{'type':'header','headerName':'hunter2 abc123'}"),
                provider("'auth':{'type':'hunter2'}"),
                provider("'auth':{'type':'query','name':'" + key + "'}"),
                provider("'" + key + "':1"),
                provider("'models':['" + key + " x']"),
                document("'providers':[{'id':'a','endpoints':{'gemini':'https://me:hunter2@a.example'}}]"),
                document("'providers':[{'id':'a','endpoints':{'gemini':'https://a.example/?key=hunter2'}}]"),
                document("'providers':[{'id':'a','endpoints':{'gemini':'hunter2'}}]"),
                document("'defaultModel':'0123456789abcdefABCDEFhunter2abc123'"),
                "{\"version\":1, hunter2");
    }
}
