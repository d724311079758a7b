package dev.sluice.protocol.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Policies;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.TranslatedLane;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.openai.responses.ResponsesCodec;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.ToolNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every fixture in every direction against its golden file; `-Dgolden=write` rewrites them.
///
/// A fixture is `NAME.DIALECT.json` or `.sse`, the dialect it is in; its golden file is `NAME.DIALECT.to-OTHER.json` or `.sse`.
class GoldenTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden");
    private static final Seal SEAL = new Seal(new byte[32]);
    private static final Codecs CODECS =
            new Codecs(List.of(new AnthropicCodec(SEAL), new ChatCodec(SEAL), new ResponsesCodec(SEAL)));

    static Stream<Arguments> requests() throws IOException {
        return directions("requests");
    }

    static Stream<Arguments> streams() throws IOException {
        return directions("streams");
    }

    @ParameterizedTest(name = "{0} to {2}")
    @MethodSource
    void requests(Path fixture, Dialect from, Dialect to) throws IOException {
        DialectCodec client = codec(from);
        EncodedRequest encoded = value(client.requests()
                .outline(Files.readAllBytes(fixture), RequestHead.NONE)
                .then((Outline outline) -> client.requests().decode(outline))
                .then((ChatRequest request) -> codec(to).requests().encode(request, profile(to))));

        String degraded = encoded.degraded().stream()
                .map(one -> one.path() + ";" + one.reason() + "\n")
                .reduce("", String::concat);
        compare(fixture, to, "json", degraded + PrettyPrint.of(encoded.body()));
    }

    @ParameterizedTest(name = "{0} to {2}")
    @MethodSource
    void streams(Path fixture, Dialect from, Dialect to) throws IOException {
        ChatRequest asked = new ChatRequest.Builder(to).stream(true).build();
        DialectCodec upstream = codec(from);
        TranslatedLane lane = new TranslatedLane(
                upstream.answers().frames(),
                upstream.answers().decoder(ToolNames.none()),
                codec(to)
                        .answers()
                        .encoder(new ClientContext(asked, Outline.NONE, "abcdefghijklmnopqrstuvwx", 1_700_000_000)));
        byte[] bytes = Files.readAllBytes(fixture);
        ByteSink out = new ByteSink(1024);
        lane.feed(bytes, 0, bytes.length, out, heard -> {});
        lane.end(false, out, heard -> {});

        compare(fixture, to, "sse", out.text());
    }

    private static void compare(Path fixture, Dialect to, String suffix, String made) throws IOException {
        String name = fixture.getFileName().toString();
        Path golden =
                fixture.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".to-" + to.id() + "." + suffix);
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(golden, made);
        }
        assertThat(golden).as("write it with -Dgolden=write").exists();
        assertThat(made).isEqualTo(Files.readString(golden));
    }

    private static Stream<Arguments> directions(String folder) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files
                    .filter(file -> !file.getFileName().toString().contains(".to-"))
                    .sorted()
                    .flatMap(fixture ->
                            CODECS.dialects().stream().sorted().map(to -> Arguments.of(fixture, dialect(fixture), to)))
                    .toList()
                    .stream();
        }
    }

    private static Dialect dialect(Path fixture) {
        String[] parts = fixture.getFileName().toString().split("\\.", -1);
        return Dialect.parse(parts[parts.length - 2]).orElseThrow();
    }

    private static DialectCodec codec(Dialect dialect) {
        return CODECS.of(dialect).orElseThrow();
    }

    private static TargetProfile profile(Dialect dialect) {
        return new TargetProfile(dialect, "target-model", Capabilities.DEFAULT, Policies.DEFAULT);
    }

    private static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Bad<T>(Failure failure) -> throw new AssertionError(failure.message());
        };
    }
}
