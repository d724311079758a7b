package dev.sluice.rotation;

/// A step that was not done: thrown out of the function, so that Secrets Manager knows and tries again. It holds no key,
/// and no cause that might.
public final class RotationFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    RotationFailure(String sentence) {
        super(sentence);
    }
}
