package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/// The vectors that a run is about: the bundled ones, or those of the directory in the system property `vectors`, which is
/// absolute or relative to `vectors.cwd`.
public final class VectorFiles {
    private VectorFiles() {}

    static List<Vector> all() {
        return in(directory());
    }

    /// Vectors that stand beside the suite, for what it has none of: the same schema, and run whatever suite is given.
    static List<Vector> own() {
        return in(resource("/own-vectors"));
    }

    /// The streams of the golden files, as vectors that expect nothing.
    static List<Vector> golden() {
        try (Stream<Path> files = Files.list(resource("/golden/streams"))) {
            List<Vector> vectors = new ArrayList<>();
            for (Path file : files.filter(one -> !one.toString().contains(".to-"))
                    .sorted()
                    .toList()) {
                List<String> parts = List.of(file.getFileName().toString().split("\\.", -1));
                Json.Obj input = Json.object()
                        .put("status", 200)
                        .put("body_b64", Base64.getEncoder().encodeToString(Files.readAllBytes(file)))
                        .put("end", "eof")
                        .build();
                vectors.add(Vector.of(Json.object()
                        .put("name", "golden " + parts.getFirst())
                        .put("kind", "stream")
                        .put("source", parts.get(parts.size() - 2))
                        .put("target", "anthropic")
                        .put("input", input)
                        .put("expect", Json.Obj.EMPTY)
                        .build()));
            }
            return vectors;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Every stream there is.
    static List<Vector> streams() {
        return Stream.of(all(), own(), golden())
                .flatMap(List::stream)
                .filter(vector -> vector.kind().equals("stream"))
                .toList();
    }

    private static List<Vector> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            List<Vector> vectors = new ArrayList<>();
            files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.endsWith("schema.json"))
                    .sorted()
                    .forEach(file -> vectors.addAll(read(file)));
            return vectors;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Path directory() {
        String given = System.getProperty("vectors", "");
        if (!given.isEmpty()) {
            return Path.of(System.getProperty("vectors.cwd", "")).resolve(given);
        }
        return resource("/vectors");
    }

    private static Path resource(String name) {
        try {
            return Path.of(VectorFiles.class.getResource(name).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<Vector> read(Path file) {
        try {
            Json.Obj document = JsonText.objectOrNull(Files.readString(file));
            if (document == null) {
                throw new IllegalStateException(file + " is not a JSON object");
            }
            List<Vector> vectors = Vector.objects(document.items("vectors")).stream()
                    .map(Vector::of)
                    .toList();
            Long count = document.whole("count");
            if (count == null || count != vectors.size()) {
                throw new IllegalStateException(file + " says " + count + " vectors and has " + vectors.size());
            }
            return vectors;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
