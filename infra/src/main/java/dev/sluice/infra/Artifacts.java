package dev.sluice.infra;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The zips that are deployed, as the build makes them.
public record Artifacts(Path gateway, Path keyRotation, Path upkeep) {
    /// @param home the top of the repository
    public static Artifacts of(Path home) {
        return new Artifacts(
                home.resolve("functions/gateway/target/gateway.zip"),
                home.resolve("functions/key-rotation/target/key-rotation.zip"),
                home.resolve("functions/upkeep/target/upkeep.zip"));
    }

    List<Path> missing() {
        return Stream.of(gateway, keyRotation, upkeep)
                .filter(zip -> !Files.isRegularFile(zip))
                .toList();
    }
}
