package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Block;
import dev.sluice.model.Capabilities;
import dev.sluice.model.Capabilities.ReasoningHistory;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Message;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.BillingLine;
import dev.sluice.protocol.translate.ErrorText;
import dev.sluice.protocol.translate.GeminiProof;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.TextTool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conversation in Chat's form: a turn with tool results becomes one tool message each and then the rest.
final class MessageWriter {
    private final ChatRequest request;
    private final TargetProfile target;
    private final Capabilities caps;
    private final Losses losses;
    private final ToolNames names;
    private final PartWriter parts;
    private final List<Json> messages = new ArrayList<>();

    MessageWriter(ChatRequest request, TargetProfile target, Losses losses, ToolNames names) {
        this.request = request;
        this.target = target;
        this.caps = target.capabilities();
        this.losses = losses;
        this.names = names;
        this.parts = new PartWriter(target, losses);
    }

    Json messages() {
        system();
        for (Message message : request.messages()) {
            switch (message.role()) {
                case USER -> user(message);
                case ASSISTANT -> assistant(message);
                case SYSTEM -> put(systemRole(), message, parts.texts(textsOf(message), isChatClient()), Json.object());
            }
        }
        return new Json.Arr(messages);
    }

    private boolean isChatClient() {
        return request.client() == Dialect.OPENAI_CHAT;
    }

    private String systemRole() {
        return caps.quirks().contains(Capabilities.Quirk.DEVELOPER_ROLE) ? "developer" : "system";
    }

    /// One message, or as many as a Chat client itself had.
    private void system() {
        List<Block.Text> group = new ArrayList<>();
        String origin = "";
        for (Block.Text text : request.system()) {
            if (text.text().isEmpty() || BillingLine.isUnwanted(text, target)) {
                continue;
            }
            String from = isChatClient() ? messageOf(text.mark().path()) : "";
            if (!group.isEmpty() && !from.equals(origin)) {
                instruct(group);
                group.clear();
            }
            origin = from;
            group.add(text);
        }
        instruct(group);
    }

    private void instruct(List<Block.Text> texts) {
        if (!texts.isEmpty()) {
            put(
                    systemRole(),
                    new Message(Message.Role.SYSTEM, List.of()),
                    parts.texts(texts, isChatClient()),
                    Json.object());
        }
    }

    private static String messageOf(String path) {
        int end = path.indexOf(']');
        return end < 0 ? path : path.substring(0, end);
    }

    private static List<Block.Text> textsOf(Message message) {
        List<Block.Text> texts = new ArrayList<>();
        for (Block block : message.blocks()) {
            if (block instanceof Block.Text text && !text.text().isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }

    private void user(Message message) {
        List<Json> lifted = new ArrayList<>();
        List<Json> rest = new ArrayList<>();
        Json.Builder more = Json.object();
        for (Block block : message.blocks()) {
            if (block instanceof Block.ToolResult result) {
                result(result, lifted);
            } else if (isOfMessage(block)) {
                more.putAll(((Block.Unmodelled) block).raw());
            } else {
                parts.part(block, rest);
            }
        }
        lifted.addAll(rest);
        if (!lifted.isEmpty()) {
            put("user", message, PartWriter.content(lifted), more);
        }
    }

    private static boolean isOfMessage(Block block) {
        return block instanceof Block.Unmodelled(Dialect dialect, Json.Obj raw, var _)
                && dialect == Dialect.OPENAI_CHAT
                && !raw.has("type");
    }

    private void result(Block.ToolResult result, List<Json> lifted) {
        List<Block.Text> texts = new ArrayList<>();
        List<Json> media = new ArrayList<>();
        for (Block block : result.content()) {
            if (block instanceof Block.Text text) {
                texts.add(text);
            } else {
                parts.part(block, media);
            }
        }
        if (!media.isEmpty()) {
            lifted.add(PartWriter.text("Content of the result of tool call " + result.callId() + ":"));
            lifted.addAll(media);
        }
        messages.add(Json.object()
                .put("role", "tool")
                .put("tool_call_id", result.callId())
                .put("content", resultText(texts, result.isError(), !media.isEmpty()))
                .build());
    }

    private Json resultText(List<Block.Text> texts, boolean isError, boolean hasMedia) {
        List<Block.Text> said = new ArrayList<>(texts);
        said.removeIf(text -> text.text().isEmpty());
        if (said.isEmpty()) {
            String note = hasMedia ? "The result is in the user message that follows." : "";
            return Json.of(isError ? "Error: " + note : note);
        }
        if (isError) {
            Block.Text first = said.getFirst();
            said.set(0, new Block.Text(ErrorText.of(first.text()), first.mark()));
        }
        return parts.texts(said, isChatClient());
    }

    private void assistant(Message message) {
        List<Json> content = new ArrayList<>();
        List<Json> calls = new ArrayList<>();
        List<Block> thoughts = new ArrayList<>();
        StringBuilder refusal = new StringBuilder();
        Json.Builder more = Json.object();
        Block before = null;
        for (Block block : message.blocks()) {
            switch (block) {
                case Block.Text text -> parts.part(text, content);
                case Block.Refusal said -> refusal.append(said.text());
                case Block.ToolCall call -> calls.add(call(call, proof(call, before), calls.isEmpty()));
                case Block.Reasoning _, Block.EncryptedReasoning _ -> thoughts.add(block);
                case Block.Unmodelled raw when isOfMessage(raw) -> more.putAll(raw.raw());
                case Block.ServerToolCall _, Block.ServerToolResult _, Block.GeneratedImage _ ->
                    losses.drop(block.mark().path());
                case Block.Unmodelled raw -> parts.part(raw, content);
                case Block.Image _, Block.Document _, Block.Audio _, Block.Video _ ->
                    losses.drop(block.mark().path());
                case Block.ToolResult _, Block.SearchResult _ ->
                    losses.drop(block.mark().path());
            }
            before = block;
        }
        if (content.isEmpty() && calls.isEmpty() && refusal.isEmpty() && more.isEmpty()) {
            return;
        }
        reasoning(thoughts, more);
        more.putIf("refusal", refusal.isEmpty() ? null : refusal.toString());
        more.putIf("tool_calls", calls.isEmpty() ? null : new Json.Arr(calls));
        put("assistant", message, content.isEmpty() ? Json.NULL : PartWriter.content(content), more);
    }

    private void reasoning(List<Block> thoughts, Json.Builder message) {
        if (thoughts.isEmpty() || caps.reasoningHistory() == ReasoningHistory.NONE) {
            return;
        }
        if (caps.reasoningHistory() == ReasoningHistory.REASONING_DETAILS) {
            List<Json> details = new ArrayList<>();
            for (Block thought : thoughts) {
                Json detail = detail(thought, details.size());
                if (detail != null) {
                    details.add(detail);
                }
            }
            message.putIf("reasoning_details", details.isEmpty() ? null : new Json.Arr(details));
            return;
        }
        StringBuilder text = new StringBuilder();
        for (Block thought : thoughts) {
            if (thought instanceof Block.Reasoning reasoning
                    && !reasoning.text().isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n\n").append(reasoning.text());
            }
        }
        message.putIf("reasoning_content", text.isEmpty() ? null : text.toString());
    }

    private static @Nullable Json detail(Block thought, int index) {
        if (thought instanceof Block.Reasoning reasoning) {
            return ReasoningJson.text(reasoning.text(), reasoning.signature(), index, null);
        }
        return thought instanceof Block.EncryptedReasoning hidden ? ReasoningJson.encrypted(hidden, index, null) : null;
    }

    /// Gemini's signature of a call: on the call itself, or where the client's dialect has no room there, on the thought
    /// before it. Only Gemini behind this dialect knows the field.
    private @Nullable String proof(Block.ToolCall call, @Nullable Block before) {
        Signature signature = call.signature();
        if (signature == null && before instanceof Block.Reasoning thought && caps.geminiSignatureRequired()) {
            signature = thought.signature();
        }
        boolean isKnown = isChatClient() || caps.geminiSignatureRequired();
        return isKnown && signature != null && signature.issuer() == Dialect.GEMINI ? signature.value() : null;
    }

    private Json call(Block.ToolCall call, @Nullable String proof, boolean first) {
        boolean nativeCustom = ToolWriter.hasCustomTools(target);
        String name = ToolWriter.name(names, call.name(), call.namespace(), call.kind(), nativeCustom);
        Json.Builder json = Json.object().put("id", call.id());
        if (call.kind() == Tool.Kind.CUSTOM && nativeCustom) {
            Json.Obj custom = Json.object()
                    .put("name", name)
                    .put("input", call.arguments())
                    .build();
            return json.put("type", "custom").put("custom", custom).build();
        }
        String arguments = call.arguments().isBlank() ? "{}" : call.arguments();
        if (call.kind() == Tool.Kind.CUSTOM) {
            arguments = JsonText.print(TextTool.arguments(call.arguments()));
        }
        Json.Obj function =
                Json.object().put("name", name).put("arguments", arguments).build();
        json.put("type", "function").put("function", function);
        if (proof != null) {
            json.put("extra_content", thoughtSignature(proof));
        } else if (first && caps.geminiSignatureRequired()) {
            json.put("extra_content", thoughtSignature(GeminiProof.NONE));
        }
        return json.build();
    }

    static Json.Obj thoughtSignature(String value) {
        return Json.object()
                .put("google", Json.object().put("thought_signature", value).build())
                .build();
    }

    private void put(String role, Message message, Json content, Json.Builder more) {
        messages.add(Json.object()
                .put("role", role)
                .put("content", content)
                .putIf("name", message.name())
                .putAll(more.build())
                .build());
    }
}
