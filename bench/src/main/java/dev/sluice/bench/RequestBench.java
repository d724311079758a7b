package dev.sluice.bench;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Policies;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Microseconds for one agent's request: outline and splice in the same dialect, or the whole translation.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RequestBench {
    @Param({"50", "500"})
    public int kilobytes;

    private final DialectCodec anthropic = new AnthropicCodec(new Seal(new byte[32]));
    private final DialectCodec chat = new ChatCodec(new Seal(new byte[32]));
    private byte[] messagesBody = {};
    private byte[] chatBody = {};

    @Setup
    public void bodies() {
        StringBuilder turns = new StringBuilder();
        StringBuilder chatTurns = new StringBuilder();
        String prose = "The quick brown fox \\\"jumps\\\" over the lazy dog, caf\u00e9 included.\\n".repeat(12);
        for (int i = 0; turns.length() < kilobytes * 1000; i++) {
            turns.append(i == 0 ? "" : ",")
                    .append("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"")
                    .append(prose)
                    .append("\"}]},{\"role\":\"assistant\",\"content\":\"")
                    .append(prose)
                    .append("\"}");
            chatTurns
                    .append(i == 0 ? "" : ",")
                    .append("{\"role\":\"user\",\"content\":\"")
                    .append(prose)
                    .append("\"},{\"role\":\"assistant\",\"content\":\"")
                    .append(prose)
                    .append("\"}");
        }
        String last = ",{\"role\":\"user\",\"content\":\"go on\"}]}";
        messagesBody = ("{\"model\":\"m\",\"max_tokens\":100,\"stream\":true,\"messages\":[" + turns + last)
                .getBytes(StandardCharsets.UTF_8);
        chatBody = ("{\"model\":\"m\",\"max_tokens\":100,\"stream\":true,\"messages\":[" + chatTurns + last)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public EncodedRequest identity_chat() {
        return chat.requests().splice(outline(chat, chatBody), profile(Dialect.OPENAI_CHAT));
    }

    @Benchmark
    public EncodedRequest identity_anthropic() {
        return anthropic.requests().splice(outline(anthropic, messagesBody), profile(Dialect.ANTHROPIC));
    }

    @Benchmark
    public Outcome<EncodedRequest> anthropic_to_chat() {
        return translate(anthropic, messagesBody, chat, Dialect.OPENAI_CHAT);
    }

    @Benchmark
    public Outcome<EncodedRequest> chat_to_anthropic() {
        return translate(chat, chatBody, anthropic, Dialect.ANTHROPIC);
    }

    private static Outcome<EncodedRequest> translate(
            DialectCodec client, byte[] body, DialectCodec upstream, Dialect target) {
        return client.requests()
                .decode(outline(client, body))
                .then((ChatRequest request) -> upstream.requests().encode(request, profile(target)));
    }

    private static Outline outline(DialectCodec codec, byte[] body) {
        return switch (codec.requests().outline(body, RequestHead.NONE)) {
            case Outcome.Ok<Outline>(Outline outline) -> outline;
            case Outcome.Bad<Outline>(var failure) -> throw new IllegalStateException(failure.message());
        };
    }

    private static TargetProfile profile(Dialect dialect) {
        return new TargetProfile(dialect, "other-model", Capabilities.DEFAULT, Policies.DEFAULT);
    }
}
