package dev.sluice.core.gateway;

import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.openai.responses.ResponsesCodec;
import dev.sluice.protocol.seal.Seal;
import java.util.List;

/// The dialects that a gateway speaks, whichever front it stands behind.
public final class Dialects {
    private Dialects() {}

    public static Codecs codecs(Seal seal) {
        return new Codecs(List.of(new AnthropicCodec(seal), new ChatCodec(seal), new ResponsesCodec(seal)));
    }
}
