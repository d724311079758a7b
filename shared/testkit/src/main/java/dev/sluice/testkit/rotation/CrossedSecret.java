package dev.sluice.testkit.rotation;

import dev.sluice.core.ports.VersionedSecret;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A secret that is reached over crossings.
record CrossedSecret(VersionedSecret inner, Crossings crossings) implements VersionedSecret {
    @Override
    public Description describe() {
        return crossings.call(inner::describe);
    }

    @Override
    public Optional<Value> stage(String stage) {
        return crossings.call(() -> inner.stage(stage));
    }

    @Override
    public Optional<Value> version(String version) {
        return crossings.call(() -> inner.version(version));
    }

    @Override
    public boolean put(String version, String text, Set<String> stages) {
        return crossings.call(() -> inner.put(version, text, stages));
    }

    @Override
    public boolean move(String stage, @Nullable String from, String to) {
        return crossings.call(() -> inner.move(stage, from, to));
    }

    @Override
    public boolean remove(String stage, String from) {
        return crossings.call(() -> inner.remove(stage, from));
    }
}
