package dev.sluice.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.RequestHead;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static final Headers ANTHROPIC = Headers.of("anthropic-version", "2023-06-01");
    private static final Headers GOOGLE = Headers.of("x-goog-api-key", "k");

    private static Match match(String method, String path) {
        return Endpoint.match(method, path, "", Headers.NONE);
    }

    /// The match in a few words, for the tables below.
    private static String words(Match match) {
        return switch (match) {
            case Match.Chat chat ->
                "chat " + chat.dialect().id() + " " + chat.head().path();
            case Match.DetectDialect detect -> "detect " + detect.head().path();
            case Match.Explain explain -> "explain " + explain.head().query();
            case Match.CountTokens count ->
                "count " + count.dialect().id() + " " + count.head().path();
            case Match.ListModels list -> "list " + list.shape();
            case Match.OneModel one -> "model " + one.shape() + " " + one.id();
            case Match.Health health -> "health";
            case Match.ShowModel show -> "show";
            case Match.RunningModels running -> "running";
            case Match.OllamaVersion version -> "version";
            case Match.Protocol protocol -> "protocol";
            case Match.Hello hello -> "hello" + (hello.words().isEmpty() ? "" : " " + hello.words());
            case Match.Preflight preflight -> "preflight";
            case Match.WebSocketUpgrade upgrade -> "upgrade";
            case Match.Stored stored -> "stored " + stored.id() + " " + stored.wish();
            case Match.Later later -> "later " + later.dialect().id() + " " + later.what();
            case Match.MethodNotAllowed wrong -> "405 " + wrong.nearest().id() + " " + wrong.allow();
            case Match.NotFound missing -> "404 " + missing.nearest().id();
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET     | /sluice/explain                     | explain {}
                    POST    | /sluice/explain/                    | explain {}
                    POST    | /v1/chat/completions                | chat openai-chat /v1/chat/completions
                    POST    | /chat/completions                   | chat openai-chat /v1/chat/completions
                    POST    | /v1/v1/chat/completions             | chat openai-chat /v1/chat/completions
                    POST    | /openai/v1/chat/completions         | chat openai-chat /v1/chat/completions
                    POST    | /openai/chat/completions            | chat openai-chat /v1/chat/completions
                    POST    | /anthropic/v1/chat/completions      | chat openai-chat /v1/chat/completions
                    POST    | /v1/chat/completions/               | chat openai-chat /v1/chat/completions
                    POST    | //v1//chat/completions              | chat openai-chat /v1/chat/completions
                    POST    | /v1/messages                        | chat anthropic /v1/messages
                    POST    | /messages                           | chat anthropic /v1/messages
                    POST    | /anthropic/v1/messages              | chat anthropic /v1/messages
                    POST    | /anthropic/v1/v1/messages/          | chat anthropic /v1/messages
                    POST    | /v1/messages/count_tokens           | count anthropic /v1/messages/count_tokens
                    POST    | /v1/responses/input_tokens          | count openai-responses /v1/responses/input_tokens
                    POST    | /v1/responses/compact               | later openai-responses compaction by the provider (send the conversation's summary instead)
                    POST    | /v1/responses                       | chat openai-responses /v1/responses
                    GET     | /v1/responses                       | upgrade
                    GET     | /openai/responses                   | upgrade
                    GET     | /v1/responses/resp_1                | stored resp_1 RESPONSE
                    DELETE  | /v1/responses/resp_1                | stored resp_1 DELETION
                    GET     | /v1/responses/resp_1/input_items    | stored resp_1 INPUT_ITEMS
                    POST    | /v1/responses/resp_1/cancel         | stored resp_1 CANCELLATION
                    POST    | /v1beta/models/m:generateContent    | chat gemini /v1beta/models/m:generateContent
                    POST    | /v1/models/m:streamGenerateContent  | chat gemini /v1/models/m:streamGenerateContent
                    POST    | /v1beta/models/a/b:generateContent  | chat gemini /v1beta/models/a/b:generateContent
                    POST    | /v1beta/models/a%2Fb%3AgenerateContent | chat gemini /v1beta/models/a/b:generateContent
                    POST    | /gemini/v1beta/models/%C3%BC%25%20x:free:generateContent | chat gemini /v1beta/models/%C3%BC%25%20x:free:generateContent
                    POST    | /v1/v1beta/models/m:countTokens     | count gemini /v1beta/models/m:countTokens
                    POST    | /gemini/v1beta/models/m:countTokens | count gemini /v1beta/models/m:countTokens
                    POST    | /api/chat                           | chat ollama-chat /api/chat
                    POST    | /ollama/api/generate                | chat ollama-chat /api/generate
                    POST    | /api/show                           | show
                    GET     | /api/tags                           | list OLLAMA
                    HEAD    | /api/version                        | version
                    GET     | /api/ps                             | running
                    GET     | /ollama                             | hello Ollama is running
                    HEAD    | /ollama/                            | hello Ollama is running
                    POST    | /ollama                             | detect /
                    GET     | /protocol                           | protocol
                    GET     | /v1/models                          | list OPENAI
                    HEAD    | /models                             | list OPENAI
                    GET     | /v1/models/                         | list OPENAI
                    GET     | /v1beta/models                      | list GEMINI
                    GET     | /gemini/v1/models                   | list GEMINI
                    GET     | /anthropic/v1/models                | list ANTHROPIC
                    GET     | /v1/models/a                        | model OPENAI a
                    GET     | /v1/models/a/b/c:free               | model OPENAI a/b/c:free
                    GET     | /v1/models/a%2Fb%2fc                | model OPENAI a/b/c
                    GET     | /v1/models/m%C3%BC+1%zz%4           | model OPENAI mü+1%zz%4
                    HEAD    | /v1beta/models/a                    | model GEMINI a
                    POST    | /route                              | detect /route
                    POST    | /                                   | detect /
                    POST    | ''                                  | detect /
                    GET     | /health                             | health
                    HEAD    | /health/                            | health
                    HEAD    | /                                   | hello
                    HEAD    | /anthropic                          | hello
                    GET     | /api/hello                          | hello
                    HEAD    | /api/hello                          | hello
                    HEAD    | /anthropic/api/hello                | hello
                    OPTIONS | /v1/messages                        | preflight
                    OPTIONS | /anything                           | preflight
                    OPTIONS | *                                   | preflight
                    """)
    void knows_its_paths(String method, String path, String expected) {
        assertThat(words(match(method, path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET    | /v1/chat/completions             | 405 openai-chat OPTIONS, POST
                    GET    | /v1/messages                     | 405 anthropic OPTIONS, POST
                    PUT    | /v1/responses                    | 405 openai-responses GET, HEAD, OPTIONS, POST
                    POST   | /v1/responses/resp_1             | 405 openai-responses DELETE, GET, HEAD, OPTIONS
                    POST   | /v1/models                       | 405 openai-chat GET, HEAD, OPTIONS
                    DELETE | /v1beta/models/m                 | 405 gemini GET, HEAD, OPTIONS
                    GET    | /v1beta/models/m:generateContent | 405 gemini OPTIONS, POST
                    GET    | /api/chat                        | 405 ollama-chat OPTIONS, POST
                    POST   | /api/tags                        | 405 ollama-chat GET, HEAD, OPTIONS
                    GET    | /v1/responses/compact            | 405 openai-responses OPTIONS, POST
                    GET    | /                                | 405 openai-chat HEAD, OPTIONS, POST
                    POST   | /health                          | 405 openai-chat GET, HEAD, OPTIONS
                    post   | /v1/messages                     | 405 anthropic OPTIONS, POST
                    GET    | /v1/nothing                      | 404 openai-chat
                    POST   | /v1/embeddings                   | 404 openai-chat
                    POST   | /v1/completions                  | 404 openai-chat
                    POST   | /v1/messages/batches             | 404 anthropic
                    GET    | /v1/responses/a/b                | 404 openai-responses
                    GET    | /v1/responses/a/b/c              | 404 openai-responses
                    POST   | /api/pull                        | 404 ollama-chat
                    POST   | /api/chat/more                   | 404 ollama-chat
                    GET    | /anthropic/v1/what               | 404 anthropic
                    GET    | /gemini/what                     | 404 gemini
                    GET    | /v1beta/what                     | 404 gemini
                    GET    | /route/more                      | 404 openai-chat
                    GET    | /health/more                     | 404 openai-chat
                    GET    | /v1/chat                         | 404 openai-chat
                    GET    | /openai/openai/v1/models         | 404 openai-chat
                    """)
    void refuses_the_rest_in_the_nearest_dialect(String method, String path, String expected) {
        assertThat(words(match(method, path))).isEqualTo(expected);
    }

    @Test
    void headers_tell_whose_list_of_models_is_meant() {
        assertThat(Endpoint.match("GET", "/v1/models", "", ANTHROPIC))
                .isEqualTo(new Match.ListModels(ModelShape.ANTHROPIC));
        assertThat(Endpoint.match("GET", "/v1/models", "", GOOGLE)).isEqualTo(new Match.ListModels(ModelShape.GEMINI));
        assertThat(Endpoint.match("GET", "/v1/models/m", "", ANTHROPIC))
                .isEqualTo(new Match.OneModel(ModelShape.ANTHROPIC, "m"));
        assertThat(Endpoint.match("GET", "/v1beta/models", "", ANTHROPIC))
                .isEqualTo(new Match.ListModels(ModelShape.ANTHROPIC));
        assertThat(Endpoint.match("GET", "/v1/unknown", "", ANTHROPIC))
                .isEqualTo(new Match.NotFound(Dialect.ANTHROPIC));
        assertThat(Endpoint.match("GET", "/v1/unknown", "", GOOGLE)).isEqualTo(new Match.NotFound(Dialect.GEMINI));
    }

    @Test
    void a_codec_sees_the_head_without_credentials() {
        Headers headers = Headers.of(
                "Authorization", "Bearer s1",
                "x-api-key", "s2",
                "X-Goog-Api-Key", "s3",
                "api-key", "s4",
                "cookie", "s5",
                "proxy-authorization", "s6",
                "anthropic-beta", "x");
        Match match = Endpoint.match("POST", "/v1/messages", "beta=true&key=s7&a=%20b+c&a=2&flag&=x&%6Bey=s8", headers);
        RequestHead head = new RequestHead(
                "/v1/messages", Map.of("beta", "true", "a", " b c", "flag", ""), Headers.of("anthropic-beta", "x"));
        assertThat(match).isEqualTo(new Match.Chat(Dialect.ANTHROPIC, head));
    }

    @Test
    void reads_queries() {
        assertThat(QueryString.parse("")).isEmpty();
        assertThat(QueryString.parse("&&")).isEmpty();
        assertThat(QueryString.parse("a=1&b=%C3%A4%26%3D&a=2&c=x=y&d=%e2%82"))
                .containsExactly(
                        Map.entry("a", "1"), Map.entry("b", "ä&="), Map.entry("c", "x=y"), Map.entry("d", "\uFFFD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "%", "/%", "/v1/%2", "/v1/models/%", "/../..", "/v1/models/%00", "a", "/v1beta/models/:"
            })
    void odd_paths_have_a_match_too(String path) {
        for (String method : new String[] {"GET", "HEAD", "POST", "DELETE", "BREW", ""}) {
            assertThat(match(method, path)).isNotNull();
        }
    }
}
