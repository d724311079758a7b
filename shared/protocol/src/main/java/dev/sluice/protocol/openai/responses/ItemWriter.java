package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.model.Message.Role;
import dev.sluice.model.Tool;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.BillingLine;
import dev.sluice.protocol.translate.ErrorText;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.TextTool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The conversation as items: calls, results and reasoning are items of their own, the rest of a turn is a message. One per
/// request.
final class ItemWriter {
    private final ChatRequest request;
    private final TargetProfile target;
    private final ToolWriter tools;
    private final Hints hints;
    private final PartWriter parts;
    private final TreeMap<Integer, Json.Obj> kept;
    private final Set<String> customCalls = new HashSet<>();
    private final List<Json> items = new ArrayList<>();

    /// The message that is being filled: its parts, who speaks, and the item of the client's body that it was.
    private final List<Json> open = new ArrayList<>();

    private String role = "";
    private String origin = "";
    private boolean isString;

    ItemWriter(ChatRequest request, TargetProfile target, Losses losses, ToolWriter tools) {
        this.request = request;
        this.target = target;
        this.tools = tools;
        this.hints = Hints.of(request);
        this.parts = new PartWriter(target, losses, hints);
        this.kept = new TreeMap<>(hints.items());
    }

    /// Whether instructions must be parts of a message, to carry a cache breakpoint.
    private boolean isMarked(List<Block.Text> system) {
        return target.capabilities().promptCacheBreakpoint()
                && system.stream().anyMatch(text -> text.mark().cache() != null);
    }

    /// The field `instructions`; null: there are none, or they are items of the input.
    @Nullable
    String instructions() {
        List<Block.Text> texts = system().stream().filter(this::isInstruction).toList();
        return texts.isEmpty()
                ? null
                : String.join("\n\n", texts.stream().map(Block.Text::text).toList());
    }

    private List<Block.Text> system() {
        return request.system().stream()
                .filter(text -> !text.text().isEmpty() && !BillingLine.isUnwanted(text, target))
                .toList();
    }

    private boolean isInstruction(Block.Text text) {
        return isOwn() ? text.mark().path().equals("instructions") : !isMarked(system());
    }

    private boolean isOwn() {
        return request.client() == Dialect.OPENAI_RESPONSES;
    }

    Json input() {
        for (Block.Text text : system()) {
            if (!isInstruction(text)) {
                say(text, Role.SYSTEM, "developer");
            }
        }
        for (Message message : request.messages()) {
            message.blocks().forEach(block -> block(block, message.role()));
            if (!isOwn()) {
                flush();
            }
        }
        flush();
        kept.values().forEach(items::add);
        return bare();
    }

    /// One string where the client had one.
    private Json bare() {
        boolean isOne = items.size() == 1 && request.messages().size() == 1;
        return isOne
                        && request.messages().getFirst().blocks().getFirst()
                                instanceof Block.Text(String text, var _, var _, Mark mark)
                        && mark.path().equals("input")
                ? Json.of(text)
                : new Json.Arr(items);
    }

    private void block(Block block, Role role) {
        if (isKeptWhole(block)) {
            return;
        }
        switch (block) {
            case Block.ToolCall call -> item(call(call));
            case Block.ToolResult result -> item(result(result));
            case Block.Reasoning _, Block.EncryptedReasoning _ -> {
                Json.Obj item =
                        EarlierReasoning.write(block, hints.at(block.mark().path()));
                if (item != null) {
                    item(item);
                }
            }
            case Block.ServerToolCall(Dialect dialect, var _, var _, Json.Obj raw, Mark _)
            when dialect == Dialect.OPENAI_RESPONSES -> item(raw);
            case Block.ServerToolResult(Dialect dialect, var _, Json.Obj raw, Mark _)
            when dialect == Dialect.OPENAI_RESPONSES -> item(raw);
            case Block.Unmodelled(Dialect dialect, Json.Obj raw, Mark mark)
            when dialect == Dialect.OPENAI_RESPONSES && number(mark.path()) >= 0 -> item(raw);
            default -> say(block, role, role == Role.SYSTEM ? "developer" : role == Role.USER ? "user" : "assistant");
        }
    }

    /// Puts the items that are kept whole where they stood. True: this block is one of them.
    private boolean isKeptWhole(Block block) {
        if (kept.isEmpty()) {
            return false;
        }
        String path = block.mark().path();
        int number = number(itemOf(path));
        if (number < 0) {
            return false;
        }
        while (!kept.isEmpty() && kept.firstKey() < number) {
            item(kept.pollFirstEntry().getValue());
        }
        Json.Obj whole = kept.remove(number);
        if (whole == null) {
            return false;
        }
        item(
                switch (block) {
                    case Block.ToolCall call -> whole.with("call_id", Json.of(call.id()));
                    case Block.ToolResult result -> whole.with("call_id", Json.of(result.callId()));
                    default -> whole;
                });
        return true;
    }

    /// The path of the item that holds that path; empty for other clients.
    private String itemOf(String path) {
        int end = path.indexOf(']');
        return !isOwn() || end < 0 ? "" : path.substring(0, end + 1);
    }

    /// The number in `input[7]`; -1: the path is of something else.
    private static int number(String path) {
        boolean isItem = path.startsWith("input[") && path.indexOf(']') == path.length() - 1;
        return isItem ? Integer.parseInt(path, 6, path.length() - 1, 10) : -1;
    }

    private void say(Block block, Role speaker, String as) {
        String from = itemOf(block.mark().path());
        if (!as.equals(role) || !from.equals(origin)) {
            flush();
        }
        role = as;
        origin = from;
        parts.part(block, speaker, open);
        isString = open.size() == 1 && isPlain(block);
    }

    /// Whether a text was a string itself, or says as much as if it were one.
    private boolean isPlain(Block block) {
        if (!(block instanceof Block.Text text) || open.isEmpty()) {
            return false;
        }
        return isOwn()
                ? !text.mark().path().endsWith("]")
                : !((Json.Obj) open.getFirst()).has("prompt_cache_breakpoint");
    }

    private void flush() {
        if (!open.isEmpty()) {
            Json content =
                    isString ? Json.of(((Json.Obj) open.getFirst()).text("text", "")) : new Json.Arr(List.copyOf(open));
            Json.Builder message = Json.object();
            message.when(origin.isEmpty(), m -> m.put("type", "message"));
            items.add(message.put("role", role)
                    .put("content", content)
                    .putAll(hints.at(origin))
                    .build());
        }
        open.clear();
        role = "";
        origin = "";
    }

    private void item(Json.Obj item) {
        flush();
        items.add(item);
    }

    private Json.Obj call(Block.ToolCall call) {
        boolean isCustom = call.kind() == Tool.Kind.CUSTOM && tools.hasCustomTools();
        if (isCustom) {
            customCalls.add(call.id());
        }
        Json.Builder item = Json.object()
                .put("type", isCustom ? "custom_tool_call" : "function_call")
                .put("call_id", call.id())
                .put("name", tools.name(call.name(), call.namespace(), call.kind()))
                .putIf("namespace", call.namespace());
        Json.Obj beside = hints.at(call.mark().path());
        if (isCustom) {
            return item.put("input", call.arguments()).putAll(beside).build();
        }
        if (call.kind() == Tool.Kind.CUSTOM) {
            // the id of an item says of what kind it is
            return item.put("arguments", JsonText.print(TextTool.arguments(call.arguments())))
                    .putAll(beside.without("id"))
                    .build();
        }
        String arguments = call.arguments().isBlank() ? "{}" : call.arguments();
        return item.put("arguments", arguments).putAll(beside).build();
    }

    private Json.Obj result(Block.ToolResult result) {
        boolean isCustom = customCalls.contains(result.callId());
        return Json.object()
                .put("type", isCustom ? "custom_tool_call_output" : "function_call_output")
                .put("call_id", result.callId())
                .put("output", output(result))
                .putAll(hints.at(result.mark().path()))
                .build();
    }

    private Json output(Block.ToolResult result) {
        List<Block> content = new ArrayList<>(result.content());
        if (result.isError()) {
            boolean hasText = !content.isEmpty() && content.getFirst() instanceof Block.Text;
            Block.Text first = hasText ? (Block.Text) content.removeFirst() : new Block.Text("");
            content.addFirst(new Block.Text(ErrorText.of(first.text()), first.mark()));
        }
        List<Json> written = new ArrayList<>();
        content.forEach(block -> parts.part(block, Role.USER, written));
        if (written.isEmpty()) {
            return Json.of("");
        }
        boolean isText = written.size() == 1
                && written.getFirst() instanceof Json.Obj part
                && part.text("type", "").equals("input_text")
                && part.fields().size() == 2;
        boolean wasParts = isOwn() && content.getFirst().mark().path().endsWith("]");
        return isText && !wasParts ? Json.of(((Json.Obj) written.getFirst()).text("text", "")) : new Json.Arr(written);
    }
}
