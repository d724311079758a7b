package dev.sluice.core.gateway;

import dev.sluice.model.Dialect;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.testkit.RecordingResponse;
import java.util.List;
import java.util.stream.Stream;

/// The smallest request of each dialect that clients speak.
enum ClientDialects {
    CHAT(Dialect.OPENAI_CHAT, "/v1/chat/completions", "authorization", "Bearer "),
    RESPONSES(Dialect.OPENAI_RESPONSES, "/v1/responses", "authorization", "Bearer "),
    ANTHROPIC(Dialect.ANTHROPIC, "/v1/messages", "x-api-key", ""),
    GEMINI(Dialect.GEMINI, "/v1beta/models/%s:generateContent", "x-goog-api-key", ""),
    OLLAMA(Dialect.OLLAMA_CHAT, "/api/chat", "authorization", "Bearer ");

    private static final Codecs CODECS = Dialects.codecs(new Seal(new byte[32]));

    final Dialect dialect;
    private final String path;
    private final String header;
    private final String prefix;

    ClientDialects(Dialect dialect, String path, String header, String prefix) {
        this.dialect = dialect;
        this.path = path;
        this.header = header;
        this.prefix = prefix;
    }

    /// Those whose codec is built.
    static List<ClientDialects> present() {
        return Stream.of(values()).filter(ClientDialects::isPresent).toList();
    }

    boolean isPresent() {
        return CODECS.of(dialect).isPresent();
    }

    String path(String model) {
        return path.replace("%s", model);
    }

    String streamPath(String model) {
        return this == GEMINI ? "/v1beta/models/" + model + ":streamGenerateContent?alt=sse" : path(model);
    }

    String[] key() {
        return new String[] {header, prefix + GatewayFixture.KEY};
    }

    RecordingResponse ask(GatewayFixture gateway, String model) {
        return gateway.post(path(model), body(model, "hi", false, false), key());
    }

    /// @param tool whether a tool is offered
    String body(String model, String prompt, boolean stream, boolean tool) {
        String named = this == GEMINI ? "" : "\"model\":\"" + model + "\",";
        String streamed = this == GEMINI ? "" : "\"stream\":" + stream + ",";
        return "{" + named + streamed + (tool ? tool() + "," : "") + turns(prompt) + "}";
    }

    private String turns(String prompt) {
        return switch (this) {
            case CHAT, OLLAMA -> "\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]";
            case ANTHROPIC -> "\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]";
            case RESPONSES -> "\"input\":\"" + prompt + "\"";
            case GEMINI -> "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + prompt + "\"}]}]";
        };
    }

    private String tool() {
        String schema = "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}},\"required\":[\"path\"]}";
        String named = "\"name\":\"read_file\",\"description\":\"Reads a file\",";
        return "\"tools\":["
                + switch (this) {
                    case CHAT, OLLAMA ->
                        "{\"type\":\"function\",\"function\":{" + named + "\"parameters\":" + schema + "}}";
                    case ANTHROPIC -> "{" + named + "\"input_schema\":" + schema + "}";
                    case RESPONSES ->
                        "{\"type\":\"function\",\"strict\":false," + named + "\"parameters\":" + schema + "}";
                    case GEMINI ->
                        "{\"functionDeclarations\":[{" + named + "\"parametersJsonSchema\":" + schema + "}]}";
                }
                + "]";
    }
}
