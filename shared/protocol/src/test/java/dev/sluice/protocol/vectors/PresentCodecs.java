package dev.sluice.protocol.vectors;

import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The codecs of this build. By name, so that the suite stands while dialects are still being written.
public final class PresentCodecs {
    private static final List<String> NAMES =
            List.of("dev.sluice.protocol.anthropic.AnthropicCodec", "dev.sluice.protocol.openai.chat.ChatCodec");

    private PresentCodecs() {}

    public static Codecs all() {
        Seal seal = new Seal("a key of thirty-two bytes exactly".getBytes(StandardCharsets.US_ASCII));
        List<DialectCodec> codecs = new ArrayList<>();
        for (String name : NAMES) {
            try {
                codecs.add((DialectCodec)
                        Class.forName(name).getConstructor(Seal.class).newInstance(seal));
            } catch (ClassNotFoundException notYetThere) {
                continue;
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(name, broken);
            }
        }
        return new Codecs(codecs);
    }
}
