package dev.sluice.protocol.vectors;

import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The codecs of this build. By name, so that the suite stands while dialects are still being written.
public final class PresentCodecs {
    private static final List<String> NAMES =
            List.of("dev.sluice.protocol.anthropic.AnthropicCodec", "dev.sluice.protocol.openai.chat.ChatCodec");

    private PresentCodecs() {}

    public static Codecs all() {
        Seal seal = new Seal("a key of thirty-two bytes exactly".getBytes(StandardCharsets.US_ASCII));
        List<DialectCodec> codecs = new ArrayList<>();
        NAMES.forEach(name -> codec(name, seal).ifPresent(codecs::add));
        return new Codecs(codecs);
    }

    private static Optional<DialectCodec> codec(String name, Seal seal) {
        try {
            return Optional.of(Class.forName(name)
                    .asSubclass(DialectCodec.class)
                    .getConstructor(Seal.class)
                    .newInstance(seal));
        } catch (ClassNotFoundException notYetThere) {
            return Optional.empty();
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(name, broken);
        }
    }
}
