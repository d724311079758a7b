package dev.sluice.cli.guide;

import java.util.List;
import java.util.Map;

/// Runs a command as if it had been typed at the same folder or stack, and hands back what it prints. It asks nothing.
@FunctionalInterface
public interface Commands {
    /// @param environment variables beside those that are there: keys go in here, never into arguments
    Ran run(Map<String, String> environment, List<String> arguments);

    /// How it ended.
    record Ran(int exit, String out, String err) {
        public boolean isGood() {
            return exit == 0;
        }
    }
}
