package dev.sluice.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Capabilities.Thinking;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The law of the representation: what coding tools really send comes out of it as it went in, but for `model`, a
/// text written as one block or as a string, and `is_error: false`.
class CapturesTest {
    static List<Path> captures() throws IOException, URISyntaxException {
        String given = System.getProperty("captures", "");
        Path directory = given.isEmpty()
                ? Path.of(Objects.requireNonNull(CapturesTest.class.getResource("/dev/sluice/protocol/anthropic"))
                        .toURI())
                : Path.of(given);
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void body_survives_the_representation(Path file) {
        Json.Obj body = Messages.json(read(file));
        Thinking thinking = "enabled".equals(Messages.at(body, "thinking.type")) ? Thinking.BUDGET : Thinking.ADAPTIVE;

        Json.Obj out = Messages.body(Messages.ok(
                Messages.encoded(Messages.decode(read(file)), Messages.caps(thinking, false, true), Policies.DEFAULT)));

        assertThat(out.fields().keySet()).isEqualTo(body.fields().keySet());
        for (String name : body.fields().keySet()) {
            if (!name.equals("model")) {
                assertThat(canonical(out.field(name))).as(name).isEqualTo(canonical(body.field(name)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void nothing_is_reported_lost(Path file) {
        Json.Obj body = Messages.json(read(file));
        Thinking thinking = "enabled".equals(Messages.at(body, "thinking.type")) ? Thinking.BUDGET : Thinking.ADAPTIVE;

        assertThat(Messages.ok(Messages.encoded(
                                Messages.decode(read(file)), Messages.caps(thinking, false, true), Policies.DEFAULT))
                        .degraded())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void identity_lane_leaves_the_bytes_alone(Path file) {
        var outline = Messages.outline(read(file), Messages.head());
        var target = new dev.sluice.protocol.TargetProfile(
                dev.sluice.model.Dialect.ANTHROPIC, outline.model(), Messages.CAPS, Policies.DEFAULT);

        assertThat(Messages.CODEC.requests().splice(outline, target).body()).isSameAs(outline.body());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Json canonical(@org.jspecify.annotations.Nullable Json value) {
        return switch (value) {
            case Json.Arr(List<Json> items) ->
                Json.array(items.stream().map(CapturesTest::canonical).toList());
            case Json.Obj object -> canonical(object);
            case null -> Json.NULL;
            default -> value;
        };
    }

    private static Json canonical(Json.Obj object) {
        Json.Builder out = Json.object();
        object.fields().forEach((name, field) -> {
            if (name.equals("content") && field instanceof Json.Str(String text)) {
                List<Json> blocks = new ArrayList<>();
                blocks.add(Json.object().put("type", "text").put("text", text).build());
                out.put(name, Json.array(blocks));
            } else if (!name.equals("is_error") || field != Json.FALSE) {
                out.put(name, canonical(field));
            }
        });
        return out.build();
    }
}
