package dev.sluice.protocol.vectors;

import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.openai.responses.ResponsesCodec;
import dev.sluice.protocol.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The codecs of this build: a vector of any other dialect is skipped.
public final class PresentCodecs {
    static final Seal SEAL = new Seal("a key of thirty-two bytes, or so".getBytes(StandardCharsets.US_ASCII));

    private PresentCodecs() {}

    public static Codecs all() {
        return new Codecs(List.of(new AnthropicCodec(SEAL), new ChatCodec(SEAL), new ResponsesCodec(SEAL)));
    }
}
