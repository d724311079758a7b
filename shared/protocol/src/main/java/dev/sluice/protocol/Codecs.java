package dev.sluice.protocol;

import dev.sluice.model.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The dialects this build speaks.
public record Codecs(List<DialectCodec> all) {
    public Codecs {
        all = List.copyOf(all);
    }

    public Optional<DialectCodec> of(Dialect dialect) {
        return all.stream().filter(codec -> codec.dialect() == dialect).findFirst();
    }

    public Set<Dialect> dialects() {
        return all.stream().map(DialectCodec::dialect).collect(Collectors.toUnmodifiableSet());
    }
}
