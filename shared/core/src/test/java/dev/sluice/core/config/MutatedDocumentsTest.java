package dev.sluice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MutatedDocumentsTest {
    private static final List<Json> ODD = List.of(
            Json.NULL,
            Json.TRUE,
            Json.of(0),
            Json.of(-1),
            new Json.Num("1e400"),
            new Json.Num("-0.0000001"),
            new Json.Num("9".repeat(400)),
            Json.of(""),
            Json.of("*"),
            Json.of("\u0000\uD83D\uDE00"),
            Json.of("a/b/c"),
            Json.of("openrouter/gpt-4o"),
            Json.of("coding"),
            Json.of("https://[::"),
            Json.array(List.of()),
            Json.Obj.EMPTY,
            Json.array(List.of(Json.NULL, Json.array(List.of()))),
            Json.of("x".repeat(5000)));

    @Test
    void a_changed_tree_is_read_or_refused_and_what_is_accepted_fits_the_schema() {
        Json.Obj sample = JsonText.objectOrNull(
                Documents.good(Documents.sample()).snapshot().document());
        Random random = new Random(20_260_101);
        int accepted = 0;
        for (int i = 0; i < 2000; i++) {
            Json mutated = mutated(sample, random);
            switch (Documents.read(JsonText.print(mutated))) {
                case ConfigReading.Good(ConfigSnapshot snapshot, var notYet) -> {
                    accepted++;
                    assertThat(SchemaCheck.problems(ConfigSchemaTest.SCHEMA, mutated))
                            .as(snapshot.document())
                            .isEmpty();
                    assertThat(Documents.good(snapshot.document()).snapshot()).isEqualTo(snapshot);
                }
                case ConfigReading.Refused(var errors) -> assertThat(errors).isNotEmpty();
            }
        }
        assertThat(accepted).isBetween(100, 1900);
    }

    @Test
    void changed_bytes_are_read_or_refused() {
        byte[] sample = Documents.sample().getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = sample.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            refused += ConfigReader.read(bytes, i) instanceof ConfigReading.Refused ? 1 : 0;
        }
        assertThat(refused).isBetween(500, 2000);
    }

    /// One node put, taken or replaced.
    private static Json mutated(Json value, Random random) {
        int roll = random.nextInt(8);
        return switch (value) {
            case Json.Obj(Map<String, Json> fields)
            when !fields.isEmpty() && roll > 0 -> {
                Map<String, Json> copy = new LinkedHashMap<>(fields);
                List<String> names = List.copyOf(fields.keySet());
                String name = names.get(random.nextInt(names.size()));
                if (roll == 1) {
                    copy.remove(name);
                } else if (roll == 2) {
                    copy.put(names.get(random.nextInt(names.size())) + (random.nextBoolean() ? "" : "x"), odd(random));
                } else {
                    copy.put(name, mutated(fields.get(name), random));
                }
                yield new Json.Obj(copy);
            }
            case Json.Arr(List<Json> items)
            when !items.isEmpty() && roll > 0 -> {
                List<Json> copy = new ArrayList<>(items);
                int at = random.nextInt(items.size());
                if (roll == 1) {
                    copy.remove(at);
                } else if (roll == 2) {
                    copy.add(items.get(at));
                } else {
                    copy.set(at, mutated(items.get(at), random));
                }
                yield new Json.Arr(copy);
            }
            case Json.Obj _, Json.Arr _, Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> odd(random);
        };
    }

    private static Json odd(Random random) {
        return ODD.get(random.nextInt(ODD.size()));
    }
}
