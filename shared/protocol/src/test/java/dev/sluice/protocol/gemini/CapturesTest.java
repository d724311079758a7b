package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.vectors.PresentCodecs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a coding tool really sends: it comes out of the representation as it went in, and every dialect takes it.
///
/// `-Dcaptures.gemini=DIR` reads other requests: bodies, or captures with a `body` of their own.
class CapturesTest {
    static List<Path> captures() throws IOException, URISyntaxException {
        String given = System.getProperty("captures.gemini", "");
        Path directory = given.isEmpty()
                ? Path.of(Objects.requireNonNull(CapturesTest.class.getResource("/dev/sluice/protocol/gemini"))
                        .toURI())
                : Path.of(given);
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json")
                            && !file.toString().endsWith("-count.json"))
                    .sorted()
                    .toList();
        }
    }

    private static Outline outline(Path file) {
        return Gemini.ok(Gemini.CODEC.requests().outline(Gemini.bytes(body(file)), Gemini.events()));
    }

    private static String body(Path file) {
        try {
            String text = Files.readString(file);
            Json.Obj inner = Gemini.json(text).object("body");
            return inner == null ? text : Gemini.print(inner);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ChatRequest request(Path file) {
        return Gemini.ok(Gemini.CODEC.requests().decode(outline(file)));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void body_survives_the_representation(Path file) {
        Json.Obj body = Gemini.json(body(file));
        boolean hasBudget = Gemini.at(body, "generationConfig.thinkingConfig.thinkingBudget") != null;
        EncodedRequest encoded = Gemini.encoded(request(file), hasBudget ? "{\"gemini_thinking\":\"budget\"}" : "{}");

        assertThat(encoded.degraded()).isEmpty();
        assertThat(sorted(Gemini.json(encoded.body()))).isEqualTo(sorted(body));
    }

    /// The order of fields means nothing, nor does a role beside the instructions.
    private static Json sorted(Json value) {
        return switch (value) {
            case Json.Obj object -> {
                java.util.Map<String, Json> fields = new java.util.TreeMap<>();
                object.fields().forEach((name, field) -> {
                    boolean isInstruction = name.equals("systemInstruction") && field instanceof Json.Obj;
                    fields.put(name, sorted(isInstruction ? ((Json.Obj) field).without("role") : field));
                });
                yield new Json.Obj(fields);
            }
            case Json.Arr(List<Json> items) ->
                new Json.Arr(items.stream().map(CapturesTest::sorted).toList());
            default -> value;
        };
    }

    @ParameterizedTest
    @MethodSource("captures")
    void every_provider_can_be_asked(Path file) {
        for (UpstreamCodec upstream : PresentCodecs.all().all()) {
            Dialect dialect = upstream.dialect();
            TargetProfile target = new TargetProfile(dialect, "real", Capabilities.DEFAULT, Policies.DEFAULT);

            assertThat(Gemini.ok(upstream.requests().encode(request(file), target))
                            .body())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void identity_lane_leaves_the_bytes_alone(Path file) {
        Outline outline = outline(file);

        assertThat(Gemini.CODEC.requests().splice(outline, Gemini.target("{}")).body())
                .isSameAs(outline.body());
    }
}
