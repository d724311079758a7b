package dev.sluice.protocol.vectors;

import dev.sluice.model.Dialect;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.ollama.OllamaCodec;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The codecs of this build: a vector of any other dialect is skipped.
public final class PresentCodecs {
    private PresentCodecs() {}

    public static Codecs all() {
        Seal seal = new Seal("a key of thirty-two bytes, or so".getBytes(StandardCharsets.US_ASCII));
        return new Codecs(List.of(new AnthropicCodec(seal), new ChatCodec(seal), new OllamaCodec()));
    }

    /// The codec for providers of that dialect, by its name in the vectors.
    static UpstreamCodec upstream(String dialect) {
        return Dialect.parse(dialect).flatMap(all()::upstream).orElseThrow();
    }
}
