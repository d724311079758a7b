package dev.sluice.protocol.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Answer;
import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Policies;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.TranslatedLane;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.bedrock.BedrockCodec;
import dev.sluice.protocol.gemini.GeminiCodec;
import dev.sluice.protocol.ollama.OllamaCodec;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.openai.responses.ResponsesCodec;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.AnswerAssembler;
import dev.sluice.protocol.translate.ToolNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every fixture in every direction against its golden file; `-Dgolden=write` rewrites them.
///
/// A fixture is `NAME.DIALECT.json`, `.sse` or `.bin`, the dialect it is in. Beside it are its golden files: of a request
/// `NAME.DIALECT.to-OTHER.json`, what is reported as degraded and what the provider gets, or the refusal; of a stream
/// `NAME.DIALECT.to-OTHER.sse` (`.json` for lines), what the client gets and what was metered, and
/// `NAME.DIALECT.to-OTHER.whole.json`, the same answer unstreamed.
class GoldenTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden");
    private static final Seal SEAL = new Seal(new byte[32]);
    private static final Codecs CODECS = new Codecs(List.of(
            new AnthropicCodec(SEAL),
            new ChatCodec(SEAL),
            new ResponsesCodec(SEAL),
            new GeminiCodec(SEAL),
            new OllamaCodec(),
            new BedrockCodec()));

    /// One fixture on its way to one other dialect.
    record Passage(Path fixture, Dialect from, Dialect to) {
        Path golden(String suffix) {
            String name = fixture.getFileName().toString();
            return fixture.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".to-" + to.id() + "." + suffix);
        }

        @Override
        public String toString() {
            return fixture.getFileName() + " to " + to.id();
        }
    }

    static List<Passage> requests() throws IOException {
        return passages("requests", CODECS.dialects().stream().sorted().toList());
    }

    static List<Passage> streams() throws IOException {
        return passages(
                "streams",
                CODECS.clients().stream().map(DialectCodec::dialect).sorted().toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void requests(Passage passage) throws IOException {
        DialectCodec client = codec(passage.from());
        Outcome<EncodedRequest> outcome = client.requests()
                .outline(Files.readAllBytes(passage.fixture()), head(passage.from()))
                .then((Outline outline) -> client.requests().decode(outline))
                .then((ChatRequest request) ->
                        upstream(passage.to()).requests().encode(request, profile(passage.to())));

        String made = switch (outcome) {
            case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) ->
                encoded.degraded().stream()
                                .map(one -> one.path() + ";" + one.reason() + "\n")
                                .reduce("", String::concat)
                        + PrettyPrint.of(encoded.body());
            case Outcome.Bad<EncodedRequest>(Failure failure) -> refusal(client, failure);
        };
        compare(passage.golden("json"), made);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void streams(Passage passage) throws IOException {
        UpstreamCodec upstream = upstream(passage.from());
        TranslatedLane lane = new TranslatedLane(
                upstream.answers().frames(),
                upstream.answers().decoder(ToolNames.none()),
                codec(passage.to()).answers().encoder(asked(passage.to(), true)));
        byte[] bytes = Files.readAllBytes(passage.fixture());
        ByteSink out = new ByteSink(1024);
        AnswerAssembler assembler = new AnswerAssembler();
        lane.feed(bytes, 0, bytes.length, out, assembler);
        lane.end(false, out, assembler);

        boolean isEvents = lane.contentType().startsWith("text/event-stream");
        compare(passage.golden(isEvents ? "sse" : "json"), out.text() + metered(assembler.usage()));
        compare(passage.golden("whole.json"), whole(codec(passage.to()), assembler.answer()));
    }

    @Test
    void every_golden_file_has_a_fixture() throws IOException {
        Set<Path> expected = new TreeSet<>();
        requests().forEach(passage -> expected.add(passage.golden("json")));
        for (Passage passage : streams()) {
            expected.add(passage.golden(passage.to() == Dialect.OLLAMA_CHAT ? "json" : "sse"));
            expected.add(passage.golden("whole.json"));
        }
        Set<Path> present = new TreeSet<>();
        for (String folder : List.of("requests", "streams")) {
            files(folder).filter(file -> file.toString().contains(".to-")).forEach(present::add);
        }

        System.out.println("goldens: " + present.size());
        assertThat(present).isEqualTo(expected);
    }

    private static String whole(DialectCodec client, Outcome<Answer> outcome) {
        return switch (outcome) {
            case Outcome.Ok<Answer>(Answer answer) ->
                PrettyPrint.of(client.answers().encode(answer, asked(client.dialect(), false)));
            case Outcome.Bad<Answer>(Failure failure) -> refusal(client, failure);
        };
    }

    private static String refusal(DialectCodec client, Failure failure) {
        ErrorAnswer answer = client.failures().encode(failure, "req_1");
        return "HTTP " + answer.status() + "\n" + PrettyPrint.of(answer.body());
    }

    private static ClientContext asked(Dialect client, boolean stream) {
        ChatRequest request = new ChatRequest.Builder(client)
                .model("asked-model").stream(stream)
                        .reasoning(new ReasoningWish.Adaptive(null, "summarized"))
                        .build();
        return new ClientContext(request, Outline.NONE, "abcdefghijklmnopqrstuvwx", 1_700_000_000);
    }

    /// The line behind a stream: what it costs. A question mark is what the provider did not tell.
    private static String metered(Usage usage) {
        return "# metered: input " + said(usage.inputUncached()) + ", cache read " + said(usage.cacheRead())
                + ", cache write " + said(usage.cacheWrite5m()) + " and " + said(usage.cacheWrite1h()) + ", output "
                + said(usage.output()) + ", of it reasoning " + said(usage.reasoning()) + "\n";
    }

    private static String said(@Nullable Long tokens) {
        return tokens == null ? "?" : tokens.toString();
    }

    private static void compare(Path golden, String made) throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(golden, made);
        }
        assertThat(golden).as("write it with -Dgolden=write").exists();
        assertThat(made).isEqualTo(Files.readString(golden));
    }

    private static List<Passage> passages(String folder, List<Dialect> targets) throws IOException {
        return files(folder)
                .filter(file -> !file.toString().contains(".to-"))
                .flatMap(fixture -> targets.stream().map(to -> new Passage(fixture, dialect(fixture), to)))
                .toList();
    }

    private static Stream<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.sorted().toList().stream();
        }
    }

    private static Dialect dialect(Path fixture) {
        String[] parts = fixture.getFileName().toString().split("\\.", -1);
        return Dialect.parse(parts[parts.length - 2]).orElseThrow();
    }

    private static UpstreamCodec upstream(Dialect dialect) {
        return CODECS.upstream(dialect).orElseThrow();
    }

    private static DialectCodec codec(Dialect dialect) {
        return CODECS.of(dialect).orElseThrow();
    }

    /// Where a client asks for a stream, as far as the dialect says so in the path.
    private static RequestHead head(Dialect dialect) {
        return dialect == Dialect.GEMINI
                ? new RequestHead("/v1beta/models/m:streamGenerateContent", Map.of("alt", "sse"), Headers.NONE)
                : RequestHead.NONE;
    }

    private static TargetProfile profile(Dialect dialect) {
        return new TargetProfile(dialect, "target-model", Capabilities.DEFAULT, Policies.DEFAULT);
    }
}
