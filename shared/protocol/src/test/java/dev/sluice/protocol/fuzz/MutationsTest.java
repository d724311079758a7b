package dev.sluice.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.vectors.PresentCodecs;
import dev.sluice.protocol.vectors.SplitMix64;
import dev.sluice.protocol.vectors.VectorBodies;
import dev.sluice.protocol.vectors.VectorBodies.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Good inputs with one thing wrong: nearer to the edges than random bytes get. The seeds are fixed, the inputs the same in
/// every run.
class MutationsTest {
    private static final List<Json> ODD = List.of(
            Json.NULL,
            Json.TRUE,
            Json.of(-1),
            new Json.Num("1.5"),
            new Json.Num("1e400"),
            Json.of(""),
            Json.of("\ud800"),
            new Json.Arr(List.of()),
            Json.Obj.EMPTY,
            Json.Arr.of(Json.NULL),
            Json.Arr.of(Json.Obj.EMPTY));

    @Test
    void the_scanner_agrees_with_the_parser_about_damaged_json() {
        List<Body> bodies = VectorBodies.all("request");
        for (int seed = 0; seed < 30_000; seed++) {
            SplitMix64 random = new SplitMix64(seed);
            byte[] bytes =
                    JsonText.bytes(bodies.get(random.below(bodies.size())).json());
            for (int i = random.below(3); i >= 0; i--) {
                bytes = damaged(bytes, random);
            }
            Oracles.scanner(bytes);
            Oracles.splice(
                    bytes, random.below(2) == 0 ? "model" : "new", random.below(2) == 0 ? "messages" : "max_tokens");
        }
    }

    private static byte[] damaged(byte[] bytes, SplitMix64 random) {
        String letters = "{}[]\",:\\0129.eE+-tfnu \n\u0000\u00e9";
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = random.below(Math.max(1, text.length()));
        String letter = String.valueOf(letters.charAt(random.below(letters.length())));
        String changed = switch (random.below(3)) {
            case 0 -> text.substring(0, at) + letter + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 1));
            default -> text.substring(0, at) + letter + text.substring(Math.min(text.length(), at + 1));
        };
        return changed.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void no_request_makes_a_codec_throw() {
        for (DialectCodec codec : PresentCodecs.all().clients()) {
            for (Body body : VectorBodies.of("request", codec.dialect())) {
                mutations(body, 60, (mutated, name) -> VectorBodies.encodeEverywhere(mutated, codec, name));
            }
        }
    }

    @Test
    void no_answer_makes_a_codec_throw() {
        for (UpstreamCodec codec : PresentCodecs.all().all()) {
            for (Body body : VectorBodies.of("response", codec.dialect())) {
                mutations(body, 60, (mutated, _) -> VectorBodies.answerEverywhere(JsonText.bytes(mutated), codec));
            }
        }
    }

    @Test
    void no_frame_makes_a_codec_throw() {
        for (UpstreamCodec codec : PresentCodecs.all().all()) {
            for (Body body : VectorBodies.frames(codec.dialect())) {
                mutations(body, 4, (mutated, _) -> {
                    List<Frame> frames = new ArrayList<>();
                    mutated.items("frames").forEach(item -> frames.add(frame(item)));
                    VectorBodies.streamEverywhere(frames, codec);
                });
            }
        }
    }

    private static Frame frame(Json item) {
        Json data = item instanceof Json.Obj frame && frame.has("data")
                ? frame.fields().get("data")
                : item;
        String name = item instanceof Json.Obj frame ? frame.text("event") : null;
        return Frame.of(name, data instanceof Json.Str(String text) ? text : JsonText.print(data));
    }

    /// Something done with a mutated body.
    private interface Use {
        void of(Json.Obj mutated, String name);
    }

    private static void mutations(Body body, int count, Use use) {
        for (int seed = 0; seed < count; seed++) {
            SplitMix64 random = new SplitMix64(seed);
            Json mutated = mutated(body.json(), random, 1 + random.below(size(body.json())));
            if (mutated instanceof Json.Obj object) {
                ThrowingCallable call = () -> use.of(object, body.name());
                assertThatCode(call)
                        .as(body.name() + " " + seed + " " + JsonText.print(mutated))
                        .doesNotThrowAnyException();
            }
        }
    }

    /// The value with its n-th part, counted in depth, replaced by something odd or, in an object, left out.
    static Json mutated(Json value, SplitMix64 random, int n) {
        if (n <= 1) {
            return ODD.get(random.below(ODD.size()));
        }
        int left = n - 1;
        if (value instanceof Json.Obj object) {
            Map<String, Json> fields = new LinkedHashMap<>();
            for (Map.Entry<String, Json> field : object.fields().entrySet()) {
                boolean here = left > 0 && left <= size(field.getValue());
                if (!here) {
                    fields.put(field.getKey(), field.getValue());
                } else if (left > 1 || random.below(3) > 0) {
                    fields.put(field.getKey(), mutated(field.getValue(), random, left));
                }
                left -= size(field.getValue());
            }
            return new Json.Obj(fields);
        }
        List<Json> items = new ArrayList<>();
        for (Json item : value instanceof Json.Arr(List<Json> all) ? all : List.<Json>of()) {
            items.add(left > 0 && left <= size(item) ? mutated(item, random, left) : item);
            left -= size(item);
        }
        return new Json.Arr(items);
    }

    static int size(Json value) {
        return switch (value) {
            case Json.Obj object ->
                1
                        + object.fields().values().stream()
                                .mapToInt(MutationsTest::size)
                                .sum();
            case Json.Arr(List<Json> items) ->
                1 + items.stream().mapToInt(MutationsTest::size).sum();
            default -> 1;
        };
    }

    @Test
    void mutations_change_exactly_one_part() {
        Json value = Json.Arr.of(Json.of(1), Json.object().put("a", 2).build(), Json.of(3));
        for (int n = 2; n <= size(value); n++) {
            assertThat(mutated(value, new SplitMix64(n), n)).isNotEqualTo(value).isInstanceOf(Json.Arr.class);
        }
        assertThat(VectorBodies.of("request", Dialect.ANTHROPIC)).isNotEmpty();
    }
}
