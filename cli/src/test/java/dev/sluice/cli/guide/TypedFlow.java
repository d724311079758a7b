package dev.sluice.cli.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.provider.ScriptedProvider;
import dev.sluice.cli.terminal.VirtualScreen;

/// What a person types into the guide on a terminal.
public final class TypedFlow {
    private static final String HOME = "\u001b[H";
    private static final String DOWN = "\u001b[B";

    private TypedFlow() {}

    /// From the first screen to the review of a provider `desk` with one model and a limit.
    ///
    /// @param port where a [ScriptedProvider] listens
    public static void toReview(VirtualScreen screen, int port) throws InterruptedException {
        screen.await("Add a provider");
        screen.type("\r").await("Which provider");
        screen.type("another\r").await("What does it speak");
        screen.type("\r").await("Where is it");
        screen.type("http://127.0.0.1:" + port + "/v1\r").await("own network");
        screen.type("y").await("Its name here");
        screen.type("\u0015desk\r").await("The secret of desk");
        screen.type(HOME + "\r").await("Nothing of it is shown");
        screen.type("\u001b[200~" + ScriptedProvider.SECRET + "\n\u001b[201~");
        assertThat(screen.await("*****")).noneMatch(line -> line.contains(ScriptedProvider.SECRET));
        screen.type("\r").await("Models of desk");
        screen.type(" ").await("1 marked");
        screen.type("\r").await("Try it now?");
        screen.type("y").await("It works");
        screen.type("\r").await("The default model");
        screen.type("\r").await("A limit of desk");
        screen.type(DOWN + "\r").await("What is counted?");
        screen.type("\r").await("At most how many?");
        screen.type("300\r");
        screen.await("Save it");
    }
}
