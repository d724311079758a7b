package dev.sluice.cli.provider;

import dev.sluice.model.Dialect;

/// One thing that a trial of a provider has shown.
///
/// @param model empty: it is about the endpoint
/// @param text a few words for a person, never a secret
public record Finding(Dialect dialect, String model, Check check, Verdict verdict, String text) {
    /// What was looked at.
    public enum Check {
        REACHED("reached"),
        MODELS("models"),
        SECRET("secret"),
        WRONG_SECRET("wrong secret"),
        STREAM("stream"),
        TOOL_CALL("tool call");

        private final String label;

        Check(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /// How it stands with it.
    public enum Verdict {
        OK("ok"),
        /// It works, and there is something to know.
        NOTED("note"),
        SKIPPED("skip"),
        FAILED("FAIL");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
