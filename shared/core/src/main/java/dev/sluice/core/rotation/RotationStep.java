package dev.sluice.core.rotation;

import java.util.Arrays;
import java.util.Optional;

/// The four steps of a rotation, as Secrets Manager names them.
public enum RotationStep {
    CREATE("createSecret"),
    SET("setSecret"),
    TEST("testSecret"),
    FINISH("finishSecret");

    private final String word;

    RotationStep(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /// Empty when no step is called so.
    public static Optional<RotationStep> of(String word) {
        return Arrays.stream(values()).filter(step -> step.word.equals(word)).findFirst();
    }
}
