package dev.sluice.cli.function;

import dev.sluice.cli.Printable;
import dev.sluice.cli.lambda.EngineEvent;
import dev.sluice.cli.lambda.InvocationFailure;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// What the function prints and what becomes of its environments, line by line. Thread-safe.
final class FunctionLines {
    private static final Set<String> ORDERLY = Set.of("the engine ends", "the function was updated");
    private static final String OPTIONS_PICKED_UP = "Picked up ";

    private final PrintStream out;
    private final boolean json;

    FunctionLines(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void happened(EngineEvent event) {
        switch (event) {
            case EngineEvent.Output(int environment, String line) -> printed(environment, line);
            case EngineEvent.Answered answered ->
                answered.failure().ifPresent(failure -> note(answered.environment(), words(failure)));
            case EngineEvent.Ended(int environment, String reason) -> {
                if (!ORDERLY.contains(reason)) {
                    note(environment, "ended: " + reason);
                }
            }
            case EngineEvent.Refused(int environment, String call, int status) ->
                note(environment, call + " was refused with " + status);
            case EngineEvent.Stepped _,
                    EngineEvent.Started _,
                    EngineEvent.Initialised _,
                    EngineEvent.Provisioned _,
                    EngineEvent.Snapshot _,
                    EngineEvent.Restored _,
                    EngineEvent.Frozen _,
                    EngineEvent.Thawed _,
                    EngineEvent.Delivered _ -> {}
        }
    }

    private void printed(int environment, String line) {
        Json.Obj object = JsonText.objectOrNull(line);
        if (object != null && object.text("note") instanceof String sentence) {
            note(environment, sentence);
        } else if (object != null || json || !line.startsWith(OPTIONS_PICKED_UP)) {
            out.println(Printable.of(line));
        }
    }

    private void note(int environment, String words) {
        out.println("sluice: environment " + environment + ": " + Printable.of(words));
    }

    private static String words(InvocationFailure failure) {
        return failure.type() + " " + new String(failure.payload(), StandardCharsets.UTF_8);
    }
}
