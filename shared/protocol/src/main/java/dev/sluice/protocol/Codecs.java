package dev.sluice.protocol;

import dev.sluice.model.Dialect;
import java.util.List;
import java.util.Optional;

/// The dialects this build speaks.
public record Codecs(List<DialectCodec> all) {
    public Codecs {
        all = List.copyOf(all);
    }

    public Optional<DialectCodec> of(Dialect dialect) {
        return all.stream().filter(codec -> codec.dialect() == dialect).findFirst();
    }
}
