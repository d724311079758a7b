package dev.sluice.aws.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.RequestSigning.Request;
import dev.sluice.core.ports.RequestSigning.Result;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The conformance vectors of kind `sigv4`, with the very headers that they sign.
class SigningVectorsTest {
    private static final Path BUNDLED = Path.of("..", "protocol", "src", "test", "resources", "vectors");

    @Test
    void every_signature_is_the_one_of_its_vector() throws IOException {
        String given = System.getProperty("vectors", "");
        Path directory = given.isEmpty()
                ? BUNDLED
                : Path.of(System.getProperty("vectors.cwd", "")).resolve(given);

        int checked = 0;
        for (Json.Obj vector : vectors(directory)) {
            check(vector);
            checked++;
        }

        assertThat(checked > 0 || !given.isEmpty())
                .as("vectors in " + directory)
                .isTrue();
    }

    private static List<Json.Obj> vectors(Path directory) throws IOException {
        List<Json.Obj> vectors = new ArrayList<>();
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                Json.Obj all = JsonText.objectOrNull(Files.readString(file));
                for (Json item : all == null ? List.<Json>of() : all.items("vectors")) {
                    if (item instanceof Json.Obj vector && "sigv4".equals(vector.text("kind"))) {
                        vectors.add(vector);
                    }
                }
            }
        }
        return vectors;
    }

    private static void check(Json.Obj vector) {
        Json.Obj context = object(vector, "context");
        Json.Obj input = object(vector, "input");
        Json.Obj key = object(context, "credentials");
        String token = key.text("session_token");
        String secret =
                key.text("access_key_id") + ":" + key.text("secret_access_key") + (token == null ? "" : ":" + token);
        Request request = new Request(
                URI.create("https://" + input.text("host") + input.text("path")),
                context.text("region", ""),
                context.text("service", ""),
                Headers.from(texts(object(input, "headers"))),
                input.text("raw", "").getBytes(StandardCharsets.UTF_8));

        try (AwsSigning signing = new AwsSigning()) {
            Result result = signing.sign(request, secret, Instant.parse(context.text("now", "")));

            assertThat(result).isInstanceOf(Result.Signed.class);
            Headers headers = ((Result.Signed) result).headers();
            texts(object(object(vector, "expect"), "headers"))
                    .forEach((name, value) -> assertThat(headers.first(name))
                            .as(vector.text("name") + " " + name)
                            .hasValue(value));
        }
    }

    private static Map<String, String> texts(Json.Obj object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.fields().keySet().forEach(name -> texts.put(name, object.text(name, "")));
        return texts;
    }

    private static Json.Obj object(Json.Obj holder, String name) {
        Json.Obj object = holder.object(name);
        return object == null ? Json.Obj.EMPTY : object;
    }
}
