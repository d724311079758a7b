package dev.sluice.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Runs every conformance vector and tells the sum in its last line.
class VectorsTest {
    @Test
    void every_vector_of_our_own_holds() {
        Harness harness = new Harness(PresentCodecs.all());
        assertThat(VectorFiles.own())
                .allSatisfy(vector ->
                        assertThat(harness.run(vector)).as(vector.name()).isInstanceOf(Verdict.Passed.class));
    }

    @Test
    void every_vector_holds() {
        Harness harness = new Harness(PresentCodecs.all());
        int passed = 0;
        int skipped = 0;
        List<String> failed = new ArrayList<>();
        for (Vector vector : VectorFiles.all()) {
            switch (harness.run(vector)) {
                case Verdict.Passed _ -> passed++;
                case Verdict.Skipped _ -> skipped++;
                case Verdict.Failed(String reason) -> {
                    failed.add(vector.name());
                    System.out.println(
                            vector.name() + " " + reason.lines().findFirst().orElse(""));
                }
            }
        }
        System.out.println("vectors: " + passed + " passed, " + failed.size() + " failed, " + skipped
                + " skipped (dialect not present)");
        assertThat(failed).as("failing vectors").isEmpty();
        assertThat(passed + skipped).as("vectors in " + VectorFiles.directory()).isPositive();
    }
}
