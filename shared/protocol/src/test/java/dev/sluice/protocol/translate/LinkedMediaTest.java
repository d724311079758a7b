package dev.sluice.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Message;
import dev.sluice.model.Policies;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.TargetProfile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkedMediaTest {
    private static final MediaSource.Base64 BYTES = new MediaSource.Base64("AAAA", "image/png");

    private final List<LinkedMedia.Link> asked = new ArrayList<>();

    private static Block image(String url, String path) {
        return new Block.Image(new MediaSource.Url(url), "high", Mark.at(path));
    }

    private static Block document(String url, String path) {
        return new Block.Document(new MediaSource.Url(url), "name", "context", true, Mark.at(path));
    }

    private static ChatRequest request(Block... blocks) {
        return new ChatRequest.Builder(Dialect.ANTHROPIC)
                .messages(List.of(new Message(Message.Role.USER, List.of(blocks))))
                .build();
    }

    private Outcome<ChatRequest> inlined(ChatRequest request, Dialect dialect) {
        TargetProfile target = new TargetProfile(dialect, "m", Capabilities.DEFAULT, Policies.DEFAULT);
        return LinkedMedia.inlined(request, target, link -> {
            asked.add(link);
            return Outcome.ok(BYTES);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "BEDROCK_CONVERSE, true, true",
        "GEMINI, true, true",
        "OLLAMA_CHAT, true, false",
        "OPENAI_CHAT, false, true",
        "OPENAI_RESPONSES, false, false",
        "ANTHROPIC, false, false"
    })
    void asks_for_what_the_dialect_takes_inline_alone(Dialect dialect, boolean images, boolean documents) {
        inlined(request(image("https://a.test/i", "i"), document("https://a.test/d", "d")), dialect);

        List<LinkedMedia.Link> expected = new ArrayList<>();
        if (images) {
            expected.add(new LinkedMedia.Link("https://a.test/i", LinkedMedia.Kind.IMAGE, "i"));
        }
        if (documents) {
            expected.add(new LinkedMedia.Link("https://a.test/d", LinkedMedia.Kind.DOCUMENT, "d"));
        }
        assertThat(asked).isEqualTo(expected);
    }

    @Test
    void the_bytes_take_the_links_place_also_in_results_and_nothing_else_changes() {
        Block result = new Block.ToolResult(
                "id", "tool", List.of(new Block.Text("t"), image("http://a.test/r", "r")), true, Mark.at("x"));
        ChatRequest request = request(result, document("HTTPS://a.test/d", "d"), new Block.Text("text"));

        Block inResult = new Block.Image(BYTES, "high", Mark.at("r"));
        assertThat(inlined(request, Dialect.BEDROCK_CONVERSE))
                .isEqualTo(Outcome.ok(request(
                        new Block.ToolResult("id", "tool", List.of(new Block.Text("t"), inResult), true, Mark.at("x")),
                        new Block.Document(BYTES, "name", "context", true, Mark.at("d")),
                        new Block.Text("text"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs://bucket/a.png", "file:///etc/passwd", "ftp://a.test/a", "data:,x", "", "httpsx://a"})
    void what_is_no_address_on_the_web_is_left_to_the_encoder(String url) {
        ChatRequest request = request(image(url, "i"));

        assertThat(inlined(request, Dialect.BEDROCK_CONVERSE)).isEqualTo(Outcome.ok(request));
        assertThat(asked).isEmpty();
    }

    @Test
    void the_first_that_is_not_to_be_had_ends_it() {
        Failure failure = Failure.Refused.field("b", "no");
        TargetProfile target = new TargetProfile(Dialect.BEDROCK_CONVERSE, "m", Capabilities.DEFAULT, Policies.DEFAULT);

        Outcome<ChatRequest> outcome = LinkedMedia.inlined(
                request(image("https://a", "a"), image("https://b", "b"), image("https://c", "c")), target, link -> {
                    asked.add(link);
                    return link.path().equals("b") ? Outcome.bad(failure) : Outcome.ok(BYTES);
                });

        assertThat(outcome).isEqualTo(Outcome.bad(failure));
        assertThat(asked).extracting(LinkedMedia.Link::path).containsExactly("a", "b");
    }
}
