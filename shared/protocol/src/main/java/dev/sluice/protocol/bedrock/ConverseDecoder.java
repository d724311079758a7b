package dev.sluice.protocol.bedrock;

import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.ToolNames;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A Converse stream to events. The finish is held until the usage, which follows it, or the end of the bytes.
final class ConverseDecoder implements EventDecoder {
    private final StreamBlocks blocks;
    private boolean started;
    private boolean stopped;
    private boolean ended;
    private @Nullable String stopReason;

    ConverseDecoder(ToolNames names) {
        this.blocks = new StreamBlocks(names);
    }

    @Override
    public void feed(Frame frame, Consumer<StreamEvent> out) {
        if (ended || frame.kind() == Frame.Kind.FILLER) {
            return;
        }
        Failure.Upstream failure = BedrockFailures.inStream(frame);
        if (failure != null) {
            fail(failure, out);
            return;
        }
        Json.Obj data = JsonText.objectOrNull(frame.data(), frame.dataFrom(), frame.dataTo());
        if (data == null) {
            malformed(frame, out);
            return;
        }
        switch (frame.event()) {
            case "messageStart" -> start(out);
            case "contentBlockStart" -> open(data, out);
            case "contentBlockDelta" -> delta(data, out);
            case "contentBlockStop" -> blocks.close(index(data), out);
            case "messageStop" -> stop(data, out);
            case "metadata" -> metadata(data, out);
            case null, default -> {
                // an event younger than this version
            }
        }
    }

    private static Long index(Json.Obj data) {
        Long index = data.whole("contentBlockIndex");
        return index == null ? 0L : index;
    }

    /// What is no event of the answer may have any payload, or none.
    private void malformed(Frame frame, Consumer<StreamEvent> out) {
        boolean isOfTheAnswer = switch (frame.event()) {
            case "messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop" -> true;
            case "messageStop" -> true;
            case null, default -> false;
        };
        if (isOfTheAnswer && !stopped) {
            fail(
                    Failure.Upstream.of(
                            Category.MALFORMED_ANSWER, "The provider's stream holds an event that is not JSON."),
                    out);
        }
    }

    private void start(Consumer<StreamEvent> out) {
        if (!started) {
            started = true;
            out.accept(new StreamEvent.Started("", "", 0));
        }
    }

    private void open(Json.Obj data, Consumer<StreamEvent> out) {
        Json.Obj begin = data.object("start");
        if (begin != null && !stopped) {
            start(out);
            blocks.open(index(data), begin, out);
        }
    }

    private void delta(Json.Obj data, Consumer<StreamEvent> out) {
        Json.Obj delta = data.object("delta");
        if (delta != null && !stopped) {
            start(out);
            blocks.delta(index(data), delta, out);
        }
    }

    private void stop(Json.Obj data, Consumer<StreamEvent> out) {
        start(out);
        blocks.closeAll(out);
        stopped = true;
        stopReason = data.text("stopReason");
    }

    private void metadata(Json.Obj data, Consumer<StreamEvent> out) {
        start(out);
        Json.Obj usage = data.object("usage");
        if (usage != null) {
            out.accept(new StreamEvent.UsageReported(UsageJson.read(usage)));
        }
        if (stopped) {
            finish(out);
        }
    }

    private void finish(Consumer<StreamEvent> out) {
        ended = true;
        out.accept(new StreamEvent.Finished(StopReason.read(stopReason, blocks.hasCalls())));
    }

    private void fail(Failure failure, Consumer<StreamEvent> out) {
        ended = true;
        out.accept(new StreamEvent.Failed(failure));
    }

    @Override
    public void end(boolean reset, Consumer<StreamEvent> out) {
        if (ended) {
            return;
        }
        if (stopped) {
            finish(out);
        } else {
            fail(Failure.Upstream.of(Category.TRUNCATED, "The provider's stream broke off before its end."), out);
        }
    }
}
