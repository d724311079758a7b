package dev.sluice.protocol;

import dev.sluice.model.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The dialects this build speaks.
public record Codecs(List<UpstreamCodec> all) {
    public Codecs {
        all = List.copyOf(all);
    }

    /// The codec for clients of that dialect; empty for one that only providers speak.
    public Optional<DialectCodec> of(Dialect dialect) {
        return upstream(dialect).filter(DialectCodec.class::isInstance).map(DialectCodec.class::cast);
    }

    /// The codec for providers of that dialect.
    public Optional<UpstreamCodec> upstream(Dialect dialect) {
        return all.stream().filter(codec -> codec.dialect() == dialect).findFirst();
    }

    /// The codecs for all clients.
    public List<DialectCodec> clients() {
        return all.stream()
                .filter(DialectCodec.class::isInstance)
                .map(DialectCodec.class::cast)
                .toList();
    }

    /// Those that providers may speak.
    public Set<Dialect> dialects() {
        return all.stream().map(UpstreamCodec::dialect).collect(Collectors.toUnmodifiableSet());
    }
}
