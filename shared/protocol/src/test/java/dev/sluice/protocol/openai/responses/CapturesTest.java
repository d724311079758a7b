package dev.sluice.protocol.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What Codex really sends: it reaches its own vendor untouched, comes out of the representation as it went in, and reaches
/// every other provider with nothing lost but the searches that only its vendor runs. `-Dcaptures=DIR` takes other bodies.
class CapturesTest {
    private static final String NO_SEARCH = "{'efforts':['minimal','low','medium','high','xhigh','max']}";

    static List<Path> captures() throws IOException {
        String given = System.getProperty("captures", "");
        Path directory = given.isEmpty() ? Path.of("src", "test", "resources", "golden", "requests") : Path.of(given);
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("codex"))
                    .filter(file -> !file.toString().contains("ws_message"))
                    .filter(file -> !file.toString().contains(".to-"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void identity_lane_leaves_the_bytes_alone(Path file) throws IOException {
        Outline outline = outline(file);
        TargetProfile target = Asking.target(Dialect.OPENAI_RESPONSES, "{}");
        TargetProfile same =
                new TargetProfile(target.dialect(), outline.model(), target.capabilities(), Policies.DEFAULT);

        assertThat(Asking.CODEC.requests().splice(outline, same).body()).isSameAs(outline.body());
    }

    @ParameterizedTest
    @MethodSource("captures")
    void identity_lane_changes_the_model_alone(Path file) throws IOException {
        Outline outline = outline(file);
        String before = Files.readString(file);

        EncodedRequest spliced = Asking.CODEC.requests().splice(outline, Asking.target(Dialect.OPENAI_RESPONSES, "{}"));

        String name = JsonText.print(Json.of(outline.model()));
        int at = before.indexOf(name);
        assertThat(new String(spliced.body(), StandardCharsets.UTF_8))
                .isEqualTo(before.substring(0, at) + "\"real\"" + before.substring(at + name.length()));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void body_survives_the_representation(Path file) throws IOException {
        EncodedRequest encoded = Asking.sent(request(file), Dialect.OPENAI_RESPONSES, NO_SEARCH);

        Json.Obj before = (Json.Obj) ((JsonText.Parsed.Value) JsonText.parse(Files.readAllBytes(file))).json();
        assertThat(Asking.body(encoded)).isEqualTo(before.with("model", Json.of("real")));
        assertThat(encoded.degraded()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void other_providers_lack_only_the_search(Path file) throws IOException {
        List<Dialect> others = List.of(Dialect.ANTHROPIC, Dialect.OPENAI_CHAT);
        ChatRequest request = request(file);
        List<String> searches = request.tools().stream()
                .filter(tool -> tool.name().equals("web_search"))
                .map(tool -> tool.mark().path())
                .toList();
        assertThat(others).allSatisfy(other -> {
            EncodedRequest encoded = Asking.sent(request, other, NO_SEARCH);
            assertThat(Asking.lost(encoded)).isEqualTo(searches);
            assertThat(Asking.sent(request, other, NO_SEARCH).body()).isEqualTo(encoded.body());
        });
    }

    private static ChatRequest request(Path file) throws IOException {
        return Asking.ok(Asking.CODEC.requests().decode(outline(file)));
    }

    private static Outline outline(Path file) throws IOException {
        return Asking.ok(Asking.CODEC.requests().outline(Files.readAllBytes(file), RequestHead.NONE));
    }
}
