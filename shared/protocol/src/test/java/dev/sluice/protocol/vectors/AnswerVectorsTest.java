package dev.sluice.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The vectors of answers from and to Responses, while its requests are not built.
class AnswerVectorsTest {
    private static final Set<String> KINDS = Set.of("response", "stream", "error");

    @Test
    void every_vector_of_an_answer_holds() {
        Harness harness = new Harness(PresentCodecs.answering());
        TreeMap<String, Verdict> verdicts = new TreeMap<>();
        VectorFiles.all().stream()
                .filter(vector -> KINDS.contains(vector.kind()))
                .filter(vector -> vector.source().equals("openai-responses")
                        || vector.target().equals("openai-responses"))
                .forEach(vector -> verdicts.put(vector.name(), harness.run(vector)));
        System.out.println("vectors of Responses answers: " + verdicts.size() + " " + verdicts.keySet());

        verdicts.forEach((name, verdict) ->
                assertThat(verdict).as(name).isInstanceOfAny(Verdict.Passed.class, Verdict.Skipped.class));
    }
}
