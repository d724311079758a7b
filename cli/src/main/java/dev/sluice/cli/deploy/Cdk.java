package dev.sluice.cli.deploy;

import java.util.List;
import java.util.function.Consumer;

/// The AWS CDK's command, as a deployment runs it.
public interface Cdk {
    /// What it runs on, in words; ends the command when node or npx is missing.
    String tools();

    /// Runs it to its end and answers its exit code.
    ///
    /// @param lines gets whatever it prints
    /// @param meanwhile called again and again while it runs, and once more after it
    int run(List<String> arguments, Consumer<String> lines, Runnable meanwhile);

    /// Ends what runs; CloudFormation goes on with what it was told.
    void stop();
}
