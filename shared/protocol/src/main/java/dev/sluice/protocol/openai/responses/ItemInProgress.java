package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Block;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.protocol.translate.Logprobs;
import dev.sluice.protocol.translate.ToolNames;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// An item of a provider's stream. `end` gives it whole; what its pieces already told is not told again.
sealed interface ItemInProgress {
    /// @param out what the item tells; nothing is told after its end
    void end(Json.Obj item, Consumer<StreamEvent> out);

    /// The stream ends without the item's own end.
    void close(Consumer<StreamEvent> out);

    static ItemInProgress begun(Json.Obj item, ToolNames names, IntSupplier numbers, Consumer<StreamEvent> out) {
        return switch (item.text("type", "")) {
            case "message" -> new Message(numbers);
            case "reasoning" -> new Thought(numbers);
            case "function_call", "custom_tool_call" -> {
                CallItem call = CallItem.of(item, names);
                Call begun = new Call(new BlockInProgress(call.opening(), numbers, call.text()));
                begun.block.open(out);
                yield begun;
            }
            default -> new Hosted(numbers);
        };
    }

    private static void whole(Block block, IntSupplier numbers, Consumer<StreamEvent> out) {
        int index = numbers.getAsInt();
        out.accept(new StreamEvent.BlockOpened(index, new Opening.Whole(block)));
        out.accept(new StreamEvent.BlockClosed(index));
    }

    /// Texts and refusals by their place in the content.
    record Message(IntSupplier numbers, TreeMap<Integer, BlockInProgress> parts) implements ItemInProgress {
        Message(IntSupplier numbers) {
            this(numbers, new TreeMap<>());
        }

        BlockInProgress part(int index, Opening opening) {
            return parts.computeIfAbsent(index, any -> new BlockInProgress(opening, numbers, null));
        }

        /// A part of the content is whole.
        BlockInProgress complete(int index, Json.Obj part, Consumer<StreamEvent> out) {
            boolean isRefusal = ResponseReader.isRefusal(part);
            BlockInProgress block = part(index, isRefusal ? Opening.REFUSAL : Opening.TEXT);
            block.weighWhole(Logprobs.read(part.items(ResponsesEventDecoder.LOGPROBS)), out);
            block.complete(part.text(isRefusal ? "refusal" : "text", ""), out);
            block.complete(Annotations.read(part), out);
            return block;
        }

        boolean isRefused() {
            return parts.values().stream().anyMatch(BlockInProgress::isRefusal);
        }

        @Override
        public void end(Json.Obj item, Consumer<StreamEvent> out) {
            int index = 0;
            for (Json each : item.items("content")) {
                if (each instanceof Json.Obj part) {
                    complete(index, part, out).close(out);
                }
                index++;
            }
            close(out);
        }

        @Override
        public void close(Consumer<StreamEvent> out) {
            parts.values().forEach(part -> part.close(out));
        }
    }

    /// A thought: its summary, or where there is none the thought itself, as one text.
    final class Thought implements ItemInProgress {
        private final IntSupplier numbers;
        private final BlockInProgress block;
        private @Nullable String kind;
        private long part = -1;
        private int partFrom;

        Thought(IntSupplier numbers) {
            this.numbers = numbers;
            this.block = new BlockInProgress(Opening.REASONING, numbers, null);
        }

        /// @param of `summary` or `content`: of both, the one that comes first is told
        void add(String of, long index, String text, Consumer<StreamEvent> out) {
            if (text.isEmpty() || !enter(of, index, out)) {
                return;
            }
            block.add(text, out);
        }

        /// A part is whole.
        void complete(String of, long index, String text, Consumer<StreamEvent> out) {
            if (!text.isEmpty() && enter(of, index, out)) {
                block.add(text.substring(Math.min(block.received() - partFrom, text.length())), out);
            }
        }

        private boolean enter(String of, long index, Consumer<StreamEvent> out) {
            kind = kind == null ? of : kind;
            if (!kind.equals(of) || index < part) {
                return false;
            }
            if (index > part) {
                block.add(block.received() == 0 ? "" : ReasoningItem.BETWEEN_PARTS, out);
                part = index;
                partFrom = block.received();
            }
            return true;
        }

        @Override
        public void end(Json.Obj item, Consumer<StreamEvent> out) {
            block.complete(ReasoningItem.text(item), out);
            Signature signature = ReasoningItem.signature(item);
            if (signature != null && block.isOpened()) {
                block.sign(signature, out);
            } else if (signature != null) {
                whole(new Block.EncryptedReasoning(signature, item.text("id"), Mark.NONE), numbers, out);
            }
            block.close(out);
        }

        @Override
        public void close(Consumer<StreamEvent> out) {
            block.close(out);
        }
    }

    /// A call of a tool that the client runs.
    record Call(BlockInProgress block) implements ItemInProgress {
        @Override
        public void end(Json.Obj item, Consumer<StreamEvent> out) {
            block.complete(CallItem.arguments(item), out);
            block.close(out);
        }

        @Override
        public void close(Consumer<StreamEvent> out) {
            block.close(out);
        }
    }

    /// What is told in one piece, at its end; without its end it is nothing.
    record Hosted(IntSupplier numbers) implements ItemInProgress {
        @Override
        public void end(Json.Obj item, Consumer<StreamEvent> out) {
            whole(HostedItem.read(item), numbers, out);
        }

        @Override
        public void close(Consumer<StreamEvent> out) {}
    }
}
