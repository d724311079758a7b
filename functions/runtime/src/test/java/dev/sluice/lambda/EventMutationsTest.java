package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A good event with one to three things wrong. The seeds are fixed, the inputs the same in every run.
class EventMutationsTest {
    private static final String LETTERS = "{}[]\",:\\0129.=+-tfnuD8 \n\u0000\u00e9";

    private enum Outcome {
        HTTP,
        PROBLEM,
        MALFORMED,
        OTHER
    }

    @Test
    void damaged_events_are_told_and_never_crash() {
        String escapes =
                Events.post("{\"text\":\"a\\nb\u20ac\ud83d\ude00\"}").replace("\u20ac", "\\u20ac\\ud83d\\ude00");
        String base64 = Events.post("eyJhIjoxfQ==").replace("\"isBase64Encoded\":false", "\"isBase64Encoded\":true");
        String cookies =
                Events.get("/v1/models").replace("\"headers\":{}", "\"headers\":{\"a\":\"b\"},\"cookies\":[\"a=b=c\"]");
        String[] seeds = {escapes, base64, cookies};
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (int seed = 0; seed < 40_000; seed++) {
            Random random = new Random(seed);
            byte[] event = seeds[seed % seeds.length].getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(3); i >= 0; i--) {
                event = damaged(event, random);
            }
            EventOracles.anyEvent(event.clone());
            outcomes.merge(outcome(event), 1, Integer::sum);
        }
        assertThat(outcomes.keySet()).contains(Outcome.HTTP, Outcome.PROBLEM, Outcome.MALFORMED);
    }

    private static Outcome outcome(byte[] event) {
        return switch (FunctionUrl.decode(event, null)) {
            case Event.Http(var request) -> request.problem() == null ? Outcome.HTTP : Outcome.PROBLEM;
            case Event.Malformed _ -> Outcome.MALFORMED;
            case Event.Other _ -> Outcome.OTHER;
        };
    }

    private static byte[] damaged(byte[] event, Random random) {
        int at = random.nextInt(event.length);
        byte letter = (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
        byte[] changed = event.clone();
        switch (random.nextInt(4)) {
            case 0 -> changed[at] = letter;
            case 1 -> System.arraycopy(event, at, changed, Math.max(0, at - 1), event.length - at);
            case 2 -> {
                int length = Math.min(event.length - at, 1 + random.nextInt(12));
                System.arraycopy(event, random.nextInt(event.length - length + 1), changed, at, length);
            }
            default -> changed = random.nextInt(8) == 0 ? Arrays.copyOf(event, Math.max(1, at)) : changed;
        }
        return changed;
    }
}
