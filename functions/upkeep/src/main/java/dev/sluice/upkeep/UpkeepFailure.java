package dev.sluice.upkeep;

/// Upkeep that could not be done: thrown out of the function, so that Lambda counts an error and the alarm sees it.
public final class UpkeepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UpkeepFailure(String sentence) {
        super(sentence);
    }
}
